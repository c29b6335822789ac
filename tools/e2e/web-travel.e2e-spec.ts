import type { Page } from 'playwright-core';
import { ApiClient } from '../demo/api-client';
import { today } from '../demo/calendar';
import { createFund } from '../demo/fund';
import { registerSupplier } from '../demo/invoice';
import { ensureSanctionsList } from '../demo/sanctions';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

const FUND = 'Fonds der Reisen';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  const { issuer, url } = stack;
  const api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
  pages = await PagesInBrowser.start(url);
  await ensureSanctionsList(api);
  await registerSupplier(api);
  const year = Number(today().slice(0, 4));
  await createFund(api, FUND, new Map([[year, { amount: '5000.00', currency: 'EUR' }]]));
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const daysAgo = (days: number) => new Date(Date.parse(today()) - days * 86_400_000).toISOString().slice(0, 10);

describe('a journey', () => {
  let path: string;

  it('is entered part by part, computed before it is sent, and refused where a rate is missing', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/money/travel');
    await page.getByText('Noch keine Reise abgerechnet.').waitFor();
    await page.getByRole('link', { name: 'Reise abrechnen' }).click();
    await page.getByText('Der Betrag erscheint').waitFor();
    await choose(page, 'Zahlungsempfänger', 'Dolmetscherei Neckar GmbH');
    await choose(page, 'Fonds', FUND);
    await page.getByLabel('Anlass der Reise').fill('Dolmetschen in Moshi');
    await page.getByLabel('Beginn in').fill('Tübingen');
    await leg(page, 1, { on: daysAgo(5), from: '7:00', until: '12:00', place: 'Moshi', country: 'Tansania' });
    await leg(page, 2, { on: daysAgo(4), from: '15:00', until: '20:00', place: 'Tübingen', country: 'Deutschland' });
    await choose(page, 'Die Nacht danach', 'unentgeltlich');
    await page.getByText(/Das Auslandstagegeld für Tansania am .* ist noch nicht hinterlegt/).waitFor();
    await expectGood(page);

    const first = page.getByRole('group', { name: 'Abschnitt 1', exact: true });
    await first.getByLabel('Ankunft in').fill('Köln');
    await choose(first, 'Land', 'Deutschland');
    await page.getByLabel('Mittagessen').first().check();
    // 2 x 14 - 11.20
    await result(page).getByText('16,80').waitFor();
    await page.getByRole('button', { name: 'Beleg hinzufügen' }).click();
    const receipt = page.getByRole('group', { name: 'Beleg 1', exact: true });
    await choose(receipt, 'Wofür', 'Fahrkarte');
    await receipt.getByLabel('Was bezahlt wurde').fill('Bahnfahrkarte');
    await receipt.getByLabel('Bezahlt am').fill(dayText(daysAgo(6)));
    await receipt.getByLabel('Betrag', { exact: true }).fill('119,80');
    const file = { name: 'fahrkarte.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nticket\n') };
    await receipt.getByLabel('Beleg als Datei').setInputFiles(file);
    await receipt.getByText('fahrkarte.pdf').waitFor();
    await result(page).getByText('136,60').waitFor();
    await expectGood(page);
    // By keyboard alone from here.
    await tabTo(page, page.getByRole('button', { name: 'Abrechnung absenden' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Abrechnung ist abgesandt').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Reise nach Köln' }).waitFor();
    await page.getByRole('link', { name: 'fahrkarte.pdf öffnen' }).waitFor();
    await page.locator('summary').getByText('Die angewandten Regeln').click();
    await page.getByText('TRAVEL-DAY-PART-2020').waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: /^AZ-/ }).click();
    await page.waitForURL(/\/money\/payouts\//);
    path = new URL(page.url()).pathname;
    await page.close();
  }, 120_000);

  it('is paid by four persons', async () => {
    for (const [name, label, done] of [
      ['Paula Programm', 'Sachlich richtig', 'Als sachlich richtig bestätigt'],
      ['Friedrich Prüfer', 'Rechnerisch richtig', 'Als rechnerisch richtig bestätigt'],
      ['Olga Anordnung', 'Zur Zahlung anordnen', 'Zur Zahlung angeordnet'],
    ] as const) {
      const page = await pages.signIn(name, path);
      await page.getByRole('link', { name: 'Abrechnung der Reise ansehen' }).waitFor();
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

describe.each(LOOKS_OF_WALKS)('the pages of journeys in $language, $theme, $width pixels wide', (look) => {
  it('are accessible, for who pays and for who travels', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/money/travel', look);
    await page.locator('tbody a').first().click();
    await page.getByText('fahrkarte.pdf').waitFor();
    await expectGood(page);
    await page.close();
    const expert = await pages.signIn('Erika Fachmann', '/money/travel/new', look);
    await expert.getByRole('heading', { level: 1 }).waitFor();
    await expert.waitForLoadState('networkidle');
    await expectGood(expert);
    await expert.close();
  }, 90_000);
});

describe('the browser', () => {
  it('complained about nothing', () => {
    expect(pages.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});

const result = (page: Page) => page.getByRole('region', { name: '5. Was zu zahlen ist' }).getByRole('status');

async function leg(
  page: Page,
  number: number,
  it: { on: string; from: string; until: string; place: string; country: string },
): Promise<void> {
  const group = page.getByRole('group', { name: `Abschnitt ${number}`, exact: true });
  await group.getByLabel('Abfahrt am').fill(dayText(it.on));
  await group.getByLabel('Abfahrt um').fill(it.from);
  await group.getByLabel('Ankunft am').fill(dayText(it.on));
  await group.getByLabel('Ankunft um').fill(it.until);
  await group.getByLabel('Ankunft in').fill(it.place);
  await choose(group, 'Land', it.country);
  await choose(group, 'Womit', 'Bahn');
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
