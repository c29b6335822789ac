import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { Clock, Nats, newId } from '#platform';
import { RATE_CLASSES } from './rate-class';
import { RateLimiter } from './rate-limiter';
import { RATE_SUBJECT } from './rate-subject';

const TELL_MS = 100;
/** A replica that counts nothing still says that it is there. */
const SIGN_OF_LIFE_MS = 1000;
const GONE_AFTER_MS = 3500;
const SWEEP_MS = 10_000;
const ROWS_A_MESSAGE = 1000;

const count = z.int().min(0);
const messageSchema = z.strictObject({
  from: z.string().max(40),
  rows: z.array(z.tuple([z.string().max(40), count, count, count])).max(ROWS_A_MESSAGE),
});

/**
 * Tells the other replicas of the gateway every 100 ms what this one accepted, over core NATS. Whole counts, not differences: a message
 * that is lost or comes twice does no harm. Without NATS each replica limits what it sees itself.
 */
@Injectable()
export class RateSharing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RateSharing.name);
  private readonly self = newId();
  private readonly heardAt = new Map<string, number>();
  private timers: NodeJS.Timeout[] = [];
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly nats: Nats,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.nats.nc.subscribe(RATE_SUBJECT, {
      callback: (error, message) => {
        if (!error) this.hear(message.data);
      },
    });
    const every = (ms: number, work: () => void) => this.timers.push(setInterval(work, ms).unref());
    every(TELL_MS, () => {
      this.tell();
    });
    every(SWEEP_MS, () => {
      this.limiter.sweep();
    });
  }

  onApplicationShutdown(): void {
    this.timers.forEach(clearInterval);
  }

  private tell(): void {
    const now = this.clock.now().getTime();
    this.forgetTheSilent(now);
    // What cannot be sent must not pile up in the client's buffer; the counts are whole and can wait.
    if (!this.nats.isUp) return;
    const isAlone = this.heardAt.size === 0;
    const isDue = now - this.saidAt >= SIGN_OF_LIFE_MS;
    if (!isDue && (isAlone || this.limiter.changed.size === 0)) return;
    const rows = isAlone ? [] : this.limiter.tell();
    this.saidAt = now;
    for (let from = 0; from === 0 || from < rows.length; from += ROWS_A_MESSAGE)
      this.nats.nc.publish(
        RATE_SUBJECT,
        JSON.stringify({ from: this.self, rows: rows.slice(from, from + ROWS_A_MESSAGE) }),
      );
  }

  private hear(data: Uint8Array): void {
    const parsed = messageSchema.safeParse(parseJson(data));
    if (!parsed.success) {
      this.logger.warn('a message of another replica could not be read');
      return;
    }
    const { from, rows } = parsed.data;
    if (from === this.self) return;
    if (!this.heardAt.has(from)) this.limiter.tellAll();
    this.heardAt.set(from, this.clock.now().getTime());
    this.limiter.replicas = 1 + this.heardAt.size;
    for (const row of rows) {
      const name = RATE_CLASSES.find((known) => row[0].startsWith(`${known}:`));
      if (name) this.limiter.hear(from, name, row);
    }
  }

  private forgetTheSilent(now: number): void {
    for (const [replica, at] of this.heardAt) {
      if (now - at < GONE_AFTER_MS) continue;
      this.heardAt.delete(replica);
      this.limiter.replicas = 1 + this.heardAt.size;
    }
  }
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    // Not JSON is not a message of ours either: the schema refuses it.
    return undefined;
  }
}
