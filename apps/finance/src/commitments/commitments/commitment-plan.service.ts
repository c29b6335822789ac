import type { CostCategory, CostPlanView } from '#contracts/finance';
import { toMinor } from '#contracts';
import type { Tx } from '#database';
import { type Withdrawn, withoutAmount, withSetAside } from '../cost-plans/replan';
import { bindYears, releaseYears } from './commitment-years.service';

export async function insertPlan(
  tx: Tx,
  commitment: { id: string; fundId: string },
  plan: CostPlanView,
  planNumber: number,
): Promise<void> {
  await tx.query('INSERT INTO commitment_plan (commitment_id, plan_number, document) VALUES ($1, $2, $3)', [
    commitment.id,
    planNumber,
    JSON.stringify(plan),
  ]);
}

/** The plan in force: the one with the highest number. */
export async function currentPlan(source: Pick<Tx, 'query'>, commitmentId: string): Promise<CostPlanView | undefined> {
  const [row] = await source.query<{ document: CostPlanView }>(
    'SELECT document FROM commitment_plan WHERE commitment_id = $1 ORDER BY plan_number DESC LIMIT 1',
    [commitmentId],
  );
  return row?.document;
}

export interface PlannedAmount {
  readonly year: number;
  readonly category: CostCategory;
  readonly amountMinor: bigint;
}

/** What instalments need per budget year and cost category: the grain of the ledger's lines. */
export function amountsOf(instalments: readonly CostPlanView['instalments'][number][]): PlannedAmount[] {
  const sums = new Map<string, PlannedAmount>();
  for (const { year, category, amount } of instalments) {
    const key = `${year} ${category}`;
    const before = sums.get(key)?.amountMinor ?? 0n;
    sums.set(key, { year, category, amountMinor: before + toMinor(amount).amountMinor });
  }
  return [...sums.values()].filter((it) => it.amountMinor > 0n);
}

/** Adds the next plan; the ones before stay as evidence. Answers its number. */
export async function appendPlan(
  tx: Tx,
  commitment: { id: string; fundId: string },
  plan: CostPlanView,
): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    'SELECT coalesce(max(plan_number), 0) + 1 AS next FROM commitment_plan WHERE commitment_id = $1',
    [commitment.id],
  );
  const planNumber = row?.next ?? 1;
  await insertPlan(tx, commitment, plan, planNumber);
  return planNumber;
}

/**
 * Takes what a person cancelled or gave back out of the plan in force, so that instalments, plan and bound money agree at once and
 * no later plan brings it back. The caller has locked the commitment, and moves the money.
 */
export async function withdrawFromPlan(
  tx: Tx,
  { commitmentId, fundId, instalment }: { commitmentId: string; fundId: string; instalment: number },
  taken: Withdrawn,
): Promise<void> {
  const plan = await currentPlan(tx, commitmentId);
  if (!plan?.instalments.some((it) => it.instalment === instalment)) return;
  await appendPlan(tx, { id: commitmentId, fundId }, withoutAmount(plan, instalment, taken));
  await changeTotal(tx, commitmentId, -taken.amountMinor);
}

/** Locks commitments, in one order for everyone. */
export async function lockCommitments(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query('SELECT FROM commitment WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [ids]);
}

/** An instalment of a local contract in another currency, of whose year more or less is needed than was set aside. */
interface SetAside {
  readonly commitmentId: string;
  readonly fundId: string;
  readonly instalment: number;
  readonly budgetYear: number;
}

/**
 * Binds so much more of the budget year for an instalment, or gives so much of it back (negative), by what its payment takes in EUR.
 * What is promised stays. The caller has locked the commitment, and moves the money.
 */
export async function changeSetAside(
  tx: Tx,
  { commitmentId, fundId, ...of }: SetAside,
  moreMinor: bigint,
): Promise<void> {
  if (moreMinor === 0n) return;
  const plan = await currentPlan(tx, commitmentId);
  if (plan?.instalments.some((it) => it.instalment === of.instalment)) {
    await appendPlan(tx, { id: commitmentId, fundId }, withSetAside(plan, of.instalment, moreMinor));
    await changeTotal(tx, commitmentId, moreMinor);
  }
  const year = of.budgetYear;
  if (moreMinor > 0n) await bindYears(tx, { id: commitmentId, fundId }, [{ year, amountMinor: moreMinor }]);
  else await releaseYears(tx, commitmentId, [{ year, amountMinor: -moreMinor }]);
}

async function changeTotal(tx: Tx, commitmentId: string, moreMinor: bigint): Promise<void> {
  await tx.query('UPDATE commitment SET total_minor = total_minor + $2, version = version + 1 WHERE id = $1', [
    commitmentId,
    moreMinor,
  ]);
}
