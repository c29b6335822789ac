import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'pg';
import type { Role, ServiceName } from '#contracts';
import { PostgresClient } from '#database';
import { supplyOrders } from '../bench/orders';
import { ApiClient } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { requestDemoToken } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';
import { ensurePartnership } from '../demo/partnerships';
import { type Ask as Question, violations } from '../e2e/oracle';
import { runningStack } from '../stack/running-stack';
import { loadSecrets } from '../stack/secrets';
import { loadStackSettings } from '../stack/settings';
import { tokensFor } from './callers';
import { type Answered, type Client, NO_ANSWER, runClients } from './clients';

const ROLES: readonly Role[] = ['adviser', 'programme-officer', 'finance-officer', 'payment-orderer'];
const ORDERS = 4000;
const SETTLED_MS = 60_000;

/**
 * `npm run load`: more clients at once than the running platform can serve, each another person, reading, creating and ordering
 * payouts. Prints what was answered and how fast, and fails when a process ended, when a refusal does not say when to come again, when
 * something else than an answer or such a refusal came, or when the ledger or an inbox does not add up afterwards.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '500' },
      seconds: { type: 'string', default: '60' },
      impatient: { type: 'boolean', default: false },
    },
  });
  const [count, seconds] = [Number(values.clients), Number(values.seconds)];
  const stack = runningStack();
  if (!stack) throw new Error('the platform does not run from this folder; start it with "npm start"');
  const clients = await clientsFor(count);
  const oracle = await connectOracle(stack.databaseUrl);
  try {
    // What benches and demos have left before is not this load's.
    const before = new Set(await violations(oracle.ask));
    const processes = childrenOf(stack.pid);
    const answers = await runClients(`${gatewayUrl()}/v1`, clients, { seconds, isPatient: !values.impatient });
    const faults = report(answers, seconds);
    const ended = [...processes].filter((pid) => !childrenOf(stack.pid).has(pid)).length;
    console.log(`processes ended: ${ended}`);
    const left = await settled(oracle.ask, before);
    console.log(left.length === 0 ? 'ledger and inboxes add up' : left.join('\n'));
    if (faults > 0 || ended > 0 || left.length > 0) process.exitCode = 1;
  } finally {
    await oracle.close();
  }
}

async function clientsFor(count: number): Promise<Client[]> {
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  const [demo] = DEMO_CASES;
  if (!demo) throw new Error('the demo has no cases');
  const { id } = await ensurePartnership(api, demo);
  const orders = await supplyOrders(api, ORDERS);
  const municipality = () => ({
    side: 'PARTNER',
    names: { official: `Load ${Math.random().toString(36).slice(2)}` },
    country: 'TZ',
    kind: 'MUNICIPALITY',
    identifiers: [],
  });
  const asks: Partial<Record<Role, Client['next'][]>> = {
    adviser: [() => ({ path: `/partnerships/${id}` }), () => ({ path: '/municipalities', body: municipality() })],
    'programme-officer': [() => ({ path: '/expert-requests' }), () => ({ path: '/events' })],
    'finance-officer': [() => ({ path: '/payouts' }), () => ({ path: '/funds' })],
    'payment-orderer': [
      () => {
        const payoutId = orders.pop();
        if (payoutId === undefined) return { path: '/payouts?status=ORDERED' };
        return { path: `/payouts/${payoutId}/orders`, ifMatch: 1, body: {} };
      },
      () => ({ path: '/funds' }),
    ],
  };
  const tokens = await tokensFor(ROLES, count);
  return tokens.map((token, index) => {
    const own = asks[ROLES[index % ROLES.length] ?? 'adviser'] ?? [];
    let turn = index;
    return { token, next: () => own[(turn += 1) % own.length]?.() ?? { path: '/funds' } };
  });
}

/** Answers how many answers were none that a client can work with. */
function report(answers: readonly Answered[], seconds: number): number {
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  for (const [status, list] of [...byStatus].sort(([a], [b]) => a - b)) {
    const ms = list.map((answer) => answer.ms).sort((a, b) => a - b);
    const at = (share: number) => Math.round(ms[Math.floor((ms.length - 1) * share)] ?? 0);
    const name = status === NO_ANSWER ? 'no answer' : String(status);
    console.log(
      `${name.padEnd(9)} ${String(list.length).padStart(7)}  ${(list.length / seconds).toFixed(0).padStart(5)}/s   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   longest ${at(1)} ms`,
    );
  }
  const accepted = answers.filter(({ status }) => status >= 200 && status < 300);
  const refused = answers.filter(({ status }) => status === 429 || status === 503);
  const silent = refused.filter(({ retryAfterSeconds }) => retryAfterSeconds === undefined).length;
  const faults = answers.length - accepted.length - refused.length + silent;
  console.log(
    `goodput ${(accepted.length / seconds).toFixed(0)}/s, refused in time ${refused.length} (${silent} without Retry-After), other outcomes ${faults - silent} of ${answers.length}`,
  );
  return faults;
}

/** The processes that the supervisor has started and that run now. */
function childrenOf(supervisor: number): Set<number> {
  const isChild = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[1] === String(supervisor);
    } catch {
      return false; // it ended between listing and reading
    }
  };
  return new Set(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isChild(name))
      .map(Number),
  );
}

/** What the oracle finds beyond what was there before, once the last messages have arrived. */
async function settled(ask: Question, before: ReadonlySet<string>): Promise<string[]> {
  const until = performance.now() + SETTLED_MS;
  for (;;) {
    const left = (await violations(ask)).filter((violation) => !before.has(violation));
    if (left.length === 0 || performance.now() > until) return left;
    await delay(1000);
  }
}

async function connectOracle(databaseUrl: string): Promise<{ ask: Question; close: () => Promise<void> }> {
  const url = new URL(databaseUrl);
  url.username = 'postgres';
  url.password = (await loadSecrets(loadStackSettings().dataFolder)).postgresAdmin;
  const pools = new Map<ServiceName, Pool>();
  const poolOf = (service: ServiceName): Pool => {
    const pool =
      pools.get(service) ??
      new Pool({
        connectionString: url.toString(),
        options: `-c search_path=${service},extensions`,
        max: 2,
        Client: PostgresClient,
      });
    pools.set(service, pool);
    return pool;
  };
  return {
    ask: async (service, sql, parameters = []) =>
      (await poolOf(service).query<Record<string, unknown>>(sql, [...parameters])).rows,
    close: async () => {
      for (const pool of pools.values()) await pool.end();
    },
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
