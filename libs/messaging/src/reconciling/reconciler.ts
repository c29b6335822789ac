import { Logger } from '@nestjs/common';
import { SERVICES, type ServiceName } from '#contracts';
import type { Database } from '#database';
import type { Nats } from '#platform';
import type { MessagingConfig } from '../config';
import type { ExternalConsumers } from './external-consumers';
import { publishedMessages } from '../metrics';
import {
  markReceived,
  markRepublished,
  markUnreceived,
  type PlacedReference,
  type PublishedReference,
  readMessages,
  readNewestReceived,
  readStretch,
  readUnreceived,
} from '../relay/outbox-table';
import { Publisher } from '../relay/publisher';
import { type ReceiptAnswer, receiptAnswer, receiptSubject } from './receipts';
import type { OpenRecheck, Rechecks } from './rechecks';
import type { Relay } from '../relay/relay';
import { StreamWatch } from './stream-watch';
import { consumersOf } from '../streams/streams';

const BATCH = 500;
const ANSWER_TIMEOUT_MS = 3000;
/** So many of each consumer's newest confirmed messages are asked for again in each round. */
const SAMPLE = 20;
/** As long as the stream is missing, the end of that is looked for more often than a round is due. */
const MISSING_RETRY_MS = 1000;

/** What a consumer said of each message, by id. */
interface Comparison {
  readonly missing: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
  /** One of the consumers gave no answer. */
  readonly unanswered: ReadonlySet<string>;
}

