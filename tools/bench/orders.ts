import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Page, PayeeView, PayoutView } from '#contracts';
import { MessageSigner } from '#messaging';
import { insertCheckedPayouts } from '../../apps/finance/test/checked-payouts';
import type { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { serviceDatabaseUrl, signingKeyOf } from '../demo/environment';
import { createFund } from '../demo/fund';
import { coveredAssignment } from './covered-assignment';

const RELEASED = { amount: '30000000.00', currency: 'EUR' };
const PAYEES = 20;
const COVER_LIMIT_MS = 20_000;

/** Payouts of ONE fund, checked and waiting for their order: as many as the rounds take. */
export interface OrderSupply {
  /** The next payout that nobody has ordered yet; each is at version 1. */
  next(): string;
}

/** A fund, a commitment and payees through the API and the services, then `count` checked payouts of 10.00 EUR each. */
export async function supplyOrders(api: ApiClient, count: number): Promise<OrderSupply> {
  const now = new Date();
  const year = now.getUTCFullYear();
  const { id: fundId } = await createFund(
    api,
    `Bench ${randomUUID()}`,
    new Map([year, year + 1].map((it) => [it, RELEASED])),
  );
  const payeeIds: string[] = [];
  for (let number = 1; number <= PAYEES; number += 1) payeeIds.push(await payeeOf(api, number));
  const from = `${now.toISOString().slice(0, 7)}-01`;
  const modelId = await departedAssignment(api, fundId, { from, to: `${year + 1}${from.slice(4)}` });
  const finance = await connect('finance');
  const ids: string[] = [];
  try {
    const sql = (text: string, parameters: readonly unknown[]) => finance.query(text, [...parameters]);
    const payouts = await insertCheckedPayouts({ sql, modelId, payeeIds, count });
    ids.push(...payouts.map(({ payoutId }) => payoutId));
    await sql('ANALYZE payout', []);
  } finally {
    await finance.end();
  }
  return {
    next() {
      const id = ids.pop();
      if (id === undefined) throw new Error('the bench has no payouts left to order');
      return id;
    },
  };
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

/** Lets staffing tell of an assignment that is covered, confirmed and departed; answers its first payout. */
async function departedAssignment(
  api: ApiClient,
  fundId: string,
  period: { from: string; to: string },
): Promise<string> {
  const { assignmentId, messages } = coveredAssignment(fundId, { period, salaryMonth: '1000000.00' });
  const staffing = await connect('staffing');
  try {
    const signer = new MessageSigner('staffing', await signingKeyOf('staffing'));
    for (const message of messages) {
      const [id, time, data] = [randomUUID(), new Date(), JSON.stringify(message.data)];
      const { declaration, aggregateVersion: sequence } = message;
      const signature = signer.sign({ id, type: declaration.subject, subject: assignmentId, time, sequence, data });
      await staffing.query(TELL, [id, declaration.subject, assignmentId, sequence, data, time, signature]);
    }
    await staffing.query(`SELECT pg_notify('outbox_staffing', '')`);
  } finally {
    await staffing.end();
  }
  const until = performance.now() + COVER_LIMIT_MS;
  while (performance.now() < until) {
    const path = `/payouts?assignmentId=${assignmentId}`;
    const { items } = await api.get<Page<PayoutView>>(user('finance-officer'), path);
    if (items[0]) return items[0].id;
    await delay(200);
  }
  throw new Error('finance did not cover the assignment of the bench in time');
}

async function connect(service: 'finance' | 'staffing'): Promise<Client> {
  const connectionString = await serviceDatabaseUrl(service);
  const client = new Client({ connectionString, options: `-c search_path=${service},extensions` });
  await client.connect();
  return client;
}

const TELL = `
INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, occurred_at, signature, correlation_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $3)`;
