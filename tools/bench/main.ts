import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../demo/api-client';
import { requestDemoToken } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';
import { type Extent, loadProgram, loadRound, type Round } from './load';
import { benchMessages } from './messages';
import { cpuTimes, type CpuUse, cpuUse, nodeMemoryMiB, perItem, sumOf } from './processes';
import { makeThinDatabase } from './thin-database';
import { prepareWorkloads, WARM_UP_AMOUNT, type Workload, WORKLOADS } from './workloads';

const THIN_PORT = 3099;

/**
 * `npm run bench`: the running platform beside the `thin` server on the same Postgres, rounds interleaved; only ratios count. Then the
 * way of a message. `-- --only W2,W2K` measures those of W1, W2, W2K, search, W3, W4 and messages.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      messages: { type: 'boolean', default: false },
      only: { type: 'string', default: [...WORKLOADS, 'messages'].join(',') },
    },
  });
  const only = values.messages ? ['messages'] : values.only.split(',');
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  let readsPerSecond: number | undefined;
  if (only.some((name) => WORKLOADS.includes(name))) readsPerSecond = await benchRequests({ only, rounds, seconds });
  if (only.includes('messages')) await benchMessages(readsPerSecond);
}

interface Wanted {
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
}

/** Answers how many reads (W1) a second the yardstick did, where they were measured: what this machine can do now. */
async function benchRequests(wanted: Wanted): Promise<number | undefined> {
  const database = await makeThinDatabase();
  const thin = fork(join(__dirname, 'thin.js'), [String(THIN_PORT)], {
    env: { ...process.env, DATABASE_URL: database.url },
  });
  try {
    await once(thin, 'message');
    const api = new ApiClient(gatewayUrl(), requestDemoToken);
    const thinSide = {
      url: `http://127.0.0.1:${THIN_PORT}`,
      payoutIds: database.payoutIds,
      eventIds: database.eventIds,
    };
    const { workloads, remove } = await prepareWorkloads(api, thinSide, wanted);
    try {
      return await measureAll(workloads, wanted.rounds);
    } finally {
      await remove();
    }
  } finally {
    thin.disconnect();
    await database.drop();
  }
}

async function measureAll(workloads: readonly Workload[], rounds: number): Promise<number | undefined> {
  const program = await loadProgram();
  console.log(`${rounds} interleaved rounds by ${program}; memory of all Node processes ${nodeMemoryMiB()} MiB`);
  const measured = new Map<string, number>();
  for (const workload of workloads) measured.set(workload.name, await measure(workload, rounds));
  console.log(`memory of all Node processes after the load ${nodeMemoryMiB()} MiB`);
  return measured.get('W1');
}

/** Answers the yardstick's requests per second. */
async function measure({ name, thin, fund, extent }: Workload, rounds: number): Promise<number> {
  const [yardstick, measured]: [Measured[], Measured[]] = [[], []];
  const sides = [...(thin ? [{ target: thin, rounds: yardstick }] : []), { target: fund, rounds: measured }];
  const warmUp: Extent =
    'amount' in extent ? { ...extent, amount: WARM_UP_AMOUNT } : { connections: extent.connections, seconds: 2 };
  for (const { target } of sides) await loadRound(target(warmUp), warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const side of sides) {
      const before = cpuTimes();
      const result = await loadRound(side.target(extent), extent);
      side.rounds.push({ ...result, cpu: cpuUse(before, cpuTimes()) });
    }
  }
  if (thin) print(`${name} thin`, yardstick);
  print(`${name} fund`, measured);
  if (thin) printRatios(name, yardstick, measured);
  return median(yardstick.map((it) => it.requestsPerSecond));
}

function printRatios(name: string, yardstick: readonly Measured[], measured: readonly Measured[]): void {
  const ratios = measured.map(
    (it, index) => it.requestsPerSecond / (yardstick[index]?.requestsPerSecond ?? Number.NaN),
  );
  const each = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  const cpu = (cpuOf(yardstick, (part) => YARDSTICK.has(part)) / cpuOf(measured, (part) => part !== 'thin')).toFixed(2);
  console.log(`${name} ratio   ${median(ratios).toFixed(2)} x thin  (rounds ${each}); by CPU a request ${cpu}`);
}

/** Whose CPU a request of the yardstick takes; the platform beside it does a little at any time. */
const YARDSTICK: ReadonlySet<string> = new Set(['thin', 'postgres']);

/** CPU milliseconds a request: says more than requests a second on a machine that others use. */
function cpuOf(rounds: readonly Measured[], counts: (part: string) => boolean): number {
  const parts = [...sumOf(rounds.map(({ cpu }) => cpu))].filter(([part]) => counts(part));
  return parts.reduce((sum, [, ms]) => sum + ms, 0) / requestsOf(rounds);
}

function requestsOf(rounds: readonly Measured[]): number {
  return rounds.reduce((sum, { requests }) => sum + requests, 0);
}

type Measured = Round & { readonly cpu: CpuUse };

function print(name: string, rounds: readonly Measured[]): void {
  const perSecond = median(rounds.map((round) => round.requestsPerSecond));
  const p50 = median(rounds.map((round) => round.p50Ms));
  const p99 = median(rounds.map((round) => round.p99Ms));
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
  console.log(
    `${name.padEnd(12)}${perSecond.toFixed(0).padStart(8)} req/s   p50 ${p50} ms   p99 ${p99} ms   failures ${failures}`,
  );
  const cpu = perItem(sumOf(rounds.map((round) => round.cpu)), requestsOf(rounds));
  if (cpu) console.log(`${name.padEnd(12)}CPU a request: ${cpu}`);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
