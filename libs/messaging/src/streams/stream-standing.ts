import { isDeepStrictEqual } from 'node:util';
import { type ConsumerInfo, jetstreamManager, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  CONSUMER_NOT_FOUND,
  orMissing,
  type PlannedConsumer,
  type PlannedStream,
  planStreams,
  STREAM_NOT_FOUND,
  type StreamOptions,
} from './streams';

/** How one stream stands. */
export interface StreamStanding {
  readonly stream: string;
  readonly isMissing: boolean;
  /** Names of settings that are not as the migration step makes them. */
  readonly differences: readonly string[];
  /** How much of its room is taken, 0 to 1. */
  readonly fullness: number;
  readonly consumers: readonly ConsumerStanding[];
}

/** How one durable consumer stands. */
export interface ConsumerStanding {
  readonly stream: string;
  readonly durable: string;
  readonly isExternal: boolean;
  readonly isFollowed: boolean;
  readonly isMissing: boolean;
  readonly differences: readonly string[];
  /** Messages that it has not acknowledged. */
  readonly waiting: number;
  /** When the oldest of them was put into the stream. */
  readonly oldestAt: Date | undefined;
}

/** Not told to who asks without knowing how the installation sets them. */
const UNKNOWN_WITHOUT: readonly (readonly [keyof StreamOptions, string])[] = [
  ['maxBytes', 'max_bytes'],
  ['replicas', 'num_replicas'],
];

/** Compares every stream and durable with what the migration step makes. Reads only, as the administrator of that step. */
export async function inspectStreams(nc: NatsConnection, options: StreamOptions = {}): Promise<StreamStanding[]> {
  const manager = await jetstreamManager(nc);
  const unknown = UNKNOWN_WITHOUT.filter(([option]) => options[option] === undefined).map(([, name]) => name);
  return Promise.all(planStreams(options).map((planned) => standingOf(manager, planned, unknown)));
}

async function standingOf(
  manager: JetStreamManager,
  { config, consumers }: PlannedStream,
  unknown: readonly string[],
): Promise<StreamStanding> {
  const stream = config.name;
  const info = await orMissing(() => manager.streams.info(stream), STREAM_NOT_FOUND);
  return {
    stream,
    isMissing: !info,
    differences: info ? differences(config, info.config).filter((name) => !unknown.includes(name)) : [],
    fullness: fullness(info),
    consumers: info ? await Promise.all(consumers.map((planned) => consumerStanding(manager, stream, planned))) : [],
  };
}

function fullness(info: StreamInfo | undefined): number {
  return info && info.config.max_bytes > 0 ? info.state.bytes / info.config.max_bytes : 0;
}

async function consumerStanding(
  manager: JetStreamManager,
  stream: string,
  { config, ...planned }: PlannedConsumer,
): Promise<ConsumerStanding> {
  const info = await orMissing(() => manager.consumers.info(stream, planned.durable), CONSUMER_NOT_FOUND);
  const waiting = info ? info.num_pending + info.num_ack_pending : 0;
  return {
    ...planned,
    stream,
    isMissing: !info,
    differences: info ? differences(config, info.config) : [],
    waiting,
    oldestAt: info && waiting > 0 ? await oldestAt(manager, stream, info) : undefined,
  };
}

/** Of the first message after what it acknowledged without a gap, among the subjects that it wants. */
async function oldestAt(manager: JetStreamManager, stream: string, info: ConsumerInfo): Promise<Date | undefined> {
  const { filter_subjects: several, filter_subject: one } = info.config;
  const seq = info.ack_floor.stream_seq + 1;
  const found = await Promise.all(
    (several ?? [one ?? '>']).map((subject) => {
      // The library passes it on, but its type knows this question for direct reads only.
      const question = { seq, next_by_subj: subject };
      return manager.streams.getMessage(stream, question);
    }),
  );
  const times = found.flatMap((message) => (message ? [message.time.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

function differences(wanted: object, actual: object): string[] {
  const real = new Map(Object.entries(actual));
  return Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined || isDeepStrictEqual(sorted(value), sorted(real.get(name))) ? [] : [name],
  );
}

/** Subjects have no order. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}
