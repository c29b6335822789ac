import { AppError } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { Tx } from '#database';
import type { InstrumentRule } from './instrument-rules';

/** The rules of an instrument that are in force on a day. */
export async function instrumentRuleInForce(tx: Tx, instrument: Instrument, on: string): Promise<InstrumentRule> {
  const [rule] = await tx.query<InstrumentRule>(
    `SELECT months_min AS "monthsMin", months_max AS "monthsMax", age_min AS "ageMin",
       citizenship_groups AS "citizenshipGroups", is_local AS "isLocal"
     FROM instrument_rule
     WHERE instrument = $1 AND valid_from <= $2::date AND (valid_to IS NULL OR $2::date < valid_to)`,
    [instrument, on],
  );
  if (!rule) throw new AppError('STAFFING_INSTRUMENT_RULE_MISSING', { instrument, on });
  return rule;
}
