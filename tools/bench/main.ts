import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl, serviceDatabaseUrl } from '../demo/environment';
import { ensurePartnership } from '../demo/partnerships';
import { benchMessages } from './messages';
import { CONNECTIONS, type Extent, loadRound, type Round, type Target } from './load';
import { type OrderSupply, supplyOrders } from './orders';
import { cpuByPart, nodeMemoryMiB, perItem } from './processes';

interface Workload {
  readonly name: string;
  readonly thin: Target;
  readonly fund: Target;
  readonly extent: Extent;
}

const THIN_PORT = 3099;
/** Payouts that one round of W4 orders, and connections that ask for it. */
const ORDERS_A_ROUND = 4000;
const ORDER_CONNECTIONS = [CONNECTIONS, 128];
const WARM_UP_ORDERS = 500;

/**
 * `npm run bench`: the running platform beside the `thin` server on the same database, rounds interleaved; only ratios count. Then the
 * way of a message. `-- --only W4` measures one of W1, W3, W4 and messages.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
      messages: { type: 'boolean', default: false },
      only: { type: 'string', default: 'W1,W3,W4,messages' },
    },
  });
  const only = values.messages ? ['messages'] : values.only.split(',');
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  let readsPerSecond: number | undefined;
  if (only.some((name) => name.startsWith('W'))) readsPerSecond = await benchRequests({ only, rounds, seconds });
  if (only.includes('messages')) await benchMessages(readsPerSecond);
}

/** Answers how many reads (W1) a second the yardstick did, where they were measured: what this machine can do now. */
async function benchRequests(wanted: {
  only: readonly string[];
  rounds: number;
  seconds: number;
}): Promise<number | undefined> {
  const { only, rounds, seconds } = wanted;
  const thin = fork(join(__dirname, 'thin.js'), [String(THIN_PORT)], {
    env: {
      ...process.env,
      DATABASE_URL: await serviceDatabaseUrl('partnership'),
      FINANCE_DATABASE_URL: await serviceDatabaseUrl('finance'),
    },
  });
  await once(thin, 'message');
  try {
    const workloads = (await prepare(rounds, seconds, only)).filter(({ name }) => only.includes(name.slice(0, 2)));
    console.log(`${rounds} interleaved rounds; memory of all Node processes ${nodeMemoryMiB()} MiB`);
    const thin = new Map<string, number>();
    for (const workload of workloads) thin.set(workload.name, await measure(workload, rounds));
    console.log(`memory of all Node processes after the load ${nodeMemoryMiB()} MiB`);
    return thin.get('W1');
  } finally {
    thin.disconnect();
  }
}

async function prepare(rounds: number, seconds: number, only: readonly string[]): Promise<Workload[]> {
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
  const extent = { connections: CONNECTIONS, seconds };
  const fundUrl = `${gatewayUrl()}/v1`;
  return [
    {
      name: 'W1',
      thin: at(thinUrl, `/partnerships/${id}`, { method: 'GET' }),
      fund: at(fundUrl, `/partnerships/${id}`, { method: 'GET' }),
      extent,
    },
    {
      name: 'W3',
      thin: at(thinUrl, '/municipalities', { method: 'POST', body }),
      fund: at(fundUrl, '/municipalities', { method: 'POST', body }),
      extent,
    },
    ...(only.includes('W4') ? await orderWorkloads(api, { thinUrl, fundUrl, rounds }) : []),
  ];
}

/** Orders on one contended fund, every one another payout. */
async function orderWorkloads(
  api: ApiClient,
  { thinUrl, fundUrl, rounds }: { thinUrl: string; fundUrl: string; rounds: number },
): Promise<Workload[]> {
  const rows = ORDER_CONNECTIONS.length * 2 * (rounds * (ORDERS_A_ROUND + 2 * 128) + WARM_UP_ORDERS + 2 * 128);
  const supply: OrderSupply = await supplyOrders(api, rows);
  const token = await requestDemoToken(user('payment-orderer'));
  const target = (url: string): Target => ({
    url: `${url}/payouts`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'if-match': '"1"' },
    path: () => `/${supply.next()}/orders`,
  });
  return ORDER_CONNECTIONS.map((connections) => ({
    name: `W4/${connections}`,
    thin: target(thinUrl),
    fund: target(fundUrl),
    extent: { connections, amount: ORDERS_A_ROUND },
  }));
}

/** Answers the yardstick's requests per second. */
async function measure(workload: Workload, rounds: number): Promise<number> {
  const thin: Round[] = [];
  const fund: Round[] = [];
  const { extent } = workload;
  const warmUp: Extent =
    'amount' in extent ? { ...extent, amount: WARM_UP_ORDERS } : { connections: extent.connections, seconds: 2 };
  let cpu = '';
  await loadRound(workload.thin, warmUp);
  await loadRound(workload.fund, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    thin.push(await loadRound(workload.thin, extent));
    const before = cpuByPart();
    const result = await loadRound(workload.fund, extent);
    const requests = 'amount' in extent ? extent.amount : result.requestsPerSecond * extent.seconds;
    cpu = perItem(before, cpuByPart(), requests);
    fund.push(result);
  }
  const ratios = fund.map((round, index) => round.requestsPerSecond / (thin[index]?.requestsPerSecond ?? Number.NaN));
  print(`${workload.name} thin`, thin);
  print(`${workload.name} fund`, fund);
  console.log(
    `${workload.name} ratio   ${median(ratios).toFixed(2)} x thin  (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
  );
  if (cpu) console.log(`${workload.name} CPU     ${cpu} a request`);
  return median(thin.map((round) => round.requestsPerSecond));
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
