import type { Page as ListPage } from '#contracts';
import type { BankMessageView, PaymentRunView, PayoutReturnView, PayoutView } from '#contracts/finance';
import { eventually } from '#testing';
import type { Page } from 'playwright-core';
import { ApiClient } from '../demo/api-client';
import { statementOf } from '../demo/bank';
import { today } from '../demo/calendar';
import { type DemoUser, user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { DEMO_USERS } from '../identity-provider/demo-users';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { act } from './people-at-work';
import { type StackProcess, startStackProcess } from './stack-process';

const STORY_MS = 120_000;

let stack: StackProcess;
let pages: PagesInBrowser;
let api: ApiClient;

const CASHIER = user('cashier');

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  pages = await PagesInBrowser.start(stack.url);
  const { issuer, url } = stack;
  api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
  // The story has touched the last of its payments when one has come back.
  await eventually(async () => {
    const path = '/payout-returns?isSettled=false';
    expect((await api.get<ListPage<PayoutReturnView>>(user('auditor'), path)).items.length).toBe(1);
  }, STORY_MS);
}, 300_000);
afterAll(async () => {
  await pages?.close();
  await stack?.stop();
});

const row = (page: Page, kind: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: kind, exact: true }) });

describe('what waits for a person', () => {
  it.each(LOOKS_OF_WALKS)(
    'is one accessible list in $language, $theme, $width pixels wide',
    async (looks) => {
      for (const name of ['Friedrich Prüfer', 'Paula Programm', 'Mosi Kibo (Moshi)']) {
        const page = await pages.signIn(name, '/', looks);
        await page.locator('ul.urgent').first().waitFor();
        expect(await faultsOf(page)).toEqual([]);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await page.close();
      }
    },
    120_000,
  );

  it('leads by keyboard to the page where it is done, and is gone from the list of whoever did it', async () => {
    const kind = 'Fällig: sachlich zu prüfen';
    const page = await pages.signIn('Paula Programm', '/');
    await row(page, kind).waitFor();
    const payment = row(page, kind).locator('ul.urgent a').first();
    const address = (await payment.getAttribute('href')) ?? '';
    await tabTo(page, payment);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/money\/payouts\/[0-9a-f-]{36}$/);
    await act(page, 'Sachlich richtig', 'Als sachlich richtig bestätigt.');
    await page.goto('/');
    await page.locator('ul.urgent').first().waitFor();
    expect(await row(page, kind).locator(`a[href='${address}']`).count()).toBe(0);
    await page.close();
  }, 90_000);
});

describe('a run that was given up and that the bank has carried out', () => {
  it('goes on as two persons say, and its debit is booked', async () => {
    const run = await givenUp();
    const file = await api.request<string>(CASHIER, 'GET', `/payment-runs/${run.id}/file`);
    const account = { id: `S-${run.file.messageId}`.slice(0, 35), iban: run.debtorAccount.iban, bookedOn: today() };
    const content = statementOf(file.body, account);
    const message = await api.post<BankMessageView>(CASHIER, '/bank-messages', { fileName: 'camt053.xml', content });
    expect(message).toMatchObject({ bookedPayouts: 0, unmatchedEntries: 1 });
    const cashier = await pages.signIn('Kai Kasse', `/money/runs/${run.id}`);
    const told = { Begründung: 'Die Datei war schon bei der Bank.' };
    await act(cashier, 'Doch ausgeführt: Fortführung vorschlagen', 'Die Fortführung ist vorgeschlagen', told);
    await cashier.close();

    const kind = 'Aufgelöste Zahlläufe, die doch ausgeführt sind';
    const orderer = await pages.signIn('Olga Anordnung', '/');
    await row(orderer, kind).getByRole('link', { name: run.caseNumber }).click();
    await act(orderer, 'Fortführung bestätigen', 'Der Lauf gilt als gesendet', told);
    await orderer.goto('/');
    await orderer.getByRole('heading', { level: 1 }).waitFor();
    await orderer.waitForLoadState('networkidle');
    expect(await row(orderer, kind).count()).toBe(0);
    expect(await api.get(CASHIER, `/payment-runs/${run.id}`)).toMatchObject({ status: 'BOOKED' });
    await orderer.close();
  }, 120_000);
});

/** A run of one payment that is due, with its four acts, and cancelled by another person than the one who made it. */
async function givenUp(): Promise<PaymentRunView> {
  const officer = user('finance-officer');
  const { items } = await api.get<ListPage<PayoutView>>(officer, '/payouts?status=DUE');
  const due = items.find(({ payeeKind }) => payeeKind !== 'MUNICIPALITY') ?? items[0];
  if (!due) throw new Error('nothing is due');
  const done = (by: DemoUser, noun: string, payout: PayoutView) =>
    api.post<PayoutView>(by, `/payouts/${payout.id}/${noun}`, {}, { ifMatch: payout.version });
  const factual = await done(user('programme-officer'), 'factual-checks', due);
  const checked = await done(officer, 'arithmetical-checks', factual);
  await done(user('payment-orderer'), 'orders', checked);
  const { fundId, id } = due;
  const of = (paymentType: string) => ({ fundId, paymentType, executionOn: today(), payoutIds: [id] });
  const run = await api
    .post<PaymentRunView>(CASHIER, '/payment-runs', of('SEPA'))
    .catch(() => api.post<PaymentRunView>(CASHIER, '/payment-runs', of('FOREIGN')));
  const body = { reason: 'Es kam ein Brief.' };
  return api.post<PaymentRunView>(officer, `/payment-runs/${run.id}/cancellations`, body, { ifMatch: run.version });
}

describe('the demo users', () => {
  it.each(['finance-officer', 'payment-orderer', 'cashier', 'budget-officer'] as const)(
    'are two persons with the role %s, whom one click signs in',
    async (role) => {
      const names = new Set(DEMO_USERS.filter(({ roles }) => roles.includes(role)).map(({ name }) => name));
      expect(names.size).toBeGreaterThanOrEqual(2);
      for (const name of names) {
        const page = await pages.signIn(name, '/');
        await page.getByRole('heading', { level: 1, name: 'Meine Aufgaben' }).waitFor();
        await page.close();
      }
    },
    60_000,
  );
});
