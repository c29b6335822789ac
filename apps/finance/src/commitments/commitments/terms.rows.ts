import { costInputsOn, isOtherTerms, type TermsChange, withTerms, withTermsChange } from '#contracts/finance';
import type { Tx } from '#database';
import type { Commitment } from './commitment.entity';

/** The terms that hold after the first, in the order of their days. */
export async function termsChangesOf(tx: Tx, commitmentId: string): Promise<TermsChange[]> {
  const rows = await tx.query<TermsChange>(
    `SELECT changed_from AS "from", terms FROM commitment_terms_change WHERE commitment_id = $1 ORDER BY request_version`,
    [commitmentId],
  );
  return rows.reduce<TermsChange[]>(withTermsChange, []);
}

export async function insertTermsChange(
  tx: Tx,
  commitmentId: string,
  { from, terms }: TermsChange,
  requestVersion: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO commitment_terms_change (commitment_id, request_version, changed_from, terms) VALUES ($1, $2, $3, $4)`,
    [commitmentId, requestVersion, from, JSON.stringify(terms)],
  );
}

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
