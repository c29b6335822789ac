import type { Tx } from '#database';
import type { Transfer } from './transfer';

/** Keeps the payments of a run as they stand in its file, and which payouts each of them pays. */
export async function insertTransfers(tx: Tx, paymentRunId: string, transfers: readonly Transfer[]): Promise<void> {
  await tx.query(
    `INSERT INTO transfer (id, payment_run_id, end_to_end_id, commitment_id, payee_id, account_holder, iban, account_number, bic,
       amount_minor, currency, purpose, creditor_reference)
     SELECT id, $1, end_to_end_id, commitment_id, payee_id, account_holder, iban, account_number, bic, amount, currency, purpose, reference
     FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[],
       $11::text[], $12::text[], $13::text[]) AS t (id, end_to_end_id, commitment_id, payee_id, account_holder, iban, account_number, bic,
       amount, currency, purpose, reference)`,
    [
      paymentRunId,
      transfers.map(({ id }) => id),
      transfers.map(({ payment }) => payment.endToEndId),
      transfers.map(({ commitmentId }) => commitmentId),
      transfers.map(({ payeeId }) => payeeId),
      transfers.map(({ payment }) => payment.creditor.name),
      transfers.map(({ payment }) => payment.creditor.iban),
      transfers.map(({ payment }) => payment.creditor.accountNumber),
      transfers.map(({ payment }) => payment.creditor.bic),
      transfers.map(({ payment }) => payment.amountMinor.toString()),
      transfers.map(({ payment }) => payment.currency),
      transfers.map(({ payment }) => (payment.creditorReference === null ? payment.remittance : null)),
      transfers.map(({ payment }) => payment.creditorReference),
    ],
  );
  const items = transfers.flatMap(({ id, payment, parts }) => parts.map((part) => ({ id, payment, part })));
  await tx.query(
    `INSERT INTO payment_run_item (payment_run_id, payout_id, transfer_id, end_to_end_id, amount_minor)
     SELECT $1, payout_id, transfer_id, end_to_end_id, amount FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
       AS item (payout_id, transfer_id, end_to_end_id, amount)`,
    [
      paymentRunId,
      items.map(({ part }) => part.payoutId),
      items.map(({ id }) => id),
      items.map(({ payment }) => payment.endToEndId),
      items.map(({ part }) => part.amountMinor.toString()),
    ],
  );
}