/**
 * Compares what was published with what arrived, end to end, and publishes again what is missing: JetStream is a courier that may
 * lose letters (acknowledged before they are on disk, a deleted stream, a restored backup), the outbox is the record. Each round,
 * and after a reconnect, it asks for messages without a receipt and for a sample of those that have one: a consumer that lacks what
 * it once confirmed was restored from a backup, and everything is compared. Once a day the last three days are. Consumers outside
 * are followed by what they acknowledged. Its own statements use reserved connections: a full pool is no reason not to heal.
 */
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);
  private readonly streamWatch: StreamWatch;
  private readonly publisher: () => Publisher;
  private soon: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly config: MessagingConfig,
    private readonly parts: { relay: Relay; rechecks: Rechecks; external: ExternalConsumers },
  ) {
    this.streamWatch = new StreamWatch(service, nats, database.reserved);
    this.publisher = () => new Publisher(nats.nc, service);
  }

  /** Lets a round begin after each reconnect, beside those of the schedule. */
  start(): void {
    void this.watchReconnects();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.round;
    clearTimeout(this.soon);
  }

  /** Undefined as long as nothing is known to be missing. */
  health(): string | undefined {
    return this.streamWatch.health();
  }

  /** Begins a round now, unless one runs or another replica leads: that one's next round finds the same work. */
  begin(): void {
    if (this.round || this.isStopping || !this.parts.relay.leads) return;
    let isMoreToDo = false;
    this.round = this.runRound()
      .then((more) => {
        isMoreToDo = more;
      })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'reconciling interrupted'))
      .finally(() => {
        this.round = undefined;
        if (isMoreToDo) this.begin();
        else if (this.health() !== undefined) this.soon = setTimeout(() => this.begin(), MISSING_RETRY_MS);
      });
  }

  /** Answers whether there is more to do at once. */
  private async runRound(): Promise<boolean> {
    const sight = await this.streamWatch.look();
    if (!sight) return false;
    const { external, rechecks } = this.parts;
    await external.follow(this.nats, sight);
    await sight.remember();
    await this.settleUnreceived();
    const isServed = await external.serve(this.publisher(), () => this.isStopping);
    if (!isServed || this.isStopping) return false;
    if (!(await rechecks.open()) && !(await rechecks.beginIfDue())) await this.sampleReceipts();
    return this.carryOutRecheck();
  }

  private async watchReconnects(): Promise<void> {
    await this.nats.ready();
    for await (const status of this.nats.nc.status()) if (status.type === 'reconnect') this.begin();
  }

  private async settleUnreceived(): Promise<void> {
    const { reserved } = this.database;
    let afterPosition = 0n;
    for (;;) {
      const limits = { afterPosition, olderThanMs: this.config.receiptAfterMs, limit: BATCH };
      const messages = await readUnreceived(reserved, limits);
      const { missing, waiting, unanswered } = await this.compare(messages);
      const arrived = messages.filter(({ id }) => !missing.has(id) && !waiting.has(id) && !unanswered.has(id));
      await markReceived(
        reserved,
        arrived.map(({ id }) => id),
      );
      await this.republish([...missing]);
      const last = messages.at(-1);
      if (!last || messages.length < BATCH || this.isStopping) return;
      afterPosition = last.position;
    }
  }

  /** A consumer that lacks what it confirmed lost its memory from some day on: only going through everything finds that day. */
  private async sampleReceipts(): Promise<void> {
    const newest = await readNewestReceived(this.database.reserved, BATCH);
    for (const consumer of SERVICES) {
      const sample = newest.filter(({ subject }) => consumersOf(subject).includes(consumer)).slice(0, SAMPLE);
      const answer = sample.length > 0 ? await this.ask(consumer, sample) : undefined;
      if (!answer || answer.missing.length === 0) continue;
      this.logger.warn({ consumer }, 'it lacks messages that it had confirmed; comparing everything');
      await this.parts.rechecks.requestAs('receipts', { reason: `${consumer} lacks messages that it had confirmed` });
      return;
    }
  }

  /** Goes on with the comparison that is open, for as long as a round may last; answers whether there is more to do. */
  private async carryOutRecheck(): Promise<boolean> {
    const end = performance.now() + this.config.reconcileMs;
    let recheck = await this.parts.rechecks.open();
    while (recheck && !this.isStopping) {
      const reached = await this.stepRecheck(recheck);
      // A consumer or the broker is away: the same stretch comes again in the next round.
      if (reached === undefined) return false;
      recheck = await this.parts.rechecks.open();
      if (performance.now() > end) return recheck !== undefined;
    }
    return false;
  }

  /** One stretch of the outbox; answers where it ended, undefined when it has to be done again. */
  private async stepRecheck({ id, reachedPosition, throughPosition }: OpenRecheck): Promise<bigint | undefined> {
    const stretch = { after: reachedPosition, through: throughPosition, limit: BATCH };
    const rows = await readStretch(this.database.reserved, stretch);
    const isLast = rows.length < BATCH;
    const reached = isLast ? throughPosition : (rows.at(-1)?.position ?? throughPosition);
    const published = rows.filter(isPublished);
    const { missing, waiting, unanswered } = await this.compare(published);
    if (unanswered.size > 0) return undefined;
    // Still in the stream before the consumer, as it seems: whoever waits for a receipt is asked until it has come.
    await markUnreceived(this.database.reserved, [...waiting]);
    if (!(await this.republish([...missing]))) return undefined;
    const missingRows = Number(reached - reachedPosition) - rows.length;
    if (missingRows > 0) this.logger.error({ missingRows, upTo: reached.toString() }, 'the outbox lacks rows');
    const counts = { checked: published.length, publishedAgain: missing.size, missingRows };
    await this.parts.rechecks.advance(id, { reachedPosition: reached, isLast, ...counts });
    return reached;
  }

  private async compare(messages: readonly PublishedReference[]): Promise<Comparison> {
    const missing = new Set<string>();
    const waiting = new Set<string>();
    const unanswered = new Set<string>();
    for (const consumer of SERVICES) {
      const concerned = messages.filter(({ subject }) => consumersOf(subject).includes(consumer));
      if (concerned.length === 0) continue;
      const answer = await this.ask(consumer, concerned);
      if (!answer) for (const { id } of concerned) unanswered.add(id);
      for (const id of answer?.missing ?? []) missing.add(id);
      for (const id of answer?.waiting ?? []) waiting.add(id);
    }
    return { missing, waiting, unanswered };
  }

  /** Answers whether the broker took them all. */
  private async republish(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    this.logger.warn({ count: ids.length, first: ids[0] }, 'messages did not arrive; publishing them again');
    const { published, left } = await this.publisher().publish(await readMessages(this.database.reserved, ids));
    publishedMessages.inc({ attempt: 'again' }, published.length);
    await markRepublished(this.database.reserved, published);
    return left.length === 0;
  }

  private async ask(
    consumer: ServiceName,
    messages: readonly PublishedReference[],
  ): Promise<ReceiptAnswer | undefined> {
    const question = {
      producer: this.service,
      messages: messages.map(({ id, streamSequence }) => [id, Number(streamSequence)]),
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

function isPublished(row: PlacedReference): row is PlacedReference & { streamSequence: bigint } {
  return row.streamSequence !== null;
}
