import { Injectable } from '@nestjs/common';
import { type CostCategory, type CostPlanView, type PayoutStatus, toMoney } from '#contracts';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import { Outbox } from '#messaging';
import { appendPlan, currentPlan } from '../../commitments/commitments/commitment-rows';
import { type Cancelled, withoutAmount } from '../../commitments/cost-plans/replan';
import { Payout } from './payout.entity';
import { cancelled } from './payout.messages';
import { type PlannedCommitment, PayoutPlanService } from './payout-plan.service';

type Instalment = CostPlanView['instalments'][number];

/** Not ordered, and nothing of an order on it: a plan made anew may replace it. */
const OPEN: readonly PayoutStatus[] = ['PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED'];

export interface PayoutsOfPlan {
  readonly ordered: Instalment[];
  readonly open: Instalment[];
  /** What persons cancelled or gave back to the budget. */
  readonly cancelled: Cancelled[];
  readonly lastInstalment: number;
}

/** Replaces the payouts of a commitment that are not ordered yet when its plan is made anew. */
@Injectable()
export class PayoutReplanService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly plans: PayoutPlanService,
  ) {}

  /** The payouts of a commitment as instalments, locked until commit; undefined while there are none. */
  async lock(tx: Tx, commitmentId: string): Promise<PayoutsOfPlan | undefined> {
    const payouts = await this.lockAll(tx, commitmentId);
    if (payouts.length === 0) return undefined;
    const live = payouts.filter((it) => it.status !== 'CANCELLED');
    const settledReturns = await readSettledReturns(tx, commitmentId);
    // An instalment that came back and is paid again has several payouts; it is one, and it is ordered.
    const attempts = [...Map.groupBy(live, (it) => `${it.instalment} ${it.budgetYear}`).values()];
    const ordered = attempts.filter((each) => !each.every(isOpen)).flatMap((each) => spentOn(each, settledReturns));
    return {
      ordered,
      open: attempts
        .filter((each) => each.every(isOpen))
        .flat()
        .map(instalmentOf),
      cancelled: await readCancelled(tx, commitmentId),
      lastInstalment: Math.max(...payouts.map((it) => it.instalment)),
    };
  }

  /** Locks the commitment of a payout: it comes before its payouts wherever both are written. */
  async lockCommitmentOf(tx: Tx, payoutId: string): Promise<void> {
    await tx.query('SELECT FROM commitment c JOIN payout p ON p.commitment_id = c.id WHERE p.id = $1 FOR UPDATE OF c', [
      payoutId,
    ]);
  }

  /**
   * Takes what a person cancelled or gave back out of the plan in force, so that instalments, plan and bound money agree at once and
   * no later plan brings it back. The caller has locked the commitment, and moves the money.
   */
  async withdraw(tx: Tx, { commitmentId, fundId, instalment }: Payout, amountMinor: bigint): Promise<void> {
    const plan = await currentPlan(tx, commitmentId);
    if (!plan?.instalments.some((it) => it.instalment === instalment)) return;
    await appendPlan(tx, { id: commitmentId, fundId }, withoutAmount(plan, instalment, amountMinor));
    await tx.query('UPDATE commitment SET total_minor = total_minor - $2, version = version + 1 WHERE id = $1', [
      commitmentId,
      amountMinor,
    ]);
  }

  /** Open instalments due from a day on that already fell due. */
  async fallenDueFrom(tx: Tx, commitmentId: string, day: string): Promise<number[]> {
    const payouts = await this.lockAll(tx, commitmentId);
    return payouts.filter((it) => isOpen(it) && it.status !== 'PLANNED' && it.dueOn >= day).map((it) => it.instalment);
  }

  /** The open instalments of a budget year are paid from another one. */
  async moveOpen(tx: Tx, commitmentId: string, year: { from: number; to: number }): Promise<void> {
    for (const payout of await this.lockAll(tx, commitmentId)) {
      if (!isOpen(payout) || payout.budgetYear !== year.from) continue;
      payout.budgetYear = year.to;
      await tx.update(payout);
    }
  }

  /** Makes the payouts those of the plan: what it does not have is cancelled, what is new in it is planned. */
  async follow(tx: Tx, commitment: PlannedCommitment, plan: CostPlanView): Promise<void> {
    const payouts = await this.lockAll(tx, commitment.id);
    const wanted = new Set(plan.instalments.map((it) => it.instalment));
    for (const payout of payouts) {
      if (isOpen(payout) && !wanted.has(payout.instalment)) await this.cancel(tx, payout);
    }
    const known = new Set(payouts.map((it) => it.instalment));
    await this.plans.plan(
      tx,
      commitment,
      plan.instalments.filter((it) => !known.has(it.instalment)),
    );
  }

  private async cancel(tx: Tx, payout: Payout): Promise<void> {
    payout.cancel();
    await tx.update(payout);
    this.outbox.append(tx, cancelled(payout));
  }

  private async lockAll(tx: Tx, commitmentId: string): Promise<Payout[]> {
    const rows = await tx.query<Columns<Payout>>(
      `SELECT ${entityColumns(this.database, Payout, 'p')} FROM payout p WHERE p.commitment_id = $1
       ORDER BY p.due_on, p.id FOR UPDATE`,
      [commitmentId],
    );
    const payouts = rows.map((row) => Object.assign(new Payout(), row));
    for (const payout of payouts) tx.remember(payout);
    return payouts;
  }
}

