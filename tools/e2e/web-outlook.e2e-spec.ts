import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startProgram, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
  // Experts and payments: what is simulated and put together here has to be there.
  const demo = startProgram('dist/tools/demo/main.js', stack.environment);
  demo.stdout?.resume();
  expect(await once(demo, 'exit')).toEqual([0, null]);
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('what if', () => {
  it('is asked by keyboard alone: less money beside a later start', async () => {
    const page = await openFund(await pages.signIn('Berta Haushalt', '/funds'));
    await tabTo(page, page.getByRole('link', { name: 'Was wäre wenn' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Was wäre wenn/ }).waitFor();
    const first = page.getByRole('group', { name: 'Szenario A' });
    await tabTo(page, first.getByRole('button', { name: 'Änderung hinzufügen' }));
    await page.keyboard.press('Enter');
    await tabTo(page, first.getByLabel('Was sich ändert'));
    await page.keyboard.type('Weniger');
    await tabTo(page, first.getByLabel('Haushaltsjahr'));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, first.getByLabel('Betrag'));
    await page.keyboard.type('9000000');
    await page.keyboard.press('Enter');
    await page.getByText(/^Szenario A: Ab .* fehlt Geld\.$/).waitFor();
    await page.getByText('Heute würde der Fonds ablehnen:').waitFor();
    await page.getByRole('img', { name: /nach jedem Monat übrig/ }).waitFor();
    await page.close();
  }, 60_000);

  it('says at its field what is missing', async () => {
    const page = await openFund(await pages.signIn('Friedrich Prüfer', '/funds'));
    await page.getByRole('link', { name: 'Was wäre wenn' }).click();
    const first = page.getByRole('group', { name: 'Szenario A' });
    await first.getByRole('button', { name: 'Änderung hinzufügen' }).click();
    await first.getByLabel('Was sich ändert').selectOption('EXPERTS');
    await page.getByRole('button', { name: 'Rechnen und vergleichen' }).click();
    await page.locator('.kern-alert--danger').waitFor();
    expect(await first.locator('[aria-invalid=true]').count()).toBeGreaterThan(2);
    await page.close();
  }, 60_000);

  it.each(LOOKS_OF_WALKS)(
    'is accessible in $language, $theme, $width pixels wide',
    async (looks) => {
      const page = await openFund(await pages.signIn('Paula Programm', '/funds', looks));
      const de = looks.language === 'de';
      await page.getByRole('link', { name: de ? 'Was wäre wenn' : 'What if' }).click();
      for (const index of [0, 1]) {
        const scenario = page.locator('fieldset.part').nth(index);
        await scenario.getByRole('button').last().click();
        await scenario.getByRole('combobox').first().selectOption('LATER_START');
        await scenario
          .getByRole('textbox')
          .first()
          .fill(String(index + 1));
      }
      await page.getByRole('button', { name: de ? 'Rechnen und vergleichen' : 'Calculate and compare' }).click();
      await page.locator('.chart svg[role=img]').first().waitFor();
      await expectGood(page);
      await page.close();
    },
    60_000,
  );
});

describe('an audit folder', () => {
  it.each([
    ['payout', '/money/payouts?status=BOOKED'],
    ['payment run', '/money/runs'],
  ])(
    'of a %s is made and saved with one click, by an auditor alone',
    async (_, list) => {
      const page = await pages.signIn('August Revision', list);
      await page.locator('tbody a').first().click();
      const button = page.getByRole('button', { name: 'Prüfmappe herunterladen' });
      const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
      expect(saved.suggestedFilename()).toMatch(/\.zip$/);
      await page.getByText(/^Die Mappe hat \d+ Dateien/).waitFor();
      await expectGood(page);
      const other = await pages.signIn('Friedrich Prüfer', new URL(page.url()).pathname);
      await other.getByRole('heading', { level: 1 }).waitFor();
      expect(await other.getByRole('button', { name: 'Prüfmappe herunterladen' }).count()).toBe(0);
      await page.close();
      await other.close();
    },
    60_000,
  );

  it('of a fund year asks for the seed of its sample', async () => {
    const page = await openFund(await pages.signIn('August Revision', '/funds'));
    await page.getByRole('link', { name: 'Auszug und Dateien' }).click();
    await page.getByRole('button', { name: 'Prüfmappe herunterladen' }).click();
    await page.locator('.kern-alert--danger').waitFor();
    await page.getByLabel('Startwert der Stichprobe').fill('Revision-7');
    const button = page.getByRole('button', { name: 'Prüfmappe herunterladen' });
    const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(saved.suggestedFilename()).toMatch(/-Revision-7\.zip$/);
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe('the browser', () => {
  it('complained about nothing', () => {
    expect(pages.complaints).toEqual([]);
  });
});

async function openFund(page: Page): Promise<Page> {
  await page.locator('a', { hasText: /^Demo/ }).first().click();
  await page.waitForURL(/\/funds\/[0-9a-f-]{36}/);
  return page;
}

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}
