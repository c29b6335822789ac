import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Page } from '#contracts';
import type { CostInputs, PayeeView, PayoutView } from '#contracts/finance';
import { insertCheckedPayouts } from '../../apps/finance/test/checked-payouts';
import type { ApiClient } from '../demo/api-client';
import { confirmAndDepart, planAssignment } from '../demo/assignment';
import { monthStart } from '../demo/calendar';
import { DEMO_CASES, type DemoCase } from '../demo/cases';
import { user } from '../demo/demo-token';
import { serviceDatabaseUrl } from '../demo/environment';
import { recruitExpert, selectRequest } from '../demo/expert-request';
import { createFund } from '../demo/fund';
import { ensurePartnership } from '../demo/partnerships';

const RELEASED = { amount: '30000000.00', currency: 'EUR' };
const PAYEES = 20;
const PAYOUT_LIMIT_MS = 20_000;
/** So large that the commitment covers every payout of the bench. */
const COSTS: CostInputs = {
  instrument: 'LOCAL_EXPERT',
  salaryMonth: { amount: '1000000.00', currency: 'EUR' },
  employerContributionPercent: '0',
};

/**
 * Payouts of ONE fund, checked and waiting for their order, each at version 1: a fund, a commitment and payees through the API and the
 * services, then `count` payouts of 10.00 EUR each.
 */
export async function supplyOrders(api: ApiClient, count: number): Promise<string[]> {
  const year = new Date().getUTCFullYear();
  const { id: fundId } = await createFund(
    api,
    `Bench ${randomUUID()}`,
    new Map([year, year + 1].map((it) => [it, RELEASED])),
  );
  const payeeIds: string[] = [];
  for (let number = 1; number <= PAYEES; number += 1) payeeIds.push(await payeeOf(api, number));
  const modelId = await departedAssignment(api, fundId);
  const finance = await connectFinance();
  try {
    const sql = (text: string, parameters: readonly unknown[]) => finance.query(text, [...parameters]);
    const payouts = await insertCheckedPayouts({ sql, modelId, payeeIds, count });
    await sql('ANALYZE payout', []);
    return payouts.map(({ payoutId }) => payoutId);
  } finally {
    await finance.end();
  }
}

async function payeeOf(api: ApiClient, number: number): Promise<string> {
  const name = `Bench Payee ${number}`;
  const payee = await api.post<PayeeView>(user('finance-officer'), '/payees', {
    kind: 'SUPPLIER',
    name,
    address: { street: 'Neckargasse', buildingNumber: '1', postCode: '72070', town: 'Tübingen', country: 'DE' },
    bankAccount: { iban: 'DE75512108001245126199', bic: 'SOGEDEFF', holder: name },
  });
  return payee.id;
}

/** A local expert through every step of the demo up to the departure; answers the first payout of the assignment. */
async function departedAssignment(api: ApiClient, fundId: string): Promise<string> {
  const local = DEMO_CASES.find(({ costInputs }) => costInputs.instrument === 'LOCAL_EXPERT');
  if (!local) throw new Error('the demo has no local expert');
  const demo: DemoCase = { ...local, costInputs: COSTS, period: { from: monthStart(0), to: monthStart(12) } };
  await ensurePartnership(api, demo);
  const request = await selectRequest(api, demo);
  const planned = await planAssignment(api, demo, { request, expert: await recruitExpert(api, demo), fundId });
  const { id } = await confirmAndDepart(api, demo, planned);
  const until = performance.now() + PAYOUT_LIMIT_MS;
  while (performance.now() < until) {
    const { items } = await api.get<Page<PayoutView>>(user('finance-officer'), `/payouts?assignmentId=${id}`);
    if (items[0]) return items[0].id;
    await delay(200);
  }
  throw new Error('finance did not plan the payouts of the assignment in time');
}

async function connectFinance(): Promise<Client> {
  const connectionString = await serviceDatabaseUrl('finance');
  const client = new Client({ connectionString, options: '-c search_path=finance,extensions' });
  await client.connect();
  return client;
}
