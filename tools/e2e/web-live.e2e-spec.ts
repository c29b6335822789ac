import type { Page } from 'playwright-core';
import { faultsOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const NOTE = 'Anmerkung';

async function suspend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ruhen lassen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ruhen lassen' }).click();
}

describe('what somebody else does', () => {
  it('appears on a page without being loaded again, and in a dialog that was open before nothing is overwritten', async () => {
    const one = await pages.signIn('Paula Programm', '/partnerships?status=ACTIVE');
    await one.locator('tbody a').first().click();
    await one.getByText('Diese Partnerschaft darf').waitFor();
    const path = new URL(one.url()).pathname;
    const other = await pages.signIn('Anton Adler', path);
    await other.getByRole('button', { name: 'Beenden' }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByLabel(NOTE).fill('Ratsbeschluss');

    await suspend(one);
    await one.getByText('Die Partnerschaft ruht.').waitFor();
    // The page behind the dialog knows it by itself; the dialog still stands for what this person saw.
    await other.locator('.kern-badge', { hasText: 'Ruht' }).first().waitFor();
    await dialog.getByRole('button', { name: 'Beenden' }).click();
    await dialog.getByRole('table', { name: 'Inzwischen geändert' }).waitFor();
    await dialog.getByRole('row', { name: /Status.*Aktiv.*Ruht/ }).waitFor();
    expect(await dialog.getByLabel(NOTE).inputValue()).toBe('Ratsbeschluss');
    expect(await faultsOf(other)).toEqual([]);
    await dialog.getByRole('button', { name: 'Beenden' }).click();
    await one
      .getByText(/Beendet/)
      .first()
      .waitFor();
  }, 120_000);
});

describe('a service that is away', () => {
  it('is named on its pages, which recover by themselves; the others work', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    await page.locator('tbody a').first().waitFor();
    await stack.unsupervised(async () => {
      process.kill(stack.pidOf('partnership'), 'SIGKILL');
      await page.reload();
      await page.getByText('Dieser Dienst antwortet gerade nicht').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Geld', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Auszahlungen' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.getByText('Dieser Dienst antwortet gerade nicht').count()).toBe(0);
      await page.goBack();
      await page.getByText('Dieser Dienst antwortet gerade nicht').waitFor();
    });
    await page.locator('tbody a').first().waitFor({ timeout: 60_000 });
  }, 180_000);
});
