import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type Consumer, type ConsumerMessages, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { ServiceName, ServiceView } from '#contracts';
import { isDatabaseAway } from '#database';
import type { Clock, Nats } from '#platform';
import type { MessagingConfig } from '../config';
import { failpoint } from '../failpoint';
import { type Delivery, type Inbox, UnreadableError } from './inbox';
import { Lanes } from './lanes';
import { Batches } from './batches';
import { asSigned, type Attributes, headersOf, readAttributes } from '../relay/message-headers';
import type { MessageVerifier } from '../signing/message-verifier';
import { handledMessages, messageLag } from '../metrics';
import { ACK_WAIT_MS, streamName } from '../streams/streams';

/** How often a message may fail before it is set aside. */
export const ATTEMPTS_MAX = 5;

const PREFETCH = 500;
const RESUME_MS = 1000;
const DATABASE_RETRY_MS = 1000;
const RETRY_GROWTH = 4;
/** Who asks how the service stands waits for all of its answers. */
const STANDING_MS = 1000;
const WORKING_EVERY_MS = ACK_WAIT_MS / 3;

/**
 * Takes one producer's messages from its stream through this service's durable. Messages of one aggregate run one after the other,
 * those of different ones side by side; a failing message is tried again in its place, so what follows it cannot overtake.
 * Acknowledged after commit. A stream or durable that is gone is waited for: services may not make them.
 */
export class StreamConsumer {
  private readonly logger = new Logger(StreamConsumer.name);
  private readonly lanes: Lanes;
  private readonly projections = new Batches<Arrival>((arrivals) => this.project(arrivals));
  private readonly inHand = new Set<JsMsg>();
  private readonly heartbeat: NodeJS.Timeout;
  private messages: ConsumerMessages | undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private isAttached = false;

  constructor(
    private readonly names: { readonly service: ServiceName; readonly producer: ServiceName },
    private readonly nats: Nats,
    private readonly inbox: Inbox,
    private readonly config: MessagingConfig,
    private readonly clock: Clock,
    private readonly verifier: MessageVerifier,
  ) {
    this.lanes = new Lanes(config.concurrency, this.stopping.signal);
    this.heartbeat = setInterval(() => {
      for (const message of this.inHand) message.working();
    }, WORKING_EVERY_MS);
  }

  start(): void {
    this.running = this.consumeUntilStopped();
  }

  /** Takes nothing new, ends what runs; prefetched messages go back to the broker when their time is over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.messages?.stop();
    await this.running;
    await this.projections.idle();
    await this.lanes.idle();
    clearInterval(this.heartbeat);
  }

  /** Undefined while messages can arrive, else what is missing. */
  health(): string | undefined {
    return this.isAttached ? undefined : `no consumer ${this.names.service} on ${streamName(this.names.producer)}`;
  }

