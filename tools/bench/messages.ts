import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { municipalityRecorded } from '#contracts/partnership';
import { serviceDatabaseUrl } from '../demo/environment';
import { cpuTimes, cpuUse, perItem } from './processes';

const BURST_ROWS = 5000;
const BATCH_ROWS = 500;
const PACED_SECONDS = 5;
const PACED_ROWS = 10;
const PACE_MS = 50;
const LIMIT_MS = 60_000;
const LAST_ROWS = 20;

/**
 * The way of a message from the outbox row of partnership to the effect in events, on the running platform: how many rows a second
 * a backlog of 5,000 drains at, and how long one row takes while 200 a second come in. The rows are municipalities named "Bench".
 * Given the reads that the yardstick did a second, the rate is told as a ratio too: only that compares machines.
 */
export async function benchMessages(readsPerSecond?: number): Promise<void> {
  const producer = await connect('partnership');
  const consumer = await connect('events');
  try {
    const before = cpuTimes();
    const burst = performance.now();
    const ids: string[] = [];
    for (let rows = 0; rows < BURST_ROWS; rows += BATCH_ROWS) ids.push(...(await write(producer, BATCH_ROWS)));
    await arrival(consumer, ids);
    const rate = BURST_ROWS / ((performance.now() - burst) / 1000);
    const ratio =
      readsPerSecond === undefined ? '' : `, ${(rate / readsPerSecond).toFixed(2)} x the reads of thin (W1)`;
    console.log(`messages  ${BURST_ROWS} rows at once: ${rate.toFixed(0)} rows/s from outbox to inbox effect${ratio}`);
    console.log(`messages  CPU ${perItem(cpuUse(before, cpuTimes()), BURST_ROWS)} a row`);
    const paced: string[] = [];
    const until = performance.now() + PACED_SECONDS * 1000;
    while (performance.now() < until) {
      paced.push(...(await write(producer, PACED_ROWS)));
      await delay(PACE_MS);
    }
    await arrival(consumer, paced);
    const lags = await lagsMs(producer, consumer, paced);
    const at = (share: number) => (lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? 0).toFixed(1);
    console.log(
      `messages  ${(paced.length / PACED_SECONDS).toFixed(0)} rows/s: lag p50 ${at(0.5)} ms   p99 ${at(0.99)} ms`,
    );
  } finally {
    await Promise.all([producer.end(), consumer.end()]);
  }
}

async function connect(service: 'partnership' | 'events'): Promise<Client> {
  const client = new Client({ connectionString: await serviceDatabaseUrl(service) });
  await client.connect();
  return client;
}

/** As a command's transaction would: rows, then the call that wakes the relay. */
async function write(producer: Client, rows: number): Promise<string[]> {
  const { rows: written } = await producer.query<{ id: string }>(WRITE, [municipalityRecorded.subject, rows]);
  await producer.query(`SELECT pg_notify('relay_partnership', '')`);
  return written.map(({ id }) => id);
}

/** Looks at the last ones first: asking for thousands again and again would cost more than what is measured. */
async function arrival(consumer: Client, ids: readonly string[]): Promise<void> {
  for (const wanted of [ids.slice(-LAST_ROWS), ids]) {
    const until = performance.now() + LIMIT_MS;
    for (;;) {
      const { rows } = await consumer.query<{ arrived: number }>(
        'SELECT count(*)::int AS arrived FROM events.inbox_message WHERE message_id = ANY ($1::uuid[])',
        [wanted],
      );
      const arrived = rows[0]?.arrived ?? 0;
      if (arrived === wanted.length) break;
      if (performance.now() > until) throw new Error(`only ${arrived} of ${wanted.length} messages arrived in time`);
      await delay(10);
    }
  }
}

/** From the writing of the row to the start of the transaction that took effect, sorted. */
async function lagsMs(producer: Client, consumer: Client, ids: readonly string[]): Promise<number[]> {
  const times = async (client: Client, sql: string) =>
    new Map((await client.query<{ id: string; at: number }>(sql, [ids])).rows.map(({ id, at }) => [id, at]));
  const written = await times(
    producer,
    `SELECT id, ${EPOCH_MS('occurred_at')} FROM partnership.outbox_message ${BY('id')}`,
  );
  const taken = await times(
    consumer,
    `SELECT message_id AS id, ${EPOCH_MS('received_at')} FROM events.inbox_message ${BY('message_id')}`,
  );
  return [...taken].map(([id, at]) => at - (written.get(id) ?? Number.NaN)).sort((a, b) => a - b);
}

const EPOCH_MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8 AS at`;
const BY = (column: string) => `WHERE ${column} = ANY ($1::uuid[])`;

const WRITE = `
INSERT INTO partnership.outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id, occurred_at)
SELECT id, $1, id::text, 1, json_build_object('municipalityId', id, 'name', 'Bench', 'kind', 'MUNICIPALITY', 'country', 'TZ',
  'side', 'PARTNER', 'population', null)::text, id::text, clock_timestamp()
FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $2::int)) AS made RETURNING id`;
