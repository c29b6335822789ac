import { costInputsOn, isOtherTerms, type TermsChange, withTerms } from '#contracts/finance';
import type { Tx } from '#database';
import type { Commitment } from './commitment.entity';
import { termsChangesOf } from './terms.rows';

/**
 * What other terms make of a commitment (docs/domain.md#changed-terms). Undefined for a day outside the period, for what the
 * instrument does not have, and where nothing would change.
 */
export async function termsChangeOf(
  tx: Tx,
  { id, costInputs, periodFrom, periodTo }: Commitment,
  { from, terms }: TermsChange,
): Promise<{ termsChange: TermsChange } | undefined> {
  if (from < periodFrom || from >= periodTo) return undefined;
  const before = await termsChangesOf(tx, id);
  const isPossible = withTerms(costInputsOn(costInputs, before, from), terms) !== undefined;
  return isPossible && isOtherTerms(costInputs, before, { from, terms }) ? { termsChange: { from, terms } } : undefined;
}
