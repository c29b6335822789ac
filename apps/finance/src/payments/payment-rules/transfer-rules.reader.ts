import { AppError } from '#contracts';
import { Instrument } from '#contracts/finance';
import type { Queries } from '#database';
import { type MemberSet, membersIn, oneOf, readRules } from '#rules';

/** Whether payouts of one commitment to one account leave as one payment, or each by itself. */
type Joining = 'JOINED' | 'APART';

/** By instrument. Source: docs/finance.md#transfers. */
export const TRANSFER_RULES: MemberSet<Joining> = {
  name: 'TRANSFERS',
  keys: {},
  members: { form: Instrument, rule: oneOf(['JOINED', 'APART'], 'TRANSFERS') },
};

/** On a day: whether what an instrument pays is joined. */
export async function readTransferRules(source: Queries, on: string): Promise<(instrument: Instrument) => boolean> {
  const rules = membersIn(TRANSFER_RULES, (await readRules(source, TRANSFER_RULES)).inForceOn(on));
  return (key) => {
    const rule = rules.get(key);
    if (rule === undefined) throw new AppError('FINANCE_RULE_MISSING', { ruleSet: TRANSFER_RULES.name, key, on });
    return rule === 'JOINED';
  };
}
