import { Injectable } from '@nestjs/common';
import { type ReplyOf, toMinor } from '#contracts';
import type { CostPlanView, LocalAmount, runDue } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock, newId } from '#platform';
import type { PlannedCommitment } from '../../commitments/commitments/instalment-payouts.port';
import { readGates } from './gates.rows';
import { PayoutHoldService } from './payout-hold.service';
import { Payout, UNTOUCHED } from './payout.entity';
import { fellDue } from './payout.messages';
import { ProvenUse } from './proven-use.port';

const DUE_RUN_MAX = 500;

/** While an assignment is interrupted its instalments wait, from the day on which pay pauses. */
const NOT_PAUSED = `NOT EXISTS (SELECT FROM assignment_copy a WHERE a.id = payout.assignment_id AND a.paused_from <= payout.due_on)`;

/** Leads payouts from the payment plan to the day they are due, and through what may block them. */
@Injectable()
export class PayoutPlanService {
  constructor(
    private readonly outbox: Outbox,
    private readonly holds: PayoutHoldService,
    private readonly provenUse: ProvenUse,
    private readonly clock: Clock,
  ) {}

  /** Further payouts of a commitment; those due by today become DUE or BLOCKED at once, unless pay pauses. */
  async plan(tx: Tx, commitment: PlannedCommitment, instalments: CostPlanView['instalments']): Promise<void> {
    if (instalments.length === 0) return;
    const payouts = instalments.map((instalment) => plannedPayout(commitment, instalment, this.clock.now()));
    const [assignment] = await tx.query<{ pausedFrom: string | null }>(
      'SELECT paused_from FROM assignment_copy WHERE id = $1',
      [commitment.assignmentId],
    );
    const pausedFrom = assignment?.pausedFrom ?? '9999-12-31';
    const due = payouts.filter((payout) => payout.dueOn <= this.clock.today() && payout.dueOn < pausedFrom);
    await this.letFallDue(tx, due);
    await tx.insertAll(payouts);
    for (const payout of due) this.outbox.append(tx, fellDue(payout));
    await this.holds.controlDue(tx, due);
  }

  /** An expense: its checks need not wait for the day by which it is to be paid. */
  async addDue(tx: Tx, payout: Payout): Promise<void> {
    await this.letFallDue(tx, [payout]);
    await tx.insertAll([payout]);
    this.outbox.append(tx, fellDue(payout));
    await this.holds.controlDue(tx, [payout]);
  }

  /** Takes a locked payout due that went on from a hold; nothing happens before its day. */
  async takeDue(tx: Tx, payout: Payout): Promise<void> {
    if (payout.dueOn > this.clock.today()) return;
    await this.letFallDue(tx, [payout]);
    await this.changed(tx, payout);
    await this.holds.controlDue(tx, [payout]);
  }

  /** Takes what is planned up to a day; earliest first, 500 at most. Safe to repeat. */
  async runDue(tx: Tx, fundId: string, upTo: string): Promise<ReplyOf<typeof runDue>> {
    const planned = await this.lockWhere(tx, `fund_id = $1 AND status = 'PLANNED' AND due_on <= $2 AND ${NOT_PAUSED}`, [
      fundId,
      upTo,
    ]);
    await this.letFallDue(tx, planned);
    for (const payout of planned) await this.changed(tx, payout);
    await this.holds.controlDue(tx, planned);
    const [left] = await tx.query<{ remaining: number }>(
      `SELECT count(*)::int AS remaining FROM payout
       WHERE fund_id = $1 AND status = 'PLANNED' AND due_on <= $2 AND ${NOT_PAUSED}`,
      [fundId, upTo],
    );
    return {
      fundId,
      upTo,
      duePayoutIds: planned.filter((it) => it.status === 'DUE').map((it) => it.id),
      blockedPayoutIds: planned.filter((it) => it.status === 'BLOCKED').map((it) => it.id),
      remaining: left?.remaining ?? 0,
    };
  }

