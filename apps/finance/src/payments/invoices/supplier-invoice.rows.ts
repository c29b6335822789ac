import type { Queries } from '#database';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';

/** The invoice of a supplier and number whose payment was not cancelled; letters in capitals or not are the same number. */
export async function standingInvoice(
  source: Pick<Queries, 'query'>,
  { payeeId, number }: { payeeId: string; number: string },
): Promise<string | undefined> {
  const rows = await source.query<{ id: string }>(
    'SELECT id FROM supplier_invoice WHERE payee_id = $1 AND upper(number) = upper($2) ORDER BY id',
    [payeeId, number],
  );
  const payouts = await payoutsOfExpenses(
    source,
    rows.map(({ id }) => id),
  );
  return rows.find(({ id }) => payouts.get(id)?.some(({ status }) => status !== 'CANCELLED'))?.id;
}
