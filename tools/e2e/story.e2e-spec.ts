import type { FundView, PayoutView } from '#contracts/finance';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
}, 240_000);
afterAll(() => stack.stop());

it('gives a new platform payments in every state that a person can do something about', async () => {
  const api = new ApiClient(stack.url, async (as) => (await requestDemoToken({ issuer: stack.issuer, ...as })).token);
  const officer = user('finance-officer');
  await eventually(async () => {
    const payouts = await api.all<PayoutView>(officer, '/payouts');
    const states = ['PLANNED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED', 'ORDERED', 'BOOKED', 'RETURNED'];
    expect(new Set(payouts.map(({ status }) => status))).toEqual(new Set(states));
  }, 90_000);
  expect(await api.all(officer, '/bank-entries?status=UNMATCHED')).toHaveLength(1);
  expect(await api.all<FundView>(officer, '/funds')).toHaveLength(1);
  for (const status of ['DRAFT', 'ASSESSMENT', 'SELECTED'])
    expect(await api.all(user('adviser'), `/expert-requests?status=${status}`)).not.toHaveLength(0);
  expect(await api.all(user('adviser'), '/reports?status=COMMENTED')).not.toHaveLength(0);
  expect(await api.all(user('adviser'), '/events?status=PUBLISHED')).toHaveLength(1);
}, 120_000);
