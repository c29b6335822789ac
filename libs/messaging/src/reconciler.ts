import { Logger } from '@nestjs/common';
import { SERVICES, type ServiceName } from '#contracts';
import type { Database } from '#database';
import type { Nats } from '#platform';
import type { MessagingConfig } from './config';
import { publishedMessages } from './metrics';
import { markReceived, markRepublished, type PublishedMessage, readPublished } from './outbox-table';
import { Publisher } from './publisher';
import { receiptAnswer, receiptSubject } from './receipts';
import type { Relay } from './relay';
import { consumersOf } from './streams';

const BATCH = 500;
const ANSWER_TIMEOUT_MS = 3000;
const RECHECK_EVERY_MS = 86_400_000;
const RECHECK_SPAN_MS = 3 * 86_400_000;

/**
 * Compares what was published with what arrived, end to end, and publishes again what is missing: JetStream is a courier that may
 * lose letters (acknowledged before they are on disk, a deleted stream, a restored backup), the outbox is the record. Asks for
 * messages without a receipt on each round and after a reconnect, and once a day for all of the last three days.
 */
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isStopping = false;
  private lastRecheckAt = performance.now();

  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly relay: Relay,
    private readonly config: MessagingConfig,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.begin(), this.config.reconcileMs);
    void this.watchReconnects();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.round;
  }

  /** Asks for everything published within this span, received or not: after a consumer was restored from a backup. */
  recheck(spanMs: number): Promise<number> {
    return this.reconcile(spanMs);
  }

  private begin(): void {
    if (this.round || this.isStopping || !this.relay.leads) return;
    this.round = this.runRound()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'reconciling interrupted'))
      .finally(() => (this.round = undefined));
  }

  private async runRound(): Promise<void> {
    await this.reconcile(undefined);
    if (performance.now() - this.lastRecheckAt < RECHECK_EVERY_MS) return;
    this.lastRecheckAt = performance.now();
    await this.reconcile(RECHECK_SPAN_MS);
  }

  private async watchReconnects(): Promise<void> {
    await this.nats.ready();
    for await (const status of this.nats.nc.status()) if (status.type === 'reconnect') this.begin();
  }

  /** Answers how many were published again. */
  private async reconcile(recheckSpanMs: number | undefined): Promise<number> {
    const publisher = new Publisher(this.nats.nc, this.service);
    let afterPosition = 0n;
    let republished = 0;
    for (;;) {
      const messages = await readPublished(this.database, {
        afterPosition,
        olderThanMs: this.config.receiptAfterMs,
        recheckSpanMs,
        limit: BATCH,
      });
      republished += await this.settle(messages, publisher);
      const last = messages.at(-1);
      if (!last || messages.length < BATCH || this.isStopping) return republished;
      afterPosition = last.position;
    }
  }

  private async settle(messages: readonly PublishedMessage[], publisher: Publisher): Promise<number> {
    const missing = new Set<string>();
    const undecided = new Set<string>();
    for (const consumer of SERVICES) {
      const concerned = messages.filter((message) => consumersOf(message.subject).includes(consumer));
      if (concerned.length === 0) continue;
      const answer = await this.ask(consumer, concerned);
      for (const id of answer?.missing ?? []) missing.add(id);
      for (const id of answer ? answer.waiting : concerned.map((message) => message.id)) undecided.add(id);
    }
    const arrived = messages.filter((message) => !missing.has(message.id) && !undecided.has(message.id));
    await markReceived(
      this.database,
      arrived.map((message) => message.id),
    );
    const lost = messages.filter((message) => missing.has(message.id));
    if (lost.length > 0) await this.republish(lost, publisher);
    return lost.length;
  }

  private async republish(lost: readonly PublishedMessage[], publisher: Publisher): Promise<void> {
    this.logger.warn({ count: lost.length, first: lost[0]?.id }, 'messages did not arrive; publishing them again');
    const { published } = await publisher.publish(lost);
    publishedMessages.inc({ attempt: 'again' }, published.length);
    await markRepublished(this.database, published);
  }

  private async ask(consumer: ServiceName, messages: readonly PublishedMessage[]) {
    const question = {
      producer: this.service,
      messages: messages.map((message) => [message.id, Number(message.streamSequence)]),
    };
    try {
      const reply = await this.nats.nc.request(receiptSubject(consumer), JSON.stringify(question), {
        timeout: ANSWER_TIMEOUT_MS,
      });
      return receiptAnswer.parse(reply.json());
    } catch (error) {
      this.logger.debug({ err: error, consumer }, 'no receipt answer; asking again later');
      return undefined;
    }
  }
}
