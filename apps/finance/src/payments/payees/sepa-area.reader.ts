import { CountryCode } from '#contracts';
import type { Queries } from '#database';
import { type DatedRules, type MemberSet, oneOf, isInForce, readRules, type RuleFile, type RuleRow } from '#rules';

const SEPA: MemberSet = {
  name: 'SEPA',
  keys: {},
  members: { form: CountryCode, rule: oneOf(['MEMBER'], 'MEMBERSHIP') },
};

export const SEPA_AREA_FILE: RuleFile = { path: 'apps/finance/data/sepa-area.csv', sets: [SEPA], rowsMax: 400 };

/**
 * Countries inside SEPA, by day. DAC countries can be inside: payment type and spending window follow this table, not a map of the
 * world (docs/domain.md#bank-formats).
 */
export class SepaArea {
  private readonly memberships: ReadonlyMap<string, readonly RuleRow[]>;

  constructor({ rows }: Pick<DatedRules, 'rows'>) {
    this.memberships = Map.groupBy(rows, ({ key }) => key);
  }

  static async read(source: Queries): Promise<SepaArea> {
    return new SepaArea(await readRules(source, SEPA));
  }

  has(country: string, on: string): boolean {
    return this.memberships.get(country)?.some((row) => isInForce(row, on)) ?? false;
  }
}
