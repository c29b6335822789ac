import { type TermsChange, withTermsChange } from '#contracts/finance';
import type { Tx } from '#database';

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
