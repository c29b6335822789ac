import type { CostCategory } from '#contracts/finance';
import type { Queries, Tx } from '#database';

export interface ReceiptRow {
  readonly number: string;
  readonly sha256: string;
  readonly payee: string;
  readonly category: CostCategory;
  readonly paidOn: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly exchangeRateId: string | null;
  readonly amountEurMinor: bigint;
  readonly documentId: string | null;
}

const RECEIPTS = `SELECT number, sha256, payee, category, paid_on, amount_minor, currency, exchange_rate_id,
  amount_eur_minor, document_id
FROM proof_receipt WHERE proof_of_use_id = $1 ORDER BY position`;

export function readReceipts(source: Pick<Queries | Tx, 'query'>, proofOfUseId: string): Promise<ReceiptRow[]> {
  return source.query<ReceiptRow>(RECEIPTS, [proofOfUseId]);
}
