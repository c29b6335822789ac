import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { EXTERNAL_SUBSCRIPTIONS, SERVICES, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import { SESSION_BUCKET, SESSION_BUCKET_HOURS, SESSION_STREAM } from '#platform';

/** The stream that a service publishes its messages to. */
export function streamName(service: ServiceName): string {
  return `EVT_${service.toUpperCase()}`;
}

export interface StreamOptions {
  /** Bytes one stream may take; a full stream refuses, and the outbox keeps. */
  readonly maxBytes?: number;
  readonly replicas?: number;
  readonly maxAckPending?: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Room for some 10,000 people who are signed in, or for as much as a stream gets where that is less. */
const SESSION_BYTES_MAX = 64 * 1024 ** 2;
/**
 * How long a message that a crashed process had in hand is kept from the others. Whoever still works on one says so every third of
 * it, so that a slow reaction is not doubled.
 */
export const ACK_WAIT_MS = 10_000;
/** Systems outside say nothing in between. */
const EXTERNAL_ACK_WAIT_MS = 30_000;
export const STREAM_NOT_FOUND = 10059;
export const CONSUMER_NOT_FOUND = 10014;

/** One stream as it has to be, with its durable consumers; those of systems outside are marked. */
export interface PlannedStream {
  readonly config: Partial<StreamConfig> & { readonly name: string };
  readonly consumers: readonly PlannedConsumer[];
}

export interface PlannedConsumer {
  readonly durable: string;
  readonly isExternal: boolean;
  /** Whether it matters when it rests: not that of first steps. */
  readonly isFollowed: boolean;
  readonly config: Partial<ConsumerConfig>;
}

/** Every stream and durable consumer that the contracts ask for, and the bucket of the sessions. */
export function planStreams(options: StreamOptions = {}): PlannedStream[] {
  return [
    ...SERVICES.map((producer) => plannedFor(producer, options)),
    { config: sessionBucket(options), consumers: [] },
  ];
}

function plannedFor(producer: ServiceName, options: StreamOptions): PlannedStream {
  return {
    config: streamConfig(producer, options),
    consumers: [
      ...SERVICES.flatMap((durable) => {
        const subjects = subscribedSubjects(durable, producer);
        const config = consumerConfig(durable, subjects, { ...options, ackWaitMs: ACK_WAIT_MS });
        return subjects.length === 0 ? [] : [{ durable, isExternal: false, isFollowed: true, config }];
      }),
      ...EXTERNAL_SUBSCRIPTIONS.filter(({ publisher }) => publisher === producer).map((outside) => ({
        durable: outside.durable,
        isExternal: true,
        isFollowed: outside.isFollowed,
        config: consumerConfig(outside.durable, [outside.filter], { ...options, ackWaitMs: EXTERNAL_ACK_WAIT_MS }),
      })),
    ],
  };
}

/**
 * Makes or updates every stream and durable consumer; run by the deploy step with the administrator's identity. Services only use
 * them: the broker refuses them anything else.
 */
export async function ensureStreams(nc: NatsConnection, options: StreamOptions = {}): Promise<void> {
  const manager = await jetstreamManager(nc);
  for (const { config, consumers } of planStreams(options)) {
    await ensureStream(manager, config);
    for (const consumer of consumers) await ensureConsumer(manager, config.name, consumer.config);
  }
}

/** The producers a service listens to. */
export function producersFor(consumer: ServiceName): ServiceName[] {
  return SERVICES.filter((producer) => subscribedSubjects(consumer, producer).length > 0);
}

/** The services that want a subject. */
export function consumersOf(subject: string): ServiceName[] {
  return SERVICES.filter((consumer) => SUBSCRIPTIONS[consumer].some((message) => message.subject === subject));
}

function subscribedSubjects(consumer: ServiceName, producer: ServiceName): string[] {
  return SUBSCRIPTIONS[consumer].filter((message) => message.service === producer).map((message) => message.subject);
}

function streamConfig(service: ServiceName, options: StreamOptions): PlannedStream['config'] {
  return {
    name: streamName(service),
    subjects: [`evt.${service}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    // The default, `old`, would drop acknowledged messages without a word; a refusal the relay can see.
    discard: DiscardPolicy.New,
    max_age: nanos(14 * DAY_MS),
    max_bytes: options.maxBytes ?? 1024 ** 3,
    duplicate_window: nanos(120_000),
    num_replicas: options.replicas ?? 1,
    deny_delete: true,
  };
}

/** As the key-value library makes a bucket (its `Kvm.create`), which only an administrator may. */
function sessionBucket(options: StreamOptions): PlannedStream['config'] {
  return {
    name: SESSION_STREAM,
    subjects: [`$KV.${SESSION_BUCKET}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    max_age: nanos(SESSION_BUCKET_HOURS * HOUR_MS),
    max_bytes: Math.min(SESSION_BYTES_MAX, options.maxBytes ?? SESSION_BYTES_MAX),
    duplicate_window: nanos(120_000),
    num_replicas: options.replicas ?? 1,
    allow_rollup_hdrs: true,
    allow_direct: true,
    deny_delete: true,
  };
}

function consumerConfig(
  durable: string,
  subjects: string[],
  options: StreamOptions & { readonly ackWaitMs: number },
): Partial<ConsumerConfig> {
  return {
    durable_name: durable,
    filter_subjects: subjects,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(options.ackWaitMs),
    // Attempts are counted in the consumer's own table; the broker must never give up on a message silently.
    max_deliver: -1,
    max_ack_pending: options.maxAckPending ?? 1000,
  };
}

async function ensureStream(manager: JetStreamManager, config: PlannedStream['config']): Promise<void> {
  if (await orMissing(() => manager.streams.info(config.name), STREAM_NOT_FOUND)) {
    await manager.streams.update(config.name, config);
    return;
  }
  await manager.streams.add(config);
}

async function ensureConsumer(
  manager: JetStreamManager,
  stream: string,
  config: Partial<ConsumerConfig>,
): Promise<void> {
  const name = config.durable_name ?? '';
  if (await orMissing(() => manager.consumers.info(stream, name), CONSUMER_NOT_FOUND)) {
    await manager.consumers.update(stream, name, config);
    return;
  }
  await manager.consumers.add(stream, config);
}

/** Undefined when the broker knows no such thing. */
export async function orMissing<T>(read: () => Promise<T>, notFound: number): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === notFound) return undefined;
    throw error;
  }
}
