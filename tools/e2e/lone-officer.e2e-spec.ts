import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { PayeeView, ScreeningView } from '#contracts/finance';
import { startTestFleet, type TestCaller, type TestFleet } from '#testing';
import { financeDataSource } from '../../apps/finance/src/data-source';
import { FinanceModule } from '../../apps/finance/src/finance.module';
import { createGateway } from '../../apps/gateway/src/start-gateway';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { demoList, importList } from '../demo/sanctions';

/** A small fund: one person has two roles, as the deputy of a colleague. */
const PEOPLE: Readonly<Record<string, TestCaller>> = {
  lone: { subject: 'lone', roles: ['finance-officer', 'payment-orderer'] },
  'finance-officer': { subject: 'frieda', roles: ['finance-officer'] },
};
const LONE = user('lone');
const COLLEAGUE = user('finance-officer');

let fleet: TestFleet;
let gateway: NestFastifyApplication;
let api: ApiClient;

beforeAll(async () => {
  fleet = await startTestFleet([{ module: FinanceModule, dataSource: financeDataSource }]);
  Object.assign(process.env, { NATS_USER: 'gateway', NATS_PASSWORD: fleet.broker.password('gateway') });
  gateway = await createGateway();
  await gateway.listen(0, '127.0.0.1');
  const url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1');
  api = new ApiClient(url, ({ username }) => {
    const person = PEOPLE[username];
    if (!person) throw new Error(`nobody is called ${username}`);
    return fleet.issuer.token(person);
  });
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await fleet?.close();
});

const decide = ({ id, version }: ScreeningView, outcome: 'CLEAR' | 'BLOCK', as = LONE) =>
  api.post<ScreeningView>(
    as,
    `/screenings/${id}/decisions`,
    { outcome, reason: 'Another birthday' },
    { ifMatch: version },
  );

async function hitOf({ id }: PayeeView): Promise<ScreeningView> {
  const { items } = await api.get<{ items: ScreeningView[] }>(LONE, `/screenings?payeeId=${id}`);
  if (!items[0]) throw new Error('never screened');
  return api.get<ScreeningView>(LONE, `/screenings/${items[0].id}`);
}

it('who made a payee does not clear its hit, in whatever other role, nor after another screening', async () => {
  await importList(api, demoList());
  const payee = await api.post<PayeeView>(LONE, '/payees', {
    kind: 'SUPPLIER',
    name: 'Bartolomäus Quellenfuß',
    address: { town: 'Tübingen', country: 'DE' },
    bankAccount: { iban: 'DE75512108001245126199', bic: 'SOGEDEFF', holder: 'Bartolomäus Quellenfuß' },
  });
  const hit = await hitOf(payee);
  expect(hit).toMatchObject({ outcome: 'REVIEW', namedBy: ['lone'] });
  await expect(decide(hit, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });

  const again = await api.post<ScreeningView>(LONE, `/payees/${payee.id}/screenings`);
  expect(again).toMatchObject({ outcome: 'REVIEW', namedBy: ['lone'] });
  await expect(decide(again, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });

  // To stop a payment takes one person; what follows is looked at anew, and again not cleared by the same one.
  await decide(again, 'BLOCK');
  const third = await api.post<ScreeningView>(COLLEAGUE, `/payees/${payee.id}/screenings`);
  await expect(decide(third, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });
  expect(await decide(third, 'CLEAR', COLLEAGUE)).toMatchObject({ outcome: 'CLEAR' });
}, 60_000);
