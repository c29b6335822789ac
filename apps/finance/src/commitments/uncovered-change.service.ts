import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, type CommitmentView, type requestCommitmentCover, type RequestOf, toMinor } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, RecurringTask } from '#messaging';
import { type Call, newId } from '#platform';
import { lockRequestedVersion } from './assignment-facts';
import { CommitmentLifecycle } from './commitment-lifecycle.service';
import { currentPlan, lockYears } from './commitment-rows';
import { Commitment } from './commitment.entity';
import { commitmentView } from './commitment.messages';
import { notCovered } from './replanning.service';

const EVERY_MS = 15_000;
const BATCH = 100;
const START = '00000000-0000-0000-0000-000000000000';

/**
 * Takes up what a change of an assignment needs and its budget year did not hold: on any replica, as soon as money is available again,
 * whatever brought it (a release, a commitment that ended, a reservation that expired); and at once when a person asks.
 */
@Injectable()
export class UncoveredChangeService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RecurringTask('take up uncovered changes', {
    intervalMs: EVERY_MS,
    work: async () => {
      await this.sweep();
    },
  });
  private after = START;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly lifecycle: CommitmentLifecycle,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Answers how many are covered now. Goes round, so that those which wait long do not keep it from the others. */
  async sweep(): Promise<number> {
    const waiting = await this.database.query<{ id: string; assignmentId: string }>(
      `SELECT id, assignment_id AS "assignmentId" FROM commitment
       WHERE cover_shortfall IS NOT NULL AND id > $1 ORDER BY id LIMIT ${BATCH}`,
      [this.after],
    );
    this.after = waiting.length === BATCH ? (waiting.at(-1)?.id ?? START) : START;
    let covered = 0;
    const failures: unknown[] = [];
    for (const it of waiting) {
      try {
        const { coverShortfall } = await this.database.transaction((tx) =>
          this.takeUp(tx, { ...it, correlationId: newId() }),
        );
        covered += coverShortfall === null ? 1 : 0;
      } catch (error) {
        failures.push(error);
      }
    }
    // One that fails keeps none of the others waiting; the log names it.
    if (failures.length > 0) throw new AggregateError(failures, 'some uncovered changes were not taken up');
    return covered;
  }

  /** FINANCE_COMMITMENT_INSUFFICIENT_FUNDS while a year still lacks money; then nothing changes. */
  request({ commitmentId }: RequestOf<typeof requestCommitmentCover>, call: Call): Promise<CommitmentView> {
    return this.commands.run(call, async (tx) => {
      const { assignmentId } = await tx.findOrFail(Commitment, commitmentId);
      // The assignment's row first, as its messages do.
      await lockRequestedVersion(tx, assignmentId);
      const before = await tx.lockOrFail(Commitment, commitmentId, call.expectedVersion);
      if (before.coverShortfall === null) throw new AppError('FINANCE_COMMITMENT_COVERED');
      const after = await this.takeUp(tx, { id: commitmentId, assignmentId, correlationId: call.correlationId });
      if (after.coverShortfall) {
        throw notCovered(
          after.coverShortfall.shortfalls.map(({ year, missing }) => ({
            year,
            missingMinor: toMinor(missing).amountMinor,
          })),
        );
      }
      const years = await lockYears(tx, commitmentId);
      return commitmentView(after, years, (await currentPlan(tx, commitmentId)) ?? null);
    });
  }

  /** Answers the commitment as it is then. */
  private async takeUp(tx: Tx, it: { id: string; assignmentId: string; correlationId: string }): Promise<Commitment> {
    await this.lifecycle.follow(tx, await lockRequestedVersion(tx, it.assignmentId), it.correlationId);
    return tx.findOrFail(Commitment, it.id);
  }
}
