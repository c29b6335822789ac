import type { Page } from 'playwright-core';
import type { EventView } from '#contracts/events';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { today } from '../demo/calendar';
import { user } from '../demo/demo-token';
import { createFund } from '../demo/fund';
import { registerSupplier, xrechnung } from '../demo/invoice';
import { ensureSanctionsList } from '../demo/sanctions';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

const FUND = 'Fonds der Rechnungen';
const NUMBER = '2026-0815';

let stack: StackProcess;
let pages: PagesInBrowser;
let event: EventView;

beforeAll(async () => {
  stack = await startStackProcess();
  const { issuer, url } = stack;
  const api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
  pages = await PagesInBrowser.start(url);
  await ensureSanctionsList(api);
  await registerSupplier(api);
  const year = Number(today().slice(0, 4));
  const money = { amount: '5000.00', currency: 'EUR' };
  await createFund(
    api,
    FUND,
    new Map([
      [year, money],
      [year + 1, money],
    ]),
  );
  event = await publishEvent(api);
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('an invoice of a supplier', () => {
  let path: string;

  it('is read, compared and confirmed; a second time it is refused', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/money/invoices');
    await page.getByText('Noch keine Rechnung.').waitFor();
    await page.getByRole('link', { name: 'Rechnung erfassen' }).click();
    const file = page.getByLabel('Rechnung als Datei');
    await file.setInputFiles({ name: 'setup.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ a program') });
    await page.getByText('weder PDF noch XML, JPEG oder PNG').waitFor();
    await file.setInputFiles({ name: 'rechnung.xml', mimeType: 'application/xml', buffer: xrechnung(NUMBER) });
    await page.getByText('Gelesen aus XRechnung (UBL).').waitFor();
    expect(await page.getByLabel('Rechnungsnummer').inputValue()).toBe(NUMBER);
    expect(await page.getByLabel('Zahlbetrag').inputValue()).toMatch(/^952[.,]00$/);
    await expectGood(page);
    await choose(page, 'Fonds', FUND);
    await choose(page, 'Wofür im Haushalt', 'Projekt');
    await page.getByLabel('Was gekauft wurde').fill('Dolmetschen beim Auftakt');
    // By keyboard alone from here.
    await tabTo(page, page.getByRole('button', { name: 'Rechnung bestätigen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Rechnung ist bestätigt').waitFor();
    await page.getByRole('heading', { level: 1, name: `Rechnung ${NUMBER}` }).waitFor();
    await page.getByText('RF18539007547034').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'rechnung.xml öffnen' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(xrechnung(NUMBER))).toBe(true);
    await expectGood(page);
    await page.getByRole('link', { name: /^AZ-/ }).click();
    await page.waitForURL(/\/money\/payouts\//);
    path = new URL(page.url()).pathname;

    await page.goto('/money/invoices/new');
    await page.getByLabel('Rechnung als Datei').setInputFiles({
      name: 'noch-einmal.xml',
      mimeType: 'application/xml',
      buffer: xrechnung(NUMBER),
    });
    await page.getByText('für diesen Lieferanten schon erfasst').waitFor();
    await page.close();
  }, 90_000);

  it('is paid by four persons, in a file for the bank', async () => {
    for (const [name, label, done] of [
      ['Paula Programm', 'Sachlich richtig', 'Als sachlich richtig bestätigt'],
      ['Friedrich Prüfer', 'Rechnerisch richtig', 'Als rechnerisch richtig bestätigt'],
      ['Olga Anordnung', 'Zur Zahlung anordnen', 'Zur Zahlung angeordnet'],
    ] as const) {
      const page = await pages.signIn(name, path);
      await page.getByRole('link', { name: 'Rechnung ansehen' }).waitFor();
      if (name === 'Paula Programm') await expectGood(page);
      await page.getByRole('button', { name: label, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: label, exact: true }).click();
      await page.getByText(done).first().waitFor();
      await dialog.waitFor({ state: 'detached' });
      await page.close();
    }
    const cashier = await pages.signIn('Kai Kasse', '/money/runs');
    await cashier.getByRole('button', { name: 'Zahllauf zusammenstellen' }).first().click();
    const dialog = cashier.getByRole('dialog');
    await choose(dialog, 'Fonds', FUND);
    await dialog.getByLabel('Ausführung am').fill(dayText(today()));
    await dialog.getByRole('button', { name: 'Zahllauf zusammenstellen' }).click();
    await cashier.waitForURL(/\/money\/runs\/./);
    await cashier.goto(path);
    await cashier.getByText('Im Zahllauf').first().waitFor();
    await cashier.close();
  }, 90_000);
});

describe('the costs of an event', () => {
  it('are the invoices that were bought for it', async () => {
    const page = await pages.signIn('Friedrich Prüfer', `/events/${event.id}`);
    await page.getByText('Noch keine Rechnung zu dieser Veranstaltung.').waitFor();
    await page.getByRole('link', { name: 'Rechnung dazu erfassen' }).click();
    const file = { name: 'saal.xml', mimeType: 'application/xml', buffer: xrechnung('2026-0816') };
    await page.getByLabel('Rechnung als Datei').setInputFiles(file);
    // The invoice that was begun before is still in the fields; what this document says takes its place.
    const number = page.getByLabel('Rechnungsnummer');
    await eventually(async () => expect(await number.inputValue()).toBe('2026-0816'));
    await choose(page, 'Fonds', FUND);
    await choose(page, 'Wofür im Haushalt', 'Projekt');
    await page.getByLabel('Was gekauft wurde').fill('Saal und Technik');
    await page.getByRole('button', { name: 'Rechnung bestätigen' }).click();
    await page.getByText('Die Rechnung ist bestätigt').waitFor();
    await page.getByRole('link', { name: 'Veranstaltung ansehen' }).click();
    await page.getByRole('link', { name: 'Saal und Technik' }).waitFor();
    await page
      .getByText(/^Bisher:/)
      .getByText('952,00')
      .waitFor();
    await expectGood(page);
    await page.close();
  }, 90_000);
});

describe.each(LOOKS_OF_WALKS)('the pages of invoices in $language, $theme, $width pixels wide', (look) => {
  it('are accessible', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/money/invoices', look);
    await page.locator('tbody a').first().waitFor();
    await expectGood(page);
    await page.locator('tbody a').first().click();
    await page.getByText('RF18539007547034').waitFor();
    await expectGood(page);
    await page.goto('/money/invoices/new');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectGood(page);
    await page.close();
  }, 90_000);
});

describe('the browser', () => {
  it('complained about nothing', () => {
    expect(pages.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});

async function publishEvent(api: ApiClient): Promise<EventView> {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const adviser = user('adviser');
  const draft = await api.post<EventView>(adviser, '/events', {
    kind: 'CONFERENCE',
    mode: 'ON_SITE',
    title: { de: 'Tag der Partnerschaften', en: 'Day of partnerships' },
    description: { de: 'Ein Tag.', en: 'A day.' },
    venue: 'Rathaus Tübingen',
    timeZone: 'Europe/Berlin',
    startsAt: at(30),
    endsAt: at(31),
    registrationDeadlineAt: at(20),
    capacity: 40,
    offerHours: 48,
    fieldsOfAction: [],
  });
  return api.post<EventView>(adviser, `/events/${draft.id}/publications`, {}, { ifMatch: draft.version });
}

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

function dayText(day: string): string {
  return day.split('-').reverse().join('.');
}

async function choose(form: Pick<Page, 'getByRole'>, label: string, choice: string): Promise<void> {
  const list = form.getByRole('combobox', { name: label, exact: true });
  const option = list.locator('option').filter({ hasText: choice }).first();
  await option.waitFor({ state: 'attached' });
  await list.selectOption((await option.getAttribute('value')) ?? '');
}
