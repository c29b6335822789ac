import { Injectable } from '@nestjs/common';
import { type CostPlanView, type PayoutStatus, toMoney } from '#contracts';
import { Database, type Tx } from '#database';
import { Outbox } from '#messaging';
import { type Columns, entityColumns } from '../entity-columns';
import { Payout } from './payout.entity';
import { cancelled } from './payout.messages';
import { type PlannedCommitment, PayoutPlanService } from './payout-plan.service';

type Instalment = CostPlanView['instalments'][number];

/** Not ordered, and nothing of an order on it: a plan made anew may replace it. */
const OPEN: readonly PayoutStatus[] = ['PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED'];

export interface PayoutsOfPlan {
  readonly ordered: Instalment[];
  readonly open: Instalment[];
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
    return {
      ordered: live.filter((it) => !isOpen(it)).map(instalmentOf),
      open: live.filter(isOpen).map(instalmentOf),
      lastInstalment: Math.max(...payouts.map((it) => it.instalment)),
    };
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
      if (payout.status !== 'CANCELLED' && !wanted.has(payout.instalment)) await this.cancel(tx, payout);
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
    return rows.map((row) => Object.assign(new Payout(), row));
  }
}

/** An order that waits for its second signature binds what it orders; it is kept. */
function isOpen({ status, orderedBy }: Payout): boolean {
  return OPEN.includes(status) && orderedBy === null;
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
