import type { Locator, Page } from 'playwright-core';
import type { FundView, PayoutView } from '#contracts/finance';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { beginOfToday } from '../demo/calendar';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { PagesInBrowser, tabTo } from './pages-in-browser';
import { dayTyped } from './people-at-work';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let api: ApiClient;

/** What `npm start` gives a new platform: payments in every state that a person can do something about, and what stands around them. */
async function storyIsTold(): Promise<void> {
  const officer = user('finance-officer');
  const payouts = await api.all<PayoutView>(officer, '/payouts');
  const states = ['PLANNED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED', 'ORDERED', 'BOOKED', 'RETURNED'];
  expect(new Set(payouts.map(({ status }) => status))).toEqual(new Set(states));
  const having = (state: string) => payouts.filter(({ status }) => status === state).length;
  // Each fourth one goes as far as the order: until the last has, the story acts on payments itself.
  expect(having('DUE')).toBeLessThanOrEqual(having('ORDERED') + 1);
  // Asked for after all that is paid at once.
  expect(await api.all(user('adviser'), '/expert-requests?status=SELECTED')).toHaveLength(4);
  for (const status of ['DRAFT', 'ASSESSMENT'])
    expect(await api.all(user('adviser'), `/expert-requests?status=${status}`)).toHaveLength(1);
  expect(await api.all(officer, '/bank-entries?status=UNMATCHED')).toHaveLength(1);
  expect(await api.all<FundView>(officer, '/funds')).toHaveLength(1);
  expect(await api.all(user('adviser'), '/reports?status=COMMENTED')).not.toHaveLength(0);
  expect(await api.all(user('adviser'), '/events?status=PUBLISHED')).toHaveLength(1);
}

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  pages = await PagesInBrowser.start(stack.url);
  api = new ApiClient(stack.url, async (as) => (await requestDemoToken({ issuer: stack.issuer, ...as })).token);
  await eventually(storyIsTold, 90_000);
}, 300_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

async function press(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** An act of the page and the dialog that asks once. */
async function act(page: Page, label: string, done: string): Promise<void> {
  await press(page, page.getByRole('button', { name: label, exact: true }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: label, exact: true }));
  await page.getByText(done).waitFor();
}

it('the four acts on a payment are done by four people with the keyboard alone', async () => {
  const programme = await pages.signIn('Paula Programm', '/money/payouts?status=DUE');
  await press(programme, programme.locator('tbody a').first());
  await act(programme, 'Sachlich richtig', 'Als sachlich richtig bestätigt.');
  const path = new URL(programme.url()).pathname;
  const finance = await pages.signIn('Friedrich Prüfer', path);
  await act(finance, 'Rechnerisch richtig', 'Als rechnerisch richtig bestätigt.');
  const orderer = await pages.signIn('Olga Anordnung', path);
  await act(orderer, 'Zur Zahlung anordnen', 'Zur Zahlung angeordnet.');

  const cashier = await pages.signIn('Kai Kasse', '/money/runs');
  await press(cashier, cashier.getByRole('button', { name: 'Zahllauf zusammenstellen' }));
  const dialog = cashier.getByRole('dialog');
  for (const field of await dialog.getByRole('combobox').all()) {
    await tabTo(cashier, field);
    if ((await field.inputValue()) === '') await cashier.keyboard.press('ArrowDown');
  }
  await tabTo(cashier, dialog.getByLabel('Ausführung am'));
  await cashier.keyboard.type(dayTyped(beginOfToday()));
  await press(cashier, dialog.getByRole('button', { name: 'Zahllauf zusammenstellen' }));
  await cashier.getByText('Der Zahllauf steht').waitFor();
  await act(cashier, 'Übergabe an die Bank festhalten', 'Der Zahllauf ist bei der Bank.');
  expect(pages.complaints).toEqual([]);
}, 180_000);

it('a joint request is written with the keyboard alone', async () => {
  const page = await pages.signIn('Bernd Weser', '/requests/new');
  const type = async (label: string, text: string): Promise<void> => {
    await tabTo(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  };
  await tabTo(page, page.getByRole('combobox', { name: 'Partnerschaft suchen' }));
  await page.keyboard.type('Bremen');
  await page.locator('.combobox__option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await type('Kurze Bezeichnung', 'Hafenwasser');
  await type('Ausgangslage', 'Das Wasser im Hafen ist trüb.');
  await type('Ziel', 'Klar bis auf den Grund.');
  await type('Aufgaben der Fachkraft', 'Messen und beraten.');
  await tabTo(page, page.getByLabel('Handlungsfeld', { exact: true }));
  await page.keyboard.press('ArrowDown');
  await type('Gewünschter Beginn', '1.1.2027');
  await type('Gewünschter letzter Tag', '31.12.2027');
  const town = page.getByLabel('Einsatzort');
  for (let tabs = 0; tabs < 40 && (await town.and(page.locator(':focus')).count()) === 0; tabs++)
    await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await press(page, page.getByRole('button', { name: 'Entwurf anlegen' }));
  await page.getByRole('heading', { level: 1, name: 'Hafenwasser' }).waitFor();
}, 120_000);
