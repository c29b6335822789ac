import { type ConsumerStanding, readBacklog, type SqlReader } from '#messaging';
import type { Check, Finding } from '../check';
import { count, duration } from '../words';
import { reached } from './reached';

const STREAMS =
  'Run the migration step (npm run migrate; docker compose run --rm migrate), which makes it as it has to be.';

export const nats: Check = {
  name: 'NATS',
  page: 'deploy/runbooks/server-away.md',
  examine: (installation) =>
    reached(
      () => installation.reachBroker(),
      'Services wait for it; their messages stay in the outbox and come later.',
    ),
};

export const streams: Check = {
  name: 'streams and consumers',
  page: 'deploy/runbooks/streams.md',
  examine: async (installation) =>
    (await installation.streams()).flatMap(({ stream, isMissing, differences, fullness, consumers }) => [
      ...faultOf(`The stream ${stream}`, { isMissing, differences }),
      ...(fullness > installation.limits.streamFullness
        ? [
            {
              sentence: `The stream ${stream} is ${Math.round(fullness * 100)} % full; a full one takes no messages.`,
              remedy: 'Raise NATS_STREAM_BYTES_MAX, look for room on the disk, and run the migration step.',
            },
          ]
        : []),
      ...consumers
        .filter(({ isExternal }) => !isExternal)
        .flatMap((consumer) => faultOf(`The consumer ${consumer.durable} on ${stream}`, consumer)),
    ]),
};

export const externalConsumers: Check = {
  name: 'consumers outside',
  page: 'deploy/runbooks/streams.md',
  examine: async (installation) => {
    const now = installation.clock.now();
    const outside = (await installation.streams()).flatMap(({ consumers }) => consumers).filter((it) => it.isExternal);
    return outside.flatMap((consumer) => [
      ...faultOf(`The durable ${consumer.durable} on ${consumer.stream}`, consumer),
      ...lagOf(consumer, {
        now,
        limitSeconds: installation.limits.externalLagSeconds,
        remedy: 'Ask its operators. The stream keeps messages for 14 days; later ones are sent again from the outbox.',
      }),
    ]);
  },
};

export const consumerLag: Check = {
  name: 'consumer lag',
  page: 'deploy/runbooks/relay-lag.md',
  examine: async (installation) => {
    const now = installation.clock.now();
    const own = (await installation.streams()).flatMap(({ consumers }) => consumers).filter((it) => !it.isExternal);
    const remedy = 'Look whether that service runs, and at its log; it goes on where it was.';
    return own.flatMap((consumer) => lagOf(consumer, { now, limitSeconds: installation.limits.lagSeconds, remedy }));
  },
};

export const backlog: Check = {
  name: 'outbox',
  page: 'deploy/runbooks/relay-lag.md',
  examine: async (installation) => {
    const backlogs = await installation.readEach(backlogOf);
    return backlogs.flatMap(([service, { unpublished, oldestSeconds, failed }]) => [
      ...(oldestSeconds > installation.limits.backlogSeconds
        ? [
            {
              sentence: `${service}: ${count(unpublished, 'message')} not published, the oldest for ${duration(oldestSeconds)}.`,
              remedy: 'Look whether NATS and the service are well; nothing is lost, it is published later.',
            },
          ]
        : []),
      ...(failed > 0
        ? [
            {
              sentence: `${service}: ${count(failed, 'message')} that no stream takes.`,
              remedy: 'Run the migration step, which makes missing streams, and restart the service.',
            },
          ]
        : []),
    ]);
  },
};

export const deadLetters: Check = {
  name: 'dead letters',
  page: 'deploy/runbooks/dead-letters.md',
  examine: async (installation) => {
    const backlogs = await installation.readEach(backlogOf);
    return backlogs.flatMap(([service, { deadLetters }]) =>
      deadLetters === 0
        ? []
        : [
            {
              sentence: `${service}: ${count(deadLetters, 'message')} that it could not process.`,
              remedy: 'List them, mend the reason, and replay them: dead-letters.js list, then replay.',
            },
          ],
    );
  },
};

function backlogOf(reader: SqlReader) {
  return readBacklog({ statement: (_name, sql, parameters) => reader.query(sql, parameters) });
}

function faultOf(
  what: string,
  { isMissing, differences }: Pick<ConsumerStanding, 'isMissing' | 'differences'>,
): Finding[] {
  if (isMissing) return [{ sentence: `${what} is missing.`, remedy: STREAMS }];
  if (differences.length === 0) return [];
  return [{ sentence: `${what} is set otherwise: ${differences.join(', ')}.`, remedy: STREAMS }];
}

function lagOf(
  { durable, stream, isFollowed, waiting, oldestAt }: ConsumerStanding,
  { now, limitSeconds, remedy }: { now: Date; limitSeconds: number; remedy: string },
): Finding[] {
  const seconds = isFollowed && oldestAt ? (now.getTime() - oldestAt.getTime()) / 1000 : 0;
  if (seconds <= limitSeconds) return [];
  const sentence = `${durable} has ${count(waiting, 'message')} of ${stream} before it, the oldest for ${duration(seconds)}.`;
  return [{ sentence, remedy }];
}
