import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Client } from 'pg';
import type { ServiceName } from '#contracts';
import type { Database } from '#database';
import type { Nats } from '#platform';
import { type Lead, LeaderTask } from '../background/leader-task';
import { failpoint } from '../failpoint';
import { publishedMessages, refusedMessages } from '../metrics';
import { advance, markFailed, type OutboxMessage, type Published, readUnpublished } from './outbox-table';
import { Publisher, type PublishResult } from './publisher';
import type { RelaySignal } from './relay-signal';

const BATCH = 500;
const IDLE_MS = 1000;
const TROUBLE_MS = 1000;
const GATHER_BELOW = 50;
const GATHER_MS = 5;
/** An operator may have given a refused message another chance. */
const LOOK_BACK_EVERY_MS = 60_000;

/**
 * Publishes a service's messages after their commit: ONE leader among its replicas, so that messages of one aggregate keep their
 * order across replicas; the others stand by and take over within a second.
 */
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private readonly task: LeaderTask;
  /** Whether everything that has a position is published too. */
  private isCaughtUp = false;
  private lookedBackAt = 0;

  constructor(
    private readonly service: ServiceName,
    database: Database,
    private readonly nats: Nats,
    private readonly signal: RelaySignal,
  ) {
    this.task = new LeaderTask(database, {
      name: 'relay',
      lock: `messaging:${service}`,
      ready: () => nats.ready(),
      work: (lead) => this.publishAll(lead),
    });
  }

  /** Whether this replica publishes; it also does what else one replica has to do for the messages. */
  get leads(): boolean {
    return this.task.leads;
  }

  start(): void {
    this.signal.listen(() => {
      this.signal.lower();
      this.task.wake();
    });
    this.task.start();
  }

  /** Ends after the batch that is on its way; what is left waits in the table. */
  stop(): Promise<void> {
    return this.task.stop();
  }

  private async publishAll(lead: Lead): Promise<void> {
    const { client } = lead;
    const publisher = new Publisher(this.nats.nc, this.service);
    let unmarked: Published[] = [];
    let following: OutboxMessage[] | undefined;
    const next = (limit: number): Promise<OutboxMessage[]> => {
      const published = unmarked;
      unmarked = [];
      return advance(client, published, limit);
    };
    this.isCaughtUp = false;
    while (!lead.lost.aborted) {
      lead.beginRound();
      // What has a position but was not published comes before anything newer.
      const pending: OutboxMessage[] =
        following ?? (this.isCaughtUp ? await next(BATCH) : await readUnpublished(client, BATCH));
      following = undefined;
      if (pending.length === 0) {
        if (!this.isCaughtUp) {
          this.isCaughtUp = true;
          continue;
        }
        if (lead.stopping.aborted) return;
        this.lookBackAtTimes();
        await lead.rest(IDLE_MS);
        continue;
      }
      // A full batch says that more waits: it gets its positions while this one is on its way.
      const isMoreWaiting = this.isCaughtUp && pending.length === BATCH;
      const [result, positioned] = await Promise.all([
        publisher.publish(pending),
        isMoreWaiting ? next(BATCH) : undefined,
      ]);
      unmarked.push(...result.published);
      failpoint('relay.after_publish');
      publishedMessages.inc({ attempt: 'first' }, result.published.length);
      await this.recordFailures(client, result.failed);
      if (result.left.length > 0) this.isCaughtUp = false;
      // After a failure, what has its position already is read again, after what was left.
      if (this.isCaughtUp) following = positioned;
      else await next(0);
      if (result.left.length > 0) await this.waitOut(result, lead);
      // Under load a short pause makes one round of many messages out of many rounds of one; a lone message has left already.
      else if (pending.length < GATHER_BELOW) await delay(GATHER_MS);
      if (result.left.length > 0 && lead.stopping.aborted) return;
    }
  }

  private lookBackAtTimes(): void {
    if (performance.now() - this.lookedBackAt < LOOK_BACK_EVERY_MS) return;
    this.lookedBackAt = performance.now();
    this.isCaughtUp = false;
  }

  private async recordFailures(
    client: Client,
    failed: readonly { message: OutboxMessage; error: string }[],
  ): Promise<void> {
    for (const { message, error } of failed) {
      await markFailed(client, message.id, error);
      refusedMessages.inc();
      this.logger.error({ messageId: message.id, subject: message.subject, error }, 'a message cannot be published');
    }
  }

  /** The broker is away or full: what got through is marked now, the rest waits in its order. */
  private async waitOut(result: PublishResult, { stopping }: Lead): Promise<void> {
    this.logger.warn(
      { err: result.lastError, waiting: result.left.length },
      'the stream does not take messages; trying again',
    );
    if (!stopping.aborted) await delay(TROUBLE_MS);
  }
}
