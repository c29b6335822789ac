import { z } from 'zod';
import { AppError, CountryCode } from '#contracts';
import type { Queries } from '#database';
import { type MemberSet, membersIn, oneOf, readRules } from '#rules';

/** As pain.001 names them: shared, borne by who pays, borne by who is paid. */
export type ChargeBearer = 'SHAR' | 'DEBT' | 'CRED';

/** Stands for each country without a row of its own. */
export const OTHER = 'OTHER';
/** The keys of a table by country. */
export const COUNTRY_OR_OTHER = z
  .string()
  .refine((key) => key === OTHER || CountryCode.safeParse(key).success, 'no country');

/** Who bears a bank's charges on a payment outside SEPA; inside it is always as the scheme says (docs/domain.md#bank-formats). */
export const CHARGE_BEARERS: MemberSet<ChargeBearer> = {
  name: 'CHARGE_BEARER',
  keys: {},
  members: { form: COUNTRY_OR_OTHER, rule: oneOf(['SHAR', 'DEBT', 'CRED'], 'CHARGE_BEARER') },
};

/** On a day, by the country of the account. */
export async function readChargeBearers(source: Queries, on: string): Promise<(country: string) => ChargeBearer> {
  const bearers = membersIn(CHARGE_BEARERS, (await readRules(source, CHARGE_BEARERS)).inForceOn(on));
  return (key) => {
    const bearer = bearers.get(key) ?? bearers.get(OTHER);
    if (bearer === undefined) throw new AppError('FINANCE_RULE_MISSING', { ruleSet: CHARGE_BEARERS.name, key, on });
    return bearer;
  };
}
