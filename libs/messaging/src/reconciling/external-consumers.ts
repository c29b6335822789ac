import { Logger } from '@nestjs/common';
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { AppError, EXTERNAL_SUBSCRIPTIONS } from '#contracts';
import type { Database, Tx } from '#database';
import type { Nats } from '#platform';
import { publishedMessages } from '../metrics';
import { markRepublished, readMessages } from '../relay/outbox-table';
import type { Publisher } from '../relay/publisher';
import type { Sight } from './stream-watch';
import { CONSUMER_NOT_FOUND, streamName } from '../streams/streams';

const BATCH = 500;

type Subscription = (typeof EXTERNAL_SUBSCRIPTIONS)[number];

interface Standing {
  /** Every message up to here was acknowledged. */
  readonly acknowledgedPosition: bigint;
  /** What comes after this position is to be published again; null: nothing. */
  readonly replayAfter: bigint | null;
}

/**
 * Keeps account of the consumers outside the platform, who cannot be asked for receipts: what their durable acknowledged counts as
 * arrived. When the stream is lost, goes back, or drops what is too old before it was acknowledged, they get everything after their
 * last acknowledged position again, under fresh message ids and their old `ce-id`.
 */
export class ExternalConsumers {
  private readonly logger = new Logger(ExternalConsumers.name);

  constructor(private readonly database: Database) {}

