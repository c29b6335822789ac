import type { Page } from '#contracts';
import type { ApiClient } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';
import { ensurePartnership } from '../demo/partnerships';
import { BENCH_ID_PREFIX, LISTED } from './listed';
import { addListedPartnerships } from './listed-rows';
import { CONNECTIONS, type Extent, type Target, UNIQUE } from './load';
import { supplyOrders } from './orders';
import { openEvents } from './registrations';
import type { ThinDatabase } from './thin-database';

/** Reads by id, a filtered and sorted page, the same far down by cursor, the register's search, registrations for one event, orders on one fund. */
export const WORKLOADS: readonly string[] = ['W1', 'W2', 'W2K', 'search', 'W3', 'W4'];

export interface Workload {
  readonly name: string;
  /** What a round of that extent asks of the yardstick, where it has an answer of the same meaning. */
  readonly thin?: (extent: Extent) => Target;
  readonly fund: (extent: Extent) => Target;
  readonly extent: Extent;
}

/** Payouts that one round of W4 orders, and connections that ask for it. */
const ORDERS_A_ROUND = 4000;
const ORDER_CONNECTIONS = [CONNECTIONS, 128];
export const WARM_UP_AMOUNT = 500;

const LIST = '/partnerships?status=ACTIVE&sort=-updatedAt';
const PAGE = '&limit=50';
/** How far down the deep page lies: pages of 200. */
const DEEP_PAGES = 100;
const SEARCH = `/municipality-register?q=${encodeURIComponent('Tübigen')}&limit=10`;
/** People who register in one round of W3, and in the one before it that warms up; each round has an event of its own. */
const REGISTRATIONS_A_ROUND = 4000;
const PERSON = {
  kind: 'PERSON',
  group: 'EXPERTS',
  attendanceMode: 'ON_SITE',
  participants: [{ name: 'Bench Participant', email: `${UNIQUE}@example.org` }],
};

interface ThinSide extends Pick<ThinDatabase, 'payoutIds' | 'eventIds'> {
  readonly url: string;
}

interface Wanted {
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
}

/** Makes what the workloads ask for; `remove` takes away what no service could. */
export async function prepareWorkloads(
  api: ApiClient,
  thin: ThinSide,
  { only, rounds, seconds }: Wanted,
): Promise<{ workloads: Workload[]; remove: () => Promise<void> }> {
  const [demo] = DEMO_CASES;
  if (!demo) throw new Error('the demo has no cases');
  const { participants } = await ensurePartnership(api, demo);
  const german = participants.find(({ side }) => side === 'DE');
  if (!german) throw new Error("the demo's partnership has no German side");
  const { remove } = await addListedPartnerships(german.municipalityId);
  try {
    const headers = { authorization: `Bearer ${await requestDemoToken(user('adviser'))}` };
    const [fundUrl, thinUrl] = [`${gatewayUrl()}/v1`, thin.url];
    const pair = (paths: { fund: string; thin?: string }, more: Pick<Target, 'method' | 'rows'>) => ({
      fund: { url: fundUrl + paths.fund, headers, ...more },
      ...(paths.thin !== undefined && { thin: { url: thinUrl + paths.thin, headers, ...more } }),
    });
    const read = (paths: { fund: string; thin?: string }) => pair(paths, { method: 'GET' });
    const deep = async (url: string) => `${LIST}${PAGE}&cursor=${await cursorFarDown(url + LIST, headers)}`;
    const rows = { prefix: BENCH_ID_PREFIX, count: LISTED.partnerships };
    const one = `/partnerships/${UNIQUE}`;
    const all: Record<string, () => Promise<Sides> | Sides> = {
      W1: () => pair({ fund: one, thin: one }, { method: 'GET', rows }),
      W2: () => read({ fund: LIST + PAGE, thin: LIST + PAGE }),
      W2K: async () => read({ fund: await deep(fundUrl), thin: await deep(thinUrl) }),
      search: () => read({ fund: SEARCH }),
    };
    const workloads: Workload[] = [];
    for (const [name, sides] of Object.entries(all)) {
      if (!only.includes(name)) continue;
      const { fund, thin } = await sides();
      const extent = { connections: CONNECTIONS, seconds };
      workloads.push({ name, extent, fund: () => fund, ...(thin && { thin: () => thin }) });
    }
    if (only.includes('W3')) workloads.push(await registrationWorkload(api, thin, rounds));
    if (only.includes('W4')) workloads.push(...(await orderWorkloads(api, thin, rounds)));
    return { workloads, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Sides {
  readonly fund: Target;
  readonly thin?: Target;
}

/** Follows `next` from the beginning of the list. */
async function cursorFarDown(url: string, headers: Target['headers']): Promise<string> {
  let cursor = '';
  for (let page = 0; page < DEEP_PAGES; page += 1) {
    const answer = await fetch(`${url}&limit=200${cursor && `&cursor=${cursor}`}`, { headers });
    const { page: at } = (await answer.json()) as Page<unknown>;
    if (at.next === null) throw new Error('the list is shorter than the bench asks');
    cursor = at.next;
  }
  return cursor;
}

/** Registrations for one event, every one of another person. */
async function registrationWorkload(api: ApiClient, thin: ThinSide, rounds: number): Promise<Workload> {
  const headers = { authorization: `Bearer ${await requestDemoToken(user('adviser'))}` };
  const supplied = (base: string, eventIds: readonly string[]) => {
    const left = [...eventIds];
    return (): Target => {
      const eventId = left.pop();
      if (eventId === undefined) throw new Error('the bench has no events left to register for');
      return { url: `${base}/events/${eventId}/registrations`, method: 'POST', headers, body: JSON.stringify(PERSON) };
    };
  };
  return {
    name: 'W3',
    thin: supplied(thin.url, thin.eventIds),
    fund: supplied(`${gatewayUrl()}/v1`, await openEvents(api, rounds + 1)),
    extent: { connections: CONNECTIONS, amount: REGISTRATIONS_A_ROUND },
  };
}

/** Orders on one contended fund, every one another payout. */
async function orderWorkloads(api: ApiClient, thin: ThinSide, rounds: number): Promise<Workload[]> {
  const rows = ORDER_CONNECTIONS.length * (rounds * ORDERS_A_ROUND + WARM_UP_AMOUNT);
  const headers = { authorization: `Bearer ${await requestDemoToken(user('payment-orderer'))}`, 'if-match': '"1"' };
  const supplied = (base: string, payoutIds: readonly string[]) => {
    const left = [...payoutIds];
    return (extent: Extent): Target => {
      const names = left.splice(0, 'amount' in extent ? extent.amount : 0);
      if (names.length === 0) throw new Error('the bench has no payouts left to order');
      return { url: `${base}/payouts/${UNIQUE}/orders`, method: 'POST', headers, names };
    };
  };
  const fund = supplied(`${gatewayUrl()}/v1`, await supplyOrders(api, rows));
  const bare = supplied(thin.url, thin.payoutIds);
  return ORDER_CONNECTIONS.map((connections) => ({
    name: `W4/${connections}`,
    thin: bare,
    fund,
    extent: { connections, amount: ORDERS_A_ROUND },
  }));
}
