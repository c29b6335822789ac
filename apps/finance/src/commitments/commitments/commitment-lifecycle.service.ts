import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import type { AssignmentFacts } from './assignment-facts.rows';
import { byCategory, withoutPayout } from './category-lines.rows';
import { amountsOf, currentPlan } from './commitment-plan.service';
import { lockYears, releaseYears } from './commitment-years.service';
import { Commitment } from './commitment.entity';
import { recordedCommitment } from './commitment.messages';
import { InstalmentPayouts } from './instalment-payouts.port';
import { ReplanningService } from './replanning.service';

/**
 * Leads the commitment of an assignment where the known facts ask for: reserved -> committed, its payouts planned, its rest
 * released. Called after every fact; does nothing while a fact is missing, so the order of arrival does not matter.
 */
@Injectable()
export class CommitmentLifecycle {
  constructor(
    private readonly ledger: Ledger,
    private readonly payouts: InstalmentPayouts,
    private readonly replanning: ReplanningService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async follow(tx: Tx, facts: AssignmentFacts, correlationId: string): Promise<void> {
    const commitment = (await lockLive(tx, facts.id)) ?? (await this.reopen(tx, facts));
    if (commitment) await this.lead(tx, commitment, facts, correlationId);
  }

  /** The same for a commitment that is locked already, after its assignment. */
  async lead(tx: Tx, commitment: Commitment, facts: AssignmentFacts, correlationId: string): Promise<void> {
    if (isAfterRequest(facts.cancelledVersion, facts)) return this.release(tx, commitment, correlationId);
    if (commitment.status === 'RESERVED' && isAfterRequest(facts.confirmedVersion, facts)) {
      await this.confirm(tx, commitment, correlationId);
    }
    if (commitment.status !== 'COMMITTED' || facts.departedOn === null) return;
    await this.replanning.follow(tx, commitment, correlationId);
    await this.planPayouts(tx, commitment);
    if (facts.endedOn !== null) {
      await this.payouts.cancelPlannedFrom(tx, commitment.id, facts.endedOn);
      // What is owed to the day and lacks cover keeps the commitment open; it ends once that is covered.
      if (commitment.coverShortfall === null) await this.release(tx, commitment, correlationId);
    }
  }

  /** The reservation was not confirmed in time: everything goes back. */
  async expire(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    await this.giveBack(tx, commitment, correlationId);
    commitment.expire();
    await this.write(tx, commitment);
  }

  /** Gives back what is still bound and not needed by a payout that is yet to be ordered. */
  async release(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    await this.giveBack(tx, commitment, correlationId);
    commitment.release();
    await this.write(tx, commitment);
  }

  /** The commitment of an assignment that ended, if a late message makes its plan another one. */
  private async reopen(tx: Tx, { id, departedOn, endedOn }: AssignmentFacts): Promise<Commitment | undefined> {
    if (departedOn === null || endedOn === null) return undefined;
    const [row] = await tx.query<{ id: string; status: string }>(
      'SELECT id, status FROM commitment WHERE assignment_id = $1 ORDER BY attempt DESC LIMIT 1',
      [id],
    );
    if (row?.status !== 'RELEASED') return undefined;
    const commitment = await tx.lockOrFail(Commitment, row.id);
    if (!(await this.replanning.planOf(tx, commitment))) return undefined;
    commitment.reopen();
    return commitment;
  }

  private async giveBack(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const needed = await this.payouts.unorderedByYear(tx, commitment.id);
    const rests = (await lockYears(tx, commitment.id))
      .map((it) => ({
        year: it.year,
        amountMinor: it.amountMinor - it.orderedMinor - it.releasedMinor - (needed.get(it.year) ?? 0n),
      }))
      .filter((it) => it.amountMinor > 0n);
    if (rests.length > 0) {
      const planned = amountsOf((await currentPlan(tx, commitment.id))?.instalments ?? []);
      const left = await withoutPayout(tx, commitment.id, planned);
      await releaseYears(tx, commitment.id, rests);
      await this.ledger.post(tx, {
        fundId: commitment.fundId,
        kind: 'COMMITMENT_RELEASED',
        reference: `${commitment.id}:${commitment.version}`,
        effectiveOn: this.clock.today(),
        correlationId,
        lines: rests.flatMap((rest) =>
          byCategory(left, rest.year, rest.amountMinor).flatMap(({ category, amountMinor }) =>
            move(rest.year, amountMinor, { from: commitment.stage, to: 'available', category }),
          ),
        ),
      });
    }
  }

  private async confirm(tx: Tx, commitment: Commitment, correlationId: string): Promise<void> {
    const years = await lockYears(tx, commitment.id);
    const planned = amountsOf((await currentPlan(tx, commitment.id))?.instalments ?? []);
    await this.ledger.post(tx, {
      fundId: commitment.fundId,
      kind: 'COMMITMENT_CONFIRMED',
      reference: commitment.id,
      effectiveOn: this.clock.today(),
      correlationId,
      lines: years.flatMap((it) =>
        byCategory(planned, it.year, it.amountMinor).flatMap(({ category, amountMinor }) =>
          move(it.year, amountMinor, { from: 'reserved', to: 'committed', category }),
        ),
      ),
    });
    commitment.confirm();
    await this.write(tx, commitment);
  }

  /** Others keep a copy of what is bound. */
  private async write(tx: Tx, commitment: Commitment): Promise<void> {
    await tx.update(commitment);
    this.outbox.append(tx, recordedCommitment(commitment, await lockYears(tx, commitment.id)));
  }

  private async planPayouts(tx: Tx, commitment: Commitment): Promise<void> {
    const plan = await currentPlan(tx, commitment.id);
    if (plan) await this.payouts.createFromPlan(tx, commitment, plan);
  }
}

export async function lockLive(tx: Tx, assignmentId: string): Promise<Commitment | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `SELECT id FROM commitment WHERE assignment_id = $1 AND status IN ('RESERVED', 'COMMITTED')`,
    [assignmentId],
  );
  return row && tx.lockOrFail(Commitment, row.id);
}

/** A fact counts for the commitment when the assignment reached it after the request that made the commitment. */
function isAfterRequest(version: number | null, { requestedVersion }: AssignmentFacts): boolean {
  return version !== null && version > (requestedVersion ?? 0);
}
