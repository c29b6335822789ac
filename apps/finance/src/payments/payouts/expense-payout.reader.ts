import { type Money, toMoney } from '#contracts';
import type { PayoutStatus } from '#contracts/finance';
import type { Queries } from '#database';

/** An expense that came back again and again is shown by its latest attempts. */
const PAYOUTS_SHOWN = 20;

export interface ExpensePayout {
  readonly id: string;
  readonly caseNumber: string;
  readonly status: PayoutStatus;
  readonly amount: Money;
}

interface Row extends Omit<ExpensePayout, 'amount'> {
  readonly commitmentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** The payouts of expenses, by the expense: the first one, and what paid it again. */
export async function payoutsOfExpenses(
  source: Pick<Queries, 'query'>,
  ids: readonly string[],
): Promise<Map<string, ExpensePayout[]>> {
  const rows = await source.query<Row>(
    `SELECT id, commitment_id, case_number, status, amount_minor, currency FROM payout
     WHERE commitment_id = ANY ($1::uuid[]) ORDER BY commitment_id, attempt`,
    [ids],
  );
  const byExpense = Map.groupBy(rows, ({ commitmentId }) => commitmentId);
  return new Map([...byExpense].map(([id, payouts]) => [id, payouts.slice(-PAYOUTS_SHOWN).map(payoutOf)]));
}

function payoutOf({ id, caseNumber, status, amountMinor, currency }: Row): ExpensePayout {
  return { id, caseNumber, status, amount: toMoney(amountMinor, currency) };
}
