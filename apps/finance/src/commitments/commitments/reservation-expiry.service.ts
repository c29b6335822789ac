import { Injectable } from '@nestjs/common';
import { fundCoverExpired } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Outbox, Recurring } from '#messaging';
import { Clock, newId } from '#platform';
import { lockFacts } from './assignment-facts.rows';
import { CommitmentLifecycle } from './commitment-lifecycle.service';
import { Commitment } from './commitment.entity';

const EVERY_MS = 15_000;
const BATCH = 100;

/** Gives back what was reserved and not confirmed in time; each reservation in its own transaction, on any replica. */
@Injectable()
export class ReservationExpiry {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: CommitmentLifecycle,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Answers how many expired. */
  @Recurring({ name: 'expire reservations', intervalMs: EVERY_MS })
  async sweep(): Promise<number> {
    const due = await this.database.query<{ id: string; assignmentId: string }>(
      `SELECT id, assignment_id FROM commitment
       WHERE status = 'RESERVED' AND expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    let expired = 0;
    for (const it of due) expired += (await this.database.transaction((tx) => this.expire(tx, it))) ? 1 : 0;
    return expired;
  }

  /** The confirmation may have come a moment ago: what counts is the state under the lock. */
  private async expire(tx: Tx, { id, assignmentId }: { id: string; assignmentId: string }): Promise<boolean> {
    const { requestedVersion } = await lockFacts(tx, assignmentId);
    const commitment = await tx.lockOrFail(Commitment, id);
    if (commitment.status !== 'RESERVED' || (commitment.expiresAt ?? this.clock.now()) > this.clock.now()) return false;
    await this.lifecycle.expire(tx, commitment, newId());
    this.outbox.append(
      tx,
      fundCoverExpired.of({
        aggregateId: assignmentId,
        aggregateVersion: requestedVersion ?? 1,
        data: { assignmentId, commitmentId: id, fundId: commitment.fundId },
      }),
    );
    return true;
  }
}
