import { Injectable } from '@nestjs/common';
import { type RequestOf, toMinor } from '#contracts';
import { type CommitmentView, requestCommitmentCover } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { type Act, Recurring } from '#messaging';
import { newId } from '#platform';
import { type AssignmentFacts, lockFacts } from './assignment-facts.rows';
import { CommitmentLifecycle } from './commitment-lifecycle.service';
import { act, lockAssignmentOf } from './commitment.act';
import { Commitment } from './commitment.entity';
import { CommitmentReader } from './commitment.reader';
import { notCovered } from './replanning.service';

const EVERY_MS = 15_000;
const BATCH = 100;
const START = '00000000-0000-0000-0000-000000000000';

/**
 * Takes up what a change of an assignment needs and its budget year did not hold: on any replica, as soon as money is available again,
 * whatever brought it (a release, a commitment that ended, a reservation that expired); and at once when a person asks.
 */
@Injectable()
export class UncoveredChangeService {
  private after = START;

  constructor(
    private readonly database: Database,
    private readonly lifecycle: CommitmentLifecycle,
    private readonly reader: CommitmentReader,
  ) {}

  /** Answers how many are covered now. Goes round, so that those which wait long do not keep it from the others. */
  @Recurring({ name: 'take up uncovered changes', intervalMs: EVERY_MS })
  async sweep(): Promise<number> {
    const waiting = await this.database.query<{ id: string; assignmentId: string }>(
      `SELECT id, assignment_id FROM commitment
       WHERE cover_shortfall IS NOT NULL AND id > $1 ORDER BY id LIMIT ${BATCH}`,
      [this.after],
    );
    this.after = waiting.length === BATCH ? (waiting.at(-1)?.id ?? START) : START;
    let covered = 0;
    const failures: unknown[] = [];
    for (const it of waiting) {
      try {
        const { coverShortfall } = await this.database.transaction((tx) => this.takeUp(tx, it));
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
  @act(requestCommitmentCover, {
    possible: (commitment) => commitment.assertLacksCover(),
    first: (_: UncoveredChangeService, { commitmentId }, { tx }) => lockAssignmentOf(tx, commitmentId),
  })
  async request(
    commitment: Commitment,
    _: RequestOf<typeof requestCommitmentCover>,
    { tx, call, first: facts }: Act<undefined, AssignmentFacts>,
  ): Promise<void> {
    await this.lifecycle.lead(tx, commitment, facts, call.correlationId);
    const { coverShortfall } = commitment;
    if (!coverShortfall) return;
    throw notCovered(
      coverShortfall.shortfalls.map(({ year, missing }) => ({ year, missingMinor: toMinor(missing).amountMinor })),
    );
  }

  view(commitment: Commitment, { tx }: Act): Promise<CommitmentView> {
    return this.reader.within(tx, commitment);
  }

  /** Answers the commitment as it is then. */
  private async takeUp(tx: Tx, it: { id: string; assignmentId: string }): Promise<Commitment> {
    await this.lifecycle.follow(tx, await lockFacts(tx, it.assignmentId), newId());
    return tx.findOrFail(Commitment, it.id);
  }
}
