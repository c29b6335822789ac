import type { Tx } from '#database';
import type { CategoryPart } from '../../budget/ledger/ledger.service';
import type { PlannedAmount } from './commitment-plan.service';

/** What of an amount of a year belongs to which cost category. The parts always add up to the amount. */
export function byCategory(amounts: readonly PlannedAmount[], year: number, amountMinor: bigint): CategoryPart[] {
  const parts = amounts.filter((it) => it.year === year && it.amountMinor !== 0n);
  const explained = parts.reduce((sum, it) => sum + it.amountMinor, 0n);
  const isExact = explained === amountMinor && parts.every((it) => it.amountMinor > 0n);
  return isExact ? parts : [{ category: undefined, amountMinor }];
}

/** What was planned and is the amount of no payout: given up, or not paid out at all. */
export async function withoutPayout(
  tx: Tx,
  commitmentId: string,
  planned: readonly PlannedAmount[],
): Promise<PlannedAmount[]> {
  const taken = await tx.query<PlannedAmount>(
    `SELECT budget_year AS year, category, sum(amount_minor)::bigint AS amount_minor FROM payout
     WHERE commitment_id = $1 AND status <> 'CANCELLED' AND attempt = 1 GROUP BY budget_year, category`,
    [commitmentId],
  );
  const minus = taken.map((it) => ({ ...it, amountMinor: -it.amountMinor }));
  return [...Map.groupBy([...planned, ...minus], ({ year, category }) => `${year} ${category}`).values()].flatMap(
    (same) =>
      same.slice(0, 1).map((it) => ({ ...it, amountMinor: same.reduce((sum, each) => sum + each.amountMinor, 0n) })),
  );
}