  /** Looks again at what waits for the proof of use of a commitment, after one was accepted. */
  async reviewCommitment(tx: Tx, commitmentId: string): Promise<void> {
    const [commitment] = await tx.query<{ assignmentId: string | null }>(
      'SELECT assignment_id FROM commitment WHERE id = $1',
      [commitmentId],
    );
    // Nothing waits for an expense.
    if (!commitment || commitment.assignmentId === null) return;
    await this.lockGates(tx, [commitment.assignmentId]);
    await this.reviewBlocked(tx, { assignmentId: commitment.assignmentId });
  }

  /** Looks again at what waits for a payee, a report or a proof, after one of them came. The caller holds the gate's lock. */
  async reviewBlocked(tx: Tx, by: { payeeOwnerId: string } | { assignmentId: string }): Promise<void> {
    const [condition, value] =
      'assignmentId' in by ? ['assignment_id = $1', by.assignmentId] : ['payee_owner_id = $1', by.payeeOwnerId];
    const blocked = await this.lockWhere(tx, `${condition} AND status = 'BLOCKED' AND resume_status IS NULL`, [value]);
    const gates = await readGates(tx, blocked, this.provenUse);
    for (const payout of blocked) {
      if (payout.fallDue(gates(payout))) await this.changed(tx, payout);
    }
    await this.holds.controlDue(tx, blocked);
  }

  /**
   * Whoever opens a gate (a payee is registered, a report or a proof accepted) and whoever looks at it take this lock first. Otherwise an
   * instalment could be blocked at the moment its payee is registered, and nobody would look again.
   */
  async lockGates(tx: Tx, ownersAndAssignments: readonly string[]): Promise<void> {
    const keys = [...new Set(ownersAndAssignments)].sort();
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('finance.gate.' || key, 0)) FROM unnest($1::text[]) WITH ORDINALITY AS k (key, number)
       ORDER BY number`,
      [keys],
    );
  }

  private async letFallDue(tx: Tx, payouts: readonly Payout[]): Promise<void> {
    if (payouts.length === 0) return;
    await this.lockGates(
      tx,
      payouts.flatMap(({ payeeOwnerId, assignmentId }) =>
        assignmentId === null ? payeeOwnerId : [payeeOwnerId, assignmentId],
      ),
    );
    const gates = await readGates(tx, payouts, this.provenUse);
    for (const payout of payouts) payout.fallDue(gates(payout));
  }

  private async changed(tx: Tx, payout: Payout): Promise<void> {
    await tx.update(payout);
    this.outbox.append(tx, fellDue(payout));
  }

  private async lockWhere(tx: Tx, condition: string, parameters: unknown[]): Promise<Payout[]> {
    return tx.select(Payout, `WHERE ${condition} ORDER BY due_on, id LIMIT ${DUE_RUN_MAX} FOR UPDATE`, parameters);
  }
}

function plannedPayout(
  commitment: PlannedCommitment,
  instalment: CostPlanView['instalments'][number],
  createdAt: Date,
): Payout {
  return Object.assign(new Payout(), {
    id: newId(),
    version: 1,
    commitmentId: commitment.id,
    assignmentId: commitment.assignmentId,
    fundId: commitment.fundId,
    source: 'INSTALMENT' as const,
    purpose: null,
    creditorReference: null,
    instalment: instalment.instalment,
    reference: `${commitment.id}/${instalment.instalment}`,
    category: instalment.category,
    budgetYear: instalment.year,
    amountMinor: toMinor(instalment.amount).amountMinor,
    currency: commitment.currency,
    ...promised(instalment.local),
    dueOn: instalment.dueOn,
    requiredReports: instalment.requiredReports,
    payeeKind: instalment.payeeKind,
    payeeOwnerId: instalment.payeeKind === 'EXPERT' ? commitment.expertId : commitment.employerMunicipalityId,
    payeeId: null,
    status: 'PLANNED' as const,
    ...UNTOUCHED,
    createdAt,
    attempt: 1,
    reissueOf: null,
  });
}

function promised(
  local: LocalAmount | undefined,
): Pick<Payout, 'instructedMinor' | 'instructedCurrency' | 'setAsideRate'> {
  const { amount, rate = null } = local ?? {};
  const money = amount && toMinor(amount);
  return {
    instructedMinor: money?.amountMinor ?? null,
    instructedCurrency: money?.currency ?? null,
    setAsideRate: rate,
  };
}
