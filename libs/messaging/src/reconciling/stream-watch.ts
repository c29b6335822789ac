import { JetStreamApiError, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import type { ServiceName } from '#contracts';
import type { Queries } from '#database';
import type { Nats } from '#platform';
import { lastPosition } from '../relay/outbox-table';
import { STREAM_NOT_FOUND, streamName } from '../streams/streams';

/** The service's own stream, and whether it lost what the broker had acknowledged since it was last looked at. */
export interface Sight {
  readonly firstSequence: bigint;
  readonly hasLost: boolean;
  /** To be called once what follows from a loss is on record. */
  readonly remember: () => Promise<void>;
}

/**
 * Notices that the service's stream was made anew, or went back to an older state of the broker's disk: the creation time changed,
 * it ends before where it once ended, or messages that came later have numbers that were given before.
 */
export class StreamWatch {
  private readonly logger = new Logger(StreamWatch.name);
  private readonly stream: string;
  private isMissing = false;

  constructor(
    service: ServiceName,
    private readonly nats: Nats,
    private readonly database: Queries,
  ) {
    this.stream = streamName(service);
  }

  /** Undefined as long as nothing is known to be missing. */
  health(): string | undefined {
    return this.isMissing ? `no stream ${this.stream}: run the migration step` : undefined;
  }

  /** Undefined when there is no such stream. */
  async look(): Promise<Sight | undefined> {
    const info = await this.info();
    if (this.isMissing !== !info) this.logger.warn({ stream: this.stream }, info ? 'the stream is there' : 'no stream');
    this.isMissing = !info;
    if (!info) return undefined;
    // Read after the stream's end: whatever gets a later position than this is published behind that end.
    const position = await lastPosition(this.database);
    const hasLost = await this.hasLost(info);
    if (hasLost) this.logger.warn({ stream: this.stream }, 'the stream lost messages it had acknowledged');
    return {
      firstSequence: BigInt(info.state.first_seq),
      hasLost,
      remember: () => this.remember(info, position),
    };
  }

  private async info(): Promise<StreamInfo | undefined> {
    const manager = await jetstreamManager(this.nats.nc, { checkAPI: false });
    try {
      return await manager.streams.info(this.stream);
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return undefined;
      throw error;
    }
  }

  private async hasLost({ created, state }: StreamInfo): Promise<boolean> {
    const [row] = await this.database.query<{ hasLost: boolean }>(
      `SELECT s.stream_created <> $2 OR s.last_sequence > $3 OR EXISTS (
         SELECT FROM outbox_message WHERE position > s.position AND stream_sequence <= s.last_sequence
       ) AS has_lost
       FROM stream_sighting s WHERE s.stream = $1`,
      [this.stream, created, state.last_seq],
    );
    return row?.hasLost ?? (await this.isYoungerThanItsMessages(created));
  }

  /** Lost before anybody looked for the first time: a message was published before this stream was made. */
  private async isYoungerThanItsMessages(created: string): Promise<boolean> {
    const rows = await this.database.query<object>(
      'SELECT FROM outbox_message WHERE published_at < $1::timestamptz LIMIT 1',
      [created],
    );
    return rows.length > 0;
  }

  private async remember({ created, state }: StreamInfo, position: bigint): Promise<void> {
    await this.database.query(
      `INSERT INTO stream_sighting (stream, stream_created, last_sequence, position) VALUES ($1, $2, $3, $4)
       ON CONFLICT (stream) DO UPDATE
       SET stream_created = excluded.stream_created, last_sequence = excluded.last_sequence, position = excluded.position`,
      [this.stream, created, state.last_seq, position],
    );
  }
}
