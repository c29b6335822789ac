import { randomUUID } from 'node:crypto';

export interface CheckedPayouts {
  /** One statement under the service's role. */
  readonly sql: (text: string, parameters: readonly unknown[]) => Promise<unknown>;
  /** A payout of the commitment and budget year they belong to. */
  readonly modelId: string;
  /** Who is paid, in turn. */
  readonly payeeIds: readonly string[];
  readonly count: number;
  /** Of each payout, counted from 0: with a reference of its own it is a payment of its own in the bank file. */
  readonly creditorReferenceOf?: (index: number) => string;
}

/**
 * Payouts of 10.00 EUR that wait for their order, as many as a large payment run takes. Written past the acts before, which are not
 * what is measured; the commitment must cover them.
 */
export async function insertCheckedPayouts(wanted: CheckedPayouts): Promise<{ payoutId: string; version: number }[]> {
  const { sql, modelId, payeeIds, count, creditorReferenceOf } = wanted;
  const rows = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    instalment: 1000 + index,
    payee: payeeIds[index % payeeIds.length],
    creditor_reference: creditorReferenceOf?.(index) ?? null,
  }));
  await sql(INSERT, [JSON.stringify(rows), modelId]);
  return rows.map(({ id }) => ({ payoutId: id, version: 1 }));
}

const INSERT = `
INSERT INTO payout SELECT (jsonb_populate_record(p, jsonb_build_object('id', r.id, 'case_number', NULL, 'instalment', r.instalment, 'reference', r.id,
  'amount_minor', 1000, 'status', 'ARITHMETICALLY_CHECKED', 'blocked', NULL, 'payee_id', r.payee, 'creditor_reference', r.creditor_reference,
  'factually_checked_by', 'olga', 'factually_checked_at', now(), 'arithmetically_checked_by', 'fritz',
  'arithmetically_checked_at', now(), 'version', 1))).*
FROM payout p, jsonb_to_recordset($1::jsonb) AS r (id uuid, instalment int, payee uuid, creditor_reference text) WHERE p.id = $2`;
