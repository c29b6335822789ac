import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl, partnershipDatabaseUrl } from '../demo/environment';
import { ensurePartnership } from '../demo/partnerships';
import { benchMessages } from './messages';
import { CONNECTIONS, loadRound, type Round, type Target } from './load';
import { cpuByPart, nodeMemoryMiB, perItem } from './processes';

interface Workload {
  readonly name: string;
  readonly thin: Target;
  readonly fund: Target;
}

const THIN_PORT = 3099;

/** `npm run bench -- --messages`: the way of a message. `npm run bench`: the running platform beside the `thin` server on the same database, rounds interleaved; only ratios count. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      messages: { type: 'boolean', default: false },
    },
  });
  if (values.messages) {
    await benchMessages();
    return;
  }
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  const thin = fork(join(__dirname, 'thin.js'), [String(THIN_PORT)], {
    env: { ...process.env, DATABASE_URL: await partnershipDatabaseUrl() },
  });
  await once(thin, 'message');
  try {
    const workloads = await prepare();
    console.log(
      `${rounds} interleaved rounds of ${seconds} s, ${CONNECTIONS} connections; memory of all Node processes ${nodeMemoryMiB()} MiB`,
    );
    for (const workload of workloads) await measure(workload, rounds, seconds);
    console.log(`memory of all Node processes after the load ${nodeMemoryMiB()} MiB`);
  } finally {
    thin.disconnect();
  }
}

async function prepare(): Promise<Workload[]> {
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  const [demo] = DEMO_CASES;
  if (!demo) throw new Error('the demo has no cases');
  const { id } = await ensurePartnership(api, demo);
  const headers = { authorization: `Bearer ${await requestDemoToken(user('adviser'))}` };
  const body = () => ({
    side: 'PARTNER',
    names: { official: `Bench ${Math.random().toString(36).slice(2)}` },
    country: 'TZ',
    kind: 'MUNICIPALITY',
    identifiers: [],
  });
  const at = (base: string, path: string, more: Omit<Target, 'url' | 'headers'>): Target => ({
    url: `${base}${path}`,
    headers,
    ...more,
  });
  const thinUrl = `http://127.0.0.1:${THIN_PORT}`;
  const fundUrl = `${gatewayUrl()}/v1`;
  return [
    {
      name: 'W1',
      thin: at(thinUrl, `/partnerships/${id}`, { method: 'GET' }),
      fund: at(fundUrl, `/partnerships/${id}`, { method: 'GET' }),
    },
    {
      name: 'W3',
      thin: at(thinUrl, '/municipalities', { method: 'POST', body }),
      fund: at(fundUrl, '/municipalities', { method: 'POST', body }),
    },
  ];
}

async function measure(workload: Workload, rounds: number, seconds: number): Promise<void> {
  const thin: Round[] = [];
  const fund: Round[] = [];
  let cpu = '';
  await loadRound(workload.thin, 2);
  await loadRound(workload.fund, 2);
  for (let round = 0; round < rounds; round += 1) {
    thin.push(await loadRound(workload.thin, seconds));
    const before = cpuByPart();
    const result = await loadRound(workload.fund, seconds);
    cpu = perItem(before, cpuByPart(), result.requestsPerSecond * seconds);
    fund.push(result);
  }
  const ratios = fund.map((round, index) => round.requestsPerSecond / (thin[index]?.requestsPerSecond ?? Number.NaN));
  print(`${workload.name} thin`, thin);
  print(`${workload.name} fund`, fund);
  console.log(
    `${workload.name} ratio   ${median(ratios).toFixed(2)} x thin  (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
  );
  if (cpu) console.log(`${workload.name} CPU     ${cpu} a request`);
}

function print(name: string, rounds: readonly Round[]): void {
  const perSecond = median(rounds.map((round) => round.requestsPerSecond));
  const p50 = median(rounds.map((round) => round.p50Ms));
  const p99 = median(rounds.map((round) => round.p99Ms));
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
  console.log(
    `${name.padEnd(9)}${perSecond.toFixed(0).padStart(8)} req/s   p50 ${p50} ms   p99 ${p99} ms   failures ${failures}`,
  );
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
