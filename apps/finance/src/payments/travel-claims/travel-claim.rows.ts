import type { Queries, Tx } from '#database';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';
import type { TravelClaim } from './travel-claim.entity';

/** A receipt in its place among the costs. */
export interface ReceiptRow {
  readonly documentId: string;
  readonly sha256: string;
}

/** The first of these claims whose payment was not cancelled. */
async function standing(source: Pick<Queries, 'query'>, rows: readonly { id: string }[]): Promise<string | undefined> {
  const payouts = await payoutsOfExpenses(
    source,
    rows.map(({ id }) => id),
  );
  return rows.find(({ id }) => payouts.get(id)?.some(({ status }) => status !== 'CANCELLED'))?.id;
}

/** A standing claim of the same traveller with a day of this journey. */
export async function claimOfDay(
  source: Pick<Queries, 'query'>,
  { payeeOwnerId, startsOn, endsOn }: Pick<TravelClaim, 'payeeOwnerId' | 'startsOn' | 'endsOn'>,
): Promise<string | undefined> {
  const rows = await source.query<{ id: string }>(
    'SELECT id FROM travel_claim WHERE payee_owner_id = $1 AND starts_on <= $3 AND ends_on >= $2 ORDER BY id',
    [payeeOwnerId, startsOn, endsOn],
  );
  return standing(source, rows);
}

/** A standing claim that has a receipt with these bytes. */
export async function claimOfReceipt(source: Pick<Queries, 'query'>, sha256: string): Promise<string | undefined> {
  const rows = await source.query<{ id: string }>(
    'SELECT DISTINCT travel_claim_id AS id FROM travel_receipt WHERE sha256 = $1 ORDER BY id',
    [sha256],
  );
  return standing(source, rows);
}

/** In the order of the costs. */
export async function writeReceipts(tx: Tx, travelClaimId: string, receipts: readonly ReceiptRow[]): Promise<void> {
  await tx.execute(
    `INSERT INTO travel_receipt (travel_claim_id, position, document_id, sha256)
     SELECT $1, row_number() OVER (), * FROM unnest($2::uuid[], $3::text[])`,
    [travelClaimId, receipts.map(({ documentId }) => documentId), receipts.map(({ sha256 }) => sha256)],
  );
}
