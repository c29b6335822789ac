import type { Page } from 'playwright-core';
import { DEMO_USERS } from '../identity-provider/demo-users';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { act } from './people-at-work';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  pages = await PagesInBrowser.start(stack.url);
}, 300_000);
afterAll(async () => {
  await pages?.close();
  await stack?.stop();
});

const row = (page: Page, kind: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name: kind, exact: true }) });
const many = async (page: Page, kind: string) => Number(await row(page, kind).locator('td').first().textContent());

describe('what waits for a person', () => {
  it.each(LOOKS_OF_WALKS)(
    'is one accessible list in $language, $theme, $width pixels wide',
    async (looks) => {
      for (const name of ['Friedrich Prüfer', 'Paula Programm', 'Mosi Kibo (Moshi)']) {
        const page = await pages.signIn(name, '/', looks);
        await page.locator('ul.urgent').first().waitFor();
        expect(await faultsOf(page)).toEqual([]);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    },
    120_000,
  );

  it('leads by keyboard to the page where it is done, and is gone from the list of whoever did it', async () => {
    const kind = 'Fällig: sachlich zu prüfen';
    const page = await pages.signIn('Paula Programm', '/');
    await row(page, kind).waitFor();
    const before = await many(page, kind);
    await tabTo(page, row(page, kind).locator('ul.urgent a').first());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/money\/payouts\/[0-9a-f-]{36}$/);
    await act(page, 'Sachlich richtig', 'Als sachlich richtig bestätigt.');
    await page.goto('/');
    await page.locator('ul.urgent').first().waitFor();
    const left = (await row(page, kind).count()) === 0 ? 0 : await many(page, kind);
    expect(left).toBe(before - 1);
    await page.context().close();
  }, 90_000);
});

describe('the demo users', () => {
  it.each(['finance-officer', 'payment-orderer', 'cashier', 'budget-officer'] as const)(
    'are two persons with the role %s, whom one click signs in',
    async (role) => {
      const names = new Set(DEMO_USERS.filter(({ roles }) => roles.includes(role)).map(({ name }) => name));
      expect(names.size).toBeGreaterThanOrEqual(2);
      for (const name of names) {
        const page = await pages.signIn(name, '/');
        await page.getByRole('heading', { level: 1, name: 'Meine Aufgaben' }).waitFor();
        await page.context().close();
      }
    },
    60_000,
  );
});
