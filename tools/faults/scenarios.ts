import { setTimeout as delay } from 'node:timers/promises';
import { type FaultStack, type Part, PARTS } from './fault-stack';
import type { SteadyLoad } from './steady-load';

/** Prints one figure. */
export type Print = (line: string) => void;

export interface Scene {
  readonly stack: FaultStack;
  readonly load: SteadyLoad;
  readonly print: Print;
}

const NOTICE_LIMIT_MS = 40_000;

/** SIGSTOP: each part is noticed, ended and started again while clients go on asking. */
export async function stopEach({ stack, print }: Scene, parts: readonly Part[] = PARTS): Promise<void> {
  for (const part of parts) {
    const pid = required(stack, part);
    const said = new RegExp(`^${part} has not (answered|done its work) for`);
    const before = stack.said(said);
    const stoppedAt = performance.now();
    process.kill(pid, 'SIGSTOP');
    await stack.until(`${part} is called deaf`, () => stack.said(said) > before, NOTICE_LIMIT_MS);
    const noticed = seconds(stoppedAt);
    await stack.until(`${part} has a new process`, () => isAnother(stack, part, pid), NOTICE_LIMIT_MS);
    await stack.recovery();
    print(`SIGSTOP ${part}: noticed after ${noticed} s, all answers again after ${seconds(stoppedAt)} s`);
  }
}

/** `kill -9` of one part, again and again as soon as it is back: it is started again each time. */
export async function killAgainAndAgain({ stack, print }: Scene, part: Part, times: number): Promise<void> {
  const from = performance.now();
  for (let kill = 1; kill <= times; kill++) {
    const pid = required(stack, part);
    process.kill(pid, 'SIGKILL');
    await stack.until(`${part} runs again after kill ${kill}`, () => isAnother(stack, part, pid), 60_000);
  }
  await stack.recovery();
  print(`kill -9 ${part} ${times} times: started again each time, all answers again after ${seconds(from)} s in all`);
}

/** Ends all database connections of all services, round after round: no process of ours ends. */
export async function endConnections({ stack, load, print }: Scene, rounds: number): Promise<void> {
  const services = PARTS.filter((part) => part !== 'Postgres' && part !== 'NATS');
  const before = services.map((part) => stack.pid(part));
  load.beginAnew();
  let ended = 0;
  for (let round = 0; round < rounds; round++) {
    const [row] = await stack.ask<{ ended: number }>(
      `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE usename LIKE 'svc\\_%'`,
    );
    ended += row?.ended ?? 0;
    await delay(200 + Math.random() * 300);
  }
  const back = await stack.recovery();
  const after = services.map((part) => stack.pid(part));
  const processes = services.filter((_, index) => before[index] !== after[index]);
  print(`pg_terminate_backend: ${rounds} rounds, ${ended} connections ended, ${processes.length} processes ended`);
  print(`  all answers ${back.toFixed(1)} s after the last round; told meanwhile: ${load.summary()}`);
  if (processes.length > 0) throw new Error(`ended over lost connections: ${processes.join(', ')}`);
}

/** A server dies several times in a row, each time as soon as the platform is whole again: it is back each time. */
export async function outagesOf({ stack, print }: Scene, part: 'Postgres' | 'NATS', times: number): Promise<void> {
  for (let outage = 1; outage <= times; outage++) {
    const pid = required(stack, part);
    const from = performance.now();
    process.kill(pid, 'SIGKILL');
    await stack.until(`${part} runs again`, () => isAnother(stack, part, pid), 60_000);
    await stack.recovery();
    print(`${part} killed, ${outage} of ${times}: all answers again after ${seconds(from)} s`);
  }
}

/** So many messages wait while their consumer is away, then all are taken in at once: no process ends. */
export async function takeIn({ stack, print }: Scene, messages: number): Promise<void> {
  const consumer = required(stack, 'events');
  process.kill(consumer, 'SIGKILL');
  const ids = await leaveWaiting(stack, messages);
  await stack.until('events runs again', () => isAnother(stack, 'events', consumer), 60_000);
  const from = performance.now();
  const before = PARTS.map((part) => stack.pid(part));
  await stack.until('all messages took effect', async () => (await arrived(stack)) >= ids.length, 300_000);
  const ended = PARTS.filter((part, index) => stack.pid(part) !== before[index]);
  print(`${messages} waiting messages: taken in after ${seconds(from)} s, ${ended.length} processes ended`);
  if (ended.length > 0) throw new Error(`ended over waiting messages: ${ended.join(', ')}`);
}

/** Messages that are committed and not yet sent; answers their ids. */
export function leaveWaiting(stack: FaultStack, messages: number): Promise<{ id: string }[]> {
  return stack.ask<{ id: string }>(WAITING, [messages]);
}

async function arrived(stack: FaultStack): Promise<number> {
  const [row] = await stack.ask<{ arrived: number }>(
    `SELECT count(*)::int AS arrived FROM events.inbox_message i
     JOIN partnership.outbox_message o ON o.id = i.message_id WHERE o.data LIKE '%"Waiting"%'`,
  );
  return row?.arrived ?? 0;
}

/** As a command's transaction would write them, of municipalities that are named so. */
const WAITING = `
  INSERT INTO partnership.outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, occurred_at)
  SELECT id, 'evt.partnership.municipality.recorded.v1', id::text, 1, json_build_object('municipalityId', id, 'name', 'Waiting',
    'kind', 'MUNICIPALITY', 'country', 'TZ', 'side', 'PARTNER', 'population', null)::text, id::text, clock_timestamp()
  FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)) AS made RETURNING id`;

function required(stack: FaultStack, part: Part): number {
  const pid = stack.pid(part);
  if (pid === undefined) throw new Error(`${part} does not run:\n${stack.lines.slice(-10).join('\n')}`);
  return pid;
}

function isAnother(stack: FaultStack, part: Part, before: number): boolean {
  const pid = stack.pid(part);
  return pid !== undefined && pid !== before;
}

function seconds(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(1);
}
