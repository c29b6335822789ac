import type { FundView } from '#contracts/finance';
import { today } from '../demo/calendar';
import { user } from '../demo/demo-token';
import { startTestPlatform, type TestPlatform } from './platform';

let platform: TestPlatform;
let fund: FundView;
const budget = user('budget-officer');
const finance = user('finance-officer');

beforeAll(async () => {
  platform = await startTestPlatform();
  fund = await platform.api.post<FundView>(budget, '/funds', {
    name: 'Fonds',
    debtorAccount: { holder: 'Fonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
  });
}, 120_000);
afterAll(() => platform.close());

async function read(path: string, by = budget, tag?: string | null) {
  const headers = { authorization: `Bearer ${await platform.token(by)}`, ...(tag && { 'if-none-match': tag }) };
  const response = await fetch(`${platform.url}/v1/funds/${fund.id}${path}`, { headers });
  return { status: response.status, tag: response.headers.get('etag'), body: await response.text() };
}

describe('a read that is asked for only if it changed', () => {
  it.each(['', '/actions'])('is not sent again while it says the same (%s)', async (path) => {
    const first = await read(path);
    expect(first).toMatchObject({ status: 200, tag: expect.stringMatching(/^"1-[\w-]{16}"$/) as string });
    expect(await read(path, budget, first.tag)).toEqual({ status: 304, tag: first.tag, body: '' });
    expect((await read(path, budget, `"x", W/${first.tag ?? ''}`)).status).toBe(304);
  });

  it('is sent where it says something else of the same version', async () => {
    const mine = await read('/actions');
    const theirs = await read('/actions', finance, mine.tag);
    expect(theirs.status).toBe(200);
    expect(JSON.parse(theirs.body)).toMatchObject({ version: fund.version });
    expect(theirs.body).not.toBe(mine.body);
    // Nor is the version alone enough to be told that nothing changed.
    expect((await read('/actions', budget, `"${fund.version}"`)).status).toBe(200);
  });

  it('gives the tag that the change asks for', async () => {
    const { tag } = await read('');
    const change = async (ifMatch: string) => {
      const headers = {
        authorization: `Bearer ${await platform.token(budget)}`,
        'content-type': 'application/json',
        'idempotency-key': ifMatch,
        'if-match': ifMatch,
      };
      const body = JSON.stringify({ year: Number(today().slice(0, 4)), plan: { amount: '1000.00', currency: 'EUR' } });
      const response = await fetch(`${platform.url}/v1/funds/${fund.id}/budget-years`, {
        method: 'POST',
        headers,
        body,
      });
      return response.status;
    };
    expect(await change(`"2-${'x'.repeat(16)}"`)).toBe(412);
    expect(await change(tag ?? '')).toBe(201);
  });
});