  /** How much of the producer's stream has not taken effect here, over all replicas. */
  async standing(): Promise<ServiceView['consumers'][number]> {
    const { producer, service } = this.names;
    const { isAttached } = this;
    try {
      const manager = await jetstreamManager(this.nats.nc, { checkAPI: false, timeout: STANDING_MS });
      const info = await manager.consumers.info(streamName(producer), service);
      return { producer, isAttached, pending: info.num_pending, inHand: info.num_ack_pending };
    } catch (error) {
      this.logger.warn({ err: error, ...this.names }, 'the broker did not say what waits');
      return { producer, isAttached, pending: null, inHand: null };
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async consumeUntilStopped(): Promise<void> {
    while (!this.isStopping) {
      try {
        await this.nats.ready();
        const consumer = await jetstream(this.nats.nc).consumers.get(
          streamName(this.names.producer),
          this.names.service,
        );
        await this.drainStream(consumer);
      } catch (error) {
        if (this.isAttached && !this.isStopping)
          this.logger.warn({ err: error, ...this.names }, 'stream consumer interrupted');
      }
      this.isAttached = false;
      if (!this.isStopping) await delay(RESUME_MS);
    }
  }

  private async drainStream(consumer: Consumer): Promise<void> {
    const messages = await consumer.consume({ max_messages: PREFETCH, idle_heartbeat: 2000, expires: 10_000 });
    this.messages = messages;
    this.isAttached = true;
    void this.watch(messages, consumer);
    for await (const message of messages) {
      if (this.isStopping) return;
      this.accept(message);
    }
  }

  /** `consume` goes on quietly after its durable or stream is deleted; then it is ended here and looked up anew. */
  private async watch(messages: ConsumerMessages, consumer: Consumer): Promise<void> {
    for await (const status of messages.status()) {
      if (
        status.type === 'consumer_deleted' ||
        status.type === 'consumer_not_found' ||
        status.type === 'stream_not_found'
      ) {
        messages.stop();
      }
      // A recreated stream has a durable of the same name that never heard our pull requests.
      if (status.type === 'heartbeats_missed' && !(await isStillThere(consumer))) messages.stop();
      if (status.type === 'no_responders') messages.stop();
    }
  }

  private accept(message: JsMsg): void {
    this.inHand.add(message);
    const attributes = this.attributesOf(message);
    const isProjected = attributes?.type === message.subject && this.inbox.isProjected(message.subject);
    const isReady = isProjected && !message.info.redelivered && this.doubt(message, attributes) === undefined;
    if (isReady) this.projections.add({ message, attributes });
    else this.queue(message, attributes);
  }

  private queue(message: JsMsg, attributes: Attributes | undefined): void {
    this.lanes.enqueue(attributes?.aggregateId ?? `delivery ${message.seq}`, async (pause) => {
      try {
        await this.process(message, attributes, pause);
      } catch (error) {
        // Not acknowledged: the broker brings it again after ack_wait.
        this.logger.error({ err: error, subject: message.subject }, 'message left to the broker');
      } finally {
        this.inHand.delete(message);
      }
    });
  }

  /** Many states in one transaction; when that fails, each takes the careful way with its retries and dead letters. */
  private async project(arrivals: readonly Arrival[]): Promise<void> {
    try {
      const outcomes = await this.inbox.takeAll(
        arrivals.map(({ message, attributes }) => ({ attributes, payload: message.data })),
      );
      failpoint('consumer.after_commit');
      for (const [index, { message, attributes }] of arrivals.entries()) {
        this.observeLag(attributes);
        this.inHand.delete(message);
        this.finish(message, outcomes[index] ?? 'handled');
      }
    } catch (error) {
      this.logger.debug({ err: error, count: arrivals.length }, 'projecting one by one');
      for (const { message, attributes } of arrivals) this.queue(message, attributes);
    }
  }

  private observeLag(attributes: Attributes): void {
    const lagMs = Math.max(0, performance.timeOrigin + performance.now() - attributes.occurredAt.getTime());
    messageLag.observe({ source: this.names.producer }, lagMs / 1000);
  }

  private attributesOf(message: JsMsg): Attributes | undefined {
    try {
      return readAttributes(message.headers);
    } catch {
      return undefined;
    }
  }

  /** Why the message may not be believed. */
  private doubt(message: JsMsg, attributes: Attributes): string | undefined {
    if (!this.verifier.demandsSignature(this.names.producer)) return undefined;
    return this.verifier.fault(
      this.names.producer,
      asSigned(attributes, message.data),
      message.headers?.get('ce-signature'),
    );
  }

  private async process(message: JsMsg, attributes: Attributes | undefined, pause: Pause): Promise<void> {
    if (this.isStopping) {
      message.nak();
      return;
    }
    const delivery = deliveryOf(message);
    if (attributes === undefined || attributes.type !== message.subject) {
      const error = 'a CloudEvents header is missing, faulty, or does not fit the subject';
      await this.insist(pause, () => this.inbox.bury(delivery, { reason: 'malformed', error, attempts: 1 }));
      this.finish(message, 'dead');
      return;
    }
    const doubt = this.doubt(message, attributes);
    if (doubt !== undefined) {
      await this.bury(pause, {
        message,
        delivery,
        attributes,
        attempts: 1,
        reason: 'invalid',
        error: new Error(doubt),
      });
      return;
    }
    // Delivered before and never acknowledged: whoever had it may have died of it.
    let attempts = message.info.redelivered
      ? await this.insist(pause, () => this.inbox.countAttempt(attributes.id, null))
      : 0;
    while (!this.isStopping) {
      const error =
        attempts > ATTEMPTS_MAX
          ? new Error('the process ended repeatedly while handling it')
          : await this.try(message, attributes);
      if (error === undefined) return;
      if (error instanceof UnreadableError) {
        await this.bury(pause, { message, delivery, attributes, attempts: attempts + 1, reason: error.reason, error });
        return;
      }
      // Says nothing about the message, so it waits without counting.
      if (isDatabaseAway(error)) {
        await pause(DATABASE_RETRY_MS);
        continue;
      }
      attempts = await this.insist(pause, () => this.inbox.countAttempt(attributes.id, describe(error)));
      if (attempts >= ATTEMPTS_MAX) {
        await this.bury(pause, { message, delivery, attributes, attempts, reason: 'failing', error });
        return;
      }
      this.logger.warn(
        { err: error, messageId: attributes.id, subject: message.subject, attempts },
        'message failed; trying again',
      );
      await pause(this.config.retryMs * RETRY_GROWTH ** (attempts - 1));
    }
  }

  /** Answers the error, or undefined when the message is settled and acknowledged. */
  private async try(message: JsMsg, attributes: Attributes): Promise<unknown> {
    try {
      const outcome = await this.inbox.take(attributes, message.data);
      failpoint('consumer.after_commit');
      if (outcome === 'altered') {
        const error = 'the same id came with another body';
        await this.inbox.bury(deliveryOf(message), { reason: 'altered', error, attempts: 1, messageId: attributes.id });
      }
      if (message.info.redelivered) await this.inbox.forgetAttempts(attributes.id);
      messageLag.observe(
        { source: this.names.producer },
        Math.max(0, this.clock.now().getTime() - attributes.occurredAt.getTime()) / 1000,
      );
      this.finish(message, outcome);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  private async bury(
    pause: Pause,
    dead: {
      message: JsMsg;
      delivery: Delivery;
      attributes: Attributes;
      attempts: number;
      reason: 'malformed' | 'invalid' | 'failing';
      error: unknown;
    },
  ): Promise<void> {
    const { message, delivery, attributes, attempts, reason, error } = dead;
    await this.insist(pause, () =>
      this.inbox.bury(delivery, { reason, error: describe(error), attempts, messageId: attributes.id }),
    );
    this.finish(message, 'dead');
  }

  /** Repeats our own bookkeeping until the database is back: a message is never given up because it was away. */
  private async insist<T>(pause: Pause, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) || this.isStopping) throw error;
        await pause(DATABASE_RETRY_MS);
      }
    }
  }

  private finish(message: JsMsg, outcome: string): void {
    message.ack();
    handledMessages.inc({ source: this.names.producer, outcome });
  }
}

/** A delivery whose headers could be read. */
interface Arrival {
  readonly message: JsMsg;
  readonly attributes: Attributes;
}

/** Waits without keeping others from running. */
type Pause = (milliseconds: number) => Promise<void>;

function deliveryOf(message: JsMsg): Delivery {
  const { stream, streamSequence, timestampNanos } = message.info;
  return {
    delivery: `${stream}:${streamSequence}:${timestampNanos}`,
    subject: message.subject,
    headers: headersOf(message.headers),
    payload: message.data,
  };
}

async function isStillThere(consumer: Consumer): Promise<boolean> {
  try {
    await consumer.info();
    return true;
  } catch {
    return false;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
