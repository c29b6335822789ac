import type { Page } from 'playwright-core';
import { act, choose } from './fill-in';
import { faultsOf, overflowOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 200_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const FUND = 'Fonds für Brunnen';
const YEAR = new Date().toISOString().slice(0, 4);

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
    await page.context().close();
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
    await page.context().close();
  }, 90_000);
});

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}
