import { Injectable } from '@nestjs/common';
import { toMoney } from '#contracts';
import type { CostPlanView, LocalAmount, PayoutStatus } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import type {
  Instalment,
  InstalmentPayouts,
  PayoutsOfPlan,
  PlannedCommitment,
} from '../../commitments/commitments/instalment-payouts.port';
import type { Cancelled } from '../../commitments/cost-plans/replan';
import { Payout } from './payout.entity';
import { cancelled, localAmountOf } from './payout.messages';
import { PayoutPlanService } from './payout-plan.service';

/** Not ordered, and nothing of an order on it: a plan made anew may replace it. */
const OPEN: readonly PayoutStatus[] = ['PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED'];

/** The payouts of a commitment as its plan goes: made, replaced as long as they are not ordered, and cancelled. */
@Injectable()
export class InstalmentPayoutService implements InstalmentPayouts {
  constructor(
    private readonly outbox: Outbox,
    private readonly plans: PayoutPlanService,
  ) {}

  async createFromPlan(tx: Tx, commitment: PlannedCommitment, plan: CostPlanView): Promise<void> {
    const existing = await tx.query('SELECT FROM payout WHERE commitment_id = $1 LIMIT 1', [commitment.id]);
    if (existing.length > 0) return;
    await this.plans.plan(tx, commitment, plan.instalments);
  }

  async lock(tx: Tx, commitmentId: string): Promise<PayoutsOfPlan | undefined> {
    return this.byInstalment(tx, commitmentId, await this.lockAll(tx, commitmentId));
  }

  async read(tx: Tx, commitmentId: string): Promise<PayoutsOfPlan | undefined> {
    const payouts = await tx.select(Payout, 'WHERE commitment_id = $1 ORDER BY due_on, id', [commitmentId]);
    return this.byInstalment(tx, commitmentId, payouts);
  }

  private async byInstalment(
    tx: Tx,
    commitmentId: string,
    payouts: readonly Payout[],
  ): Promise<PayoutsOfPlan | undefined> {
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

  async fallenDueFrom(tx: Tx, commitmentId: string, day: string): Promise<number[]> {
    const payouts = await this.lockAll(tx, commitmentId);
    return payouts.filter((it) => isOpen(it) && it.status !== 'PLANNED' && it.dueOn >= day).map((it) => it.instalment);
  }

  async moveOpen(tx: Tx, commitmentId: string, year: { from: number; to: number }): Promise<void> {
    for (const payout of await this.lockAll(tx, commitmentId)) {
      if (!isOpen(payout) || payout.budgetYear !== year.from) continue;
      payout.budgetYear = year.to;
      await tx.update(payout);
    }
  }

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

  async cancelPlannedFrom(tx: Tx, commitmentId: string, day: string): Promise<void> {
    for (const payout of await this.lockAll(tx, commitmentId)) {
      const status = payout.resumeStatus ?? payout.status;
      if (payout.dueOn >= day && (status === 'PLANNED' || status === 'BLOCKED')) await this.cancel(tx, payout);
    }
  }

  async unorderedByYear(tx: Tx, commitmentId: string): Promise<Map<number, bigint>> {
    const rows = await tx.query<{ year: number; needed: bigint }>(
      `SELECT budget_year AS year, sum(amount_minor)::bigint AS needed FROM payout
       WHERE commitment_id = $1 AND coalesce(resume_status, status) IN ('PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED')
       GROUP BY budget_year`,
      [commitmentId],
    );
    return new Map(rows.map((row) => [row.year, row.needed]));
  }

  private async cancel(tx: Tx, payout: Payout): Promise<void> {
    payout.cancel();
    await tx.update(payout);
    this.outbox.append(tx, cancelled(payout));
  }

  private async lockAll(tx: Tx, commitmentId: string): Promise<Payout[]> {
    return tx.select(Payout, 'WHERE commitment_id = $1 ORDER BY due_on, id FOR UPDATE', [commitmentId]);
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
  if (!first || minor <= 0n) return [];
  const last = localAmountOf(attempts.at(-1) ?? first);
  // What came back of a payment in another currency came back whole: what a bank kept of it is the fund's loss, not the payee's.
  const promisedMinor = attempts.reduce(
    (sum, it) => sum + (settledReturns.has(it.id) ? 0n : (it.instructedMinor ?? 0n)),
    0n,
  );
  const local = last && { ...last, amount: toMoney(promisedMinor, last.amount.currency) };
  return [{ ...instalmentOf(first), amount: toMoney(minor, first.currency), ...withLocal(local) }];
}

function withLocal(local: LocalAmount | undefined): { local?: LocalAmount } {
  return local ? { local } : {};
}

async function readSettledReturns(tx: Tx, commitmentId: string): Promise<Map<string, bigint>> {
  const rows = await tx.query<{ id: string; amountMinor: bigint }>(
    `SELECT p.id, r.amount_minor FROM payout_return r JOIN payout p ON p.id = r.payout_id
     WHERE p.commitment_id = $1 AND r.settled_as IS NOT NULL`,
    [commitmentId],
  );
  return new Map(rows.map((row) => [row.id, row.amountMinor]));
}

async function readCancelled(tx: Tx, commitmentId: string): Promise<Cancelled[]> {
  const rows = await tx.query<CancelledRow>(
    `SELECT p.due_on, p.category, p.amount_minor, p.currency, p.instructed_minor, p.instructed_currency, p.set_aside_rate
     FROM payout_cancellation c JOIN payout p ON p.id = c.payout_id WHERE p.commitment_id = $1
     UNION ALL
     SELECT p.due_on, p.category, r.amount_minor, p.currency, p.instructed_minor, p.instructed_currency, p.set_aside_rate
     FROM payout_return r JOIN payout p ON p.id = r.payout_id WHERE p.commitment_id = $1 AND r.settled_as = 'GIVEN_BACK'
     ORDER BY 1, 2, 3`,
    [commitmentId],
  );
  return rows.map(({ dueOn, category, amountMinor, currency, ...promised }) => ({
    dueOn,
    category,
    amount: toMoney(amountMinor, currency),
    ...withLocal(localAmountOf(promised)),
  }));
}

type CancelledRow = Pick<
  Payout,
  'dueOn' | 'category' | 'amountMinor' | 'currency' | 'instructedMinor' | 'instructedCurrency' | 'setAsideRate'
>;

function instalmentOf(payout: Payout): Instalment {
  return {
    instalment: payout.instalment,
    dueOn: payout.dueOn,
    year: payout.budgetYear,
    category: payout.category,
    payeeKind: payout.payeeKind,
    amount: toMoney(payout.amountMinor, payout.currency),
    ...withLocal(localAmountOf(payout)),
    requiredReports: payout.requiredReports,
  };
}