  /** Asks for everything after a position once more. PLATFORM_RESOURCE_NOT_FOUND when no such consumer is known yet. */
  async replay(tx: Tx, { durable, after }: { durable: string; after: bigint }): Promise<void> {
    if ((await tx.execute(REPLAY, [durable, after])) === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  }

  /** Compares each durable of this publisher with the stream, and asks for a replay where messages were lost. */
  async follow(nats: Nats, sight: Sight): Promise<void> {
    for (const subscription of this.subscriptions) {
      const floor = await this.acknowledgedSequence(nats, subscription);
      await this.compare(subscription, { floor, sight });
    }
  }

  /** Publishes what was asked for; answers false when the broker did not take it all. */
  async serve(publisher: Publisher, isStopping: () => boolean): Promise<boolean> {
    for (const subscription of this.subscriptions) {
      const standing = await this.standing(subscription.durable);
      let after = standing?.replayAfter ?? null;
      while (after !== null && !isStopping()) {
        const next = await this.republish(subscription, { after, publisher });
        if (next === 'refused') return false;
        after = next;
      }
    }
    return true;
  }

  private get subscriptions(): readonly Subscription[] {
    return EXTERNAL_SUBSCRIPTIONS.filter(
      ({ publisher, isFollowed }) => isFollowed && publisher === this.database.service,
    );
  }

  /** `floor` is undefined when the durable is missing. A loss counts all the same: after this round nobody remembers it. */
  private async compare(
    subscription: Subscription,
    { floor, sight }: { floor: bigint | undefined; sight: Sight },
  ): Promise<void> {
    // Not known before the loss: then nothing counts as acknowledged.
    if (sight.hasLost) await this.know(subscription, 0n);
    else if (floor !== undefined) await this.meet(subscription, { floor, sight });
    const standing = await this.standing(subscription.durable);
    if (!standing) return;
    const { acknowledgedPosition: acknowledged, replayAfter } = standing;
    if (sight.hasLost || (await this.hasExpired(subscription, { acknowledged, sight }))) {
      this.logger.warn({ durable: subscription.durable, after: acknowledged }, 'messages are published again for it');
      await this.database.transaction((tx) => this.replay(tx, { durable: subscription.durable, after: acknowledged }));
      return;
    }
    if (replayAfter !== null || floor === undefined) return;
    const position = await this.acknowledgedUpTo(subscription, { after: acknowledged, floor });
    await this.database.reserved.query(
      'UPDATE external_consumer SET acknowledged_position = $2 WHERE durable = $1 AND replay_after IS NULL',
      [subscription.durable, position],
    );
  }

  /** Seen for the first time: what the stream no longer has is taken as acknowledged. */
  private async meet(subscription: Subscription, { floor, sight }: { floor: bigint; sight: Sight }): Promise<void> {
    if (await this.standing(subscription.durable)) return;
    const gone = sight.firstSequence - 1n;
    const position = await this.acknowledgedUpTo(subscription, { after: 0n, floor: gone > floor ? gone : floor });
    await this.know(subscription, position);
  }

  /** Who is known already stays as it is. */
  private async know({ durable }: Subscription, position: bigint): Promise<void> {
    await this.database.reserved.query(
      'INSERT INTO external_consumer (durable, acknowledged_position) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [durable, position],
    );
  }

  /** Undefined when the durable is missing. */
  private async acknowledgedSequence(nats: Nats, { publisher, durable }: Subscription): Promise<bigint | undefined> {
    const manager = await jetstreamManager(nats.nc, { checkAPI: false });
    try {
      const info = await manager.consumers.info(streamName(publisher), durable);
      return BigInt(info.ack_floor.stream_seq);
    } catch (error) {
      if (!(error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND)) throw error;
      this.logger.warn({ durable }, 'the durable is missing; run the migration step');
      return undefined;
    }
  }

  /** Whether a message that was never acknowledged is no longer in the stream: too old, or purged. The oldest go first. */
  private async hasExpired(
    { filter }: Subscription,
    { acknowledged, sight }: { acknowledged: bigint; sight: Sight },
  ): Promise<boolean> {
    if (sight.firstSequence <= 1n) return false;
    const rows = await this.database.reserved.query<object>(
      `SELECT FROM (
         SELECT stream_sequence FROM outbox_message
         WHERE position > $1 AND subject LIKE $2 AND published_at IS NOT NULL ORDER BY position LIMIT ${BATCH}
       ) AS oldest WHERE stream_sequence < $3 LIMIT 1`,
      [acknowledged, pattern(filter), sight.firstSequence],
    );
    return rows.length > 0;
  }

  /** The last position before the first message that is not acknowledged, or the outbox's last when all are. */
  private async acknowledgedUpTo(
    { filter }: Subscription,
    { after, floor }: { after: bigint; floor: bigint },
  ): Promise<bigint> {
    const [row] = await this.database.reserved.query<{ position: bigint }>(
      `SELECT coalesce(
         (SELECT position FROM outbox_message
          WHERE position > $1 AND subject LIKE $2 AND failed_at IS NULL AND (published_at IS NULL OR stream_sequence > $3)
          ORDER BY position LIMIT 1) - 1,
         (SELECT max(position) FROM outbox_message),
         $1)::bigint AS position`,
      [after, pattern(filter), floor],
    );
    return row?.position ?? after;
  }

  /** One batch; answers after which position the next begins, null when that was the last. */
  private async republish(
    { durable, filter }: Subscription,
    { after, publisher }: { after: bigint; publisher: Publisher },
  ): Promise<bigint | null | 'refused'> {
    const rows = await this.database.reserved.query<{ id: string; position: bigint }>(
      `SELECT id, position FROM outbox_message
       WHERE position > $1 AND subject LIKE $2 AND published_at IS NOT NULL ORDER BY position LIMIT ${BATCH}`,
      [after, pattern(filter)],
    );
    const ids = rows.map(({ id }) => id);
    const { published, left } = await publisher.publish(await readMessages(this.database.reserved, ids));
    publishedMessages.inc({ attempt: 'again' }, published.length);
    await markRepublished(this.database.reserved, published);
    const last = rows.length < BATCH ? null : (rows.at(-1)?.position ?? null);
    const [firstLeft] = left;
    const next = firstLeft ? firstLeft.position - 1n : last;
    // Somebody may have asked for more in the meantime; then that stands.
    await this.database.reserved.query(
      'UPDATE external_consumer SET replay_after = $3 WHERE durable = $1 AND replay_after = $2',
      [durable, after, next],
    );
    return firstLeft ? 'refused' : next;
  }

  private async standing(durable: string): Promise<Standing | undefined> {
    const [row] = await this.database.reserved.query<Standing>(
      `SELECT acknowledged_position, replay_after
       FROM external_consumer WHERE durable = $1`,
      [durable],
    );
    return row;
  }
}

const REPLAY = `
  UPDATE external_consumer SET acknowledged_position = least(acknowledged_position, $2),
    replay_after = least(coalesce(replay_after, $2), $2) WHERE durable = $1`;

/** `evt.finance.payout.>` as LIKE has it. */
function pattern(filter: string): string {
  return filter.replaceAll('_', '\\_').replace(/>$/, '%');
}
