import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { today } from '../demo/calendar';
import { act, choose } from './fill-in';
import { faultsOf, overflowOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 200_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const FUND = 'Fonds für Brunnen';
const YEAR = today().slice(0, 4);

describe('the budget of a fund', () => {
  it('is planned and released', async () => {
    const page = await pages.signIn('Berta Haushalt', '/funds/new');
    await page.getByLabel('Name des Fonds').fill(FUND);
    await page.getByLabel('Kontoinhaber').fill('Fachkräftefonds');
    await page.getByLabel('IBAN').fill('DE75512108001245126199');
    await page.getByLabel('BIC').fill('SOGEDEFF');
    await page.getByRole('button', { name: 'Fonds anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: FUND }).waitFor();
    await act(page, 'Haushaltsjahr öffnen', 'Das Haushaltsjahr ist offen.', async (dialog) => {
      await dialog.getByLabel('Haushaltsjahr').fill(YEAR);
      await dialog.getByLabel('Plan', { exact: true }).fill('50.000,00');
      await dialog.getByLabel('Vorläufige Haushaltsführung').check();
    });
    await page.getByRole('cell', { name: 'vorläufig' }).waitFor();
    await act(page, 'Mittel freigeben', 'Die Mittel sind frei.', async (dialog) => {
      await choose(dialog, 'Haushaltsjahr', YEAR);
      await dialog.getByLabel('Betrag').fill('20000');
    });
    await page.close();
  }, 90_000);

  it('has its budget changed by two persons, and refuses more than is free', async () => {
    const page = await pages.signIn('Berta Haushalt', '/funds');
    await page.getByRole('link', { name: FUND }).click();
    const propose = async (kind: string, amount: string) => {
      await act(page, 'Haushalt ändern', 'Die Änderung ist vorgeschlagen.', async (dialog) => {
        await choose(dialog, 'Art der Änderung', kind);
        await choose(dialog, 'Haushaltsjahr', YEAR);
        await dialog.getByLabel('Betrag').fill(amount);
        await dialog.getByLabel('Begründung').fill('Haushaltsgesetz');
      });
    };
    await propose('Sperre', '5000');
    // Who proposed it cannot confirm it; the page says so.
    await page.locator('.waiting', { hasText: 'jetzt nicht möglich' }).first().waitFor();
    const path = new URL(page.url()).pathname;
    const other = await pages.signIn('Frieda Gegenprüfung', path);
    await act(other, 'Bestätigen', 'Die Änderung gilt.', (dialog) => dialog.getByLabel('Begründung').fill('Gelesen'));
    await other.getByRole('cell', { name: 'Bestätigt', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('cell', { name: '5.000,00' }).first().waitFor();
    await page.getByRole('button', { name: 'Haushalt ändern' }).click();
    const dialog = page.getByRole('dialog');
    await choose(dialog, 'Art der Änderung', 'Kürzung');
    await choose(dialog, 'Haushaltsjahr', YEAR);
    await dialog.getByLabel('Betrag').fill('45000,01');
    await dialog.getByLabel('Begründung').fill('Haushaltsgesetz');
    await dialog.getByRole('button', { name: 'Haushalt ändern' }).click();
    await dialog.getByText('max. 45000.00 EUR').first().waitFor();
    await expectGood(page);
    await page.keyboard.press('Escape');
    await propose('Aufhebung einer Sperre', '5000');
    await other.reload();
    await act(other, 'Bestätigen', 'Die Änderung gilt.', (it) => it.getByLabel('Begründung').fill('Gelesen'));
    await page.close();
  }, 90_000);
});

it('a claim bears interest that is demanded and paid apart, is waived in part, and is late', async () => {
  const drafter = await pages.signIn('Friedrich Prüfer', '/funds/claims/new');
  await choose(drafter, 'Fonds', FUND);
  await drafter.getByLabel('Wer zahlen soll').fill('Kommune Moshi');
  await choose(drafter, 'Regelwerk', 'bengo, heutige Fassung');
  await choose(drafter, 'Grund', 'Nicht ausgegeben');
  await drafter.getByLabel('Begründung').fill('Rest der ersten Rate');
  await drafter.getByLabel('Betrag').fill('1000');
  await drafter.getByLabel('Zinsen ab').fill('1.7.2025');
  await drafter.getByRole('button', { name: 'Forderung entwerfen' }).click();
  await act(drafter, 'Anhörung beginnen', 'Die Anhörung läuft.', (dialog) =>
    dialog.getByLabel('Anhörung bis').fill('31.12.2099'),
  );
  await act(drafter, 'Äußerung festhalten', 'Äußerung ist festgehalten.', (dialog) =>
    dialog.getByLabel('Was gesagt wurde').fill('Einverstanden'),
  );
  const path = new URL(drafter.url()).pathname;
  const decider = await pages.signIn('Frieda Gegenprüfung', path);
  await act(decider, 'Forderung festsetzen', 'ist festgesetzt.', (dialog) => dialog.getByLabel('Zeichen').fill('E-1'));
  await act(decider, 'Fällig stellen', 'fällig gestellt.', (dialog) =>
    dialog.getByLabel('Fällig am').fill('31.12.2099'),
  );
  await act(decider, 'Zinsen fordern', 'Die Zinsen sind gefordert.', async (dialog) => {
    await dialog.getByLabel('Zinsen bis').fill('31.12.2025');
    await dialog.getByLabel('Fällig am').fill('31.12.2099');
  });
  // 1,000.00 x 6.27 % x 183 days of 365.
  await decider.getByRole('cell', { name: '31,44' }).first().waitFor();
  await act(decider, 'Zahlung festhalten', 'Zahlung ist festgehalten.', async (dialog) => {
    await dialog.getByLabel('Betrag').fill('31,44');
    await dialog.getByLabel('Beleg').fill('Auszug 4');
    await choose(dialog, 'Worauf gezahlt wurde', 'Zinsen', false);
  });
  await act(decider, 'Erlassen', 'Die Forderung ist erlassen.', async (dialog) => {
    await dialog.getByLabel('Betrag').fill('400');
    await dialog.getByLabel('Begründung').fill('Härte');
    await dialog.getByLabel('Zeichen der Zustimmung').fill('BMF 4');
  });
  await decider.getByRole('heading', { name: 'Erlassene Teile' }).waitFor();
  await decider.getByText('600,00').first().waitFor();
  await expectGood(decider);
  const letter = decider.getByRole('link', { name: 'Schreiben an den Schuldner (PDF)' });
  const [download] = await Promise.all([decider.waitForEvent('download'), letter.click()]);
  expect(readFileSync(await download.path(), 'latin1').slice(0, 5)).toBe('%PDF-');
  await decider.goto('/funds/claims?isOverdue=true');
  await decider.getByText('Keine Forderung passt dazu.').waitFor();
  await expectGood(decider);
}, 120_000);

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}