/** An order that waits for its second signature binds what it orders; it is kept. */
function isOpen({ status, orderedBy }: Payout): boolean {
  return OPEN.includes(status) && orderedBy === null;
}

/** What the attempts at one instalment took and may still take: less what came back and was settled. */
function spentOn(attempts: readonly Payout[], settledReturns: ReadonlyMap<string, bigint>): Instalment[] {
  const [first] = attempts;
  const minor = attempts.reduce((sum, it) => sum + it.amountMinor - (settledReturns.get(it.id) ?? 0n), 0n);
  return first && minor > 0n ? [{ ...instalmentOf(first), amount: toMoney(minor, first.currency) }] : [];
}

async function readSettledReturns(tx: Tx, commitmentId: string): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ id: string; amountMinor: bigint }>(
    `SELECT p.id, r.amount_minor AS "amountMinor" FROM payout_return r JOIN payout p ON p.id = r.payout_id
     WHERE p.commitment_id = $1 AND r.settled_as IS NOT NULL`,
    [commitmentId],
  );
  return new Map(rows.map((row) => [row.id, row.amountMinor]));
}

async function readCancelled(tx: Tx, commitmentId: string): Promise<Cancelled[]> {
  const rows = await tx.query<{ dueOn: string; category: CostCategory; amountMinor: bigint; currency: string }>(
    `SELECT p.due_on AS "dueOn", p.category, p.amount_minor AS "amountMinor", p.currency
     FROM payout_cancellation c JOIN payout p ON p.id = c.payout_id WHERE p.commitment_id = $1
     UNION ALL
     SELECT p.due_on, p.category, r.amount_minor, p.currency
     FROM payout_return r JOIN payout p ON p.id = r.payout_id WHERE p.commitment_id = $1 AND r.settled_as = 'GIVEN_BACK'
     ORDER BY 1, 2, 3`,
    [commitmentId],
  );
  return rows.map(({ amountMinor, currency, ...it }) => ({ ...it, amount: toMoney(amountMinor, currency) }));
}

function instalmentOf(payout: Payout): Instalment {
  return {
    instalment: payout.instalment,
    dueOn: payout.dueOn,
    year: payout.budgetYear,
    category: payout.category,
    payeeKind: payout.payeeKind,
    amount: toMoney(payout.amountMinor, payout.currency),
    requiredReports: payout.requiredReports,
  };
}
