import type { Page } from 'playwright-core';
import { faultsOf, overflowOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages?.close();
  await stack?.stop();
});

/** By keyboard alone, from wherever the focus is. */
async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function firstPartnership(page: Page): Promise<{ number: string; town: string }> {
  const row = page.locator('tbody tr').first();
  await row.waitFor();
  const number = (await row.locator('.case-number').textContent()) ?? '';
  const town = ((await row.locator('th a').textContent()) ?? '').split(' – ')[0] ?? '';
  return { number, town };
}

describe('the search', () => {
  it('leads to a case by its number, also as somebody says it, and says when a figure was misheard', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    const { number } = await firstPartnership(page);
    expect(number).toMatch(/^KP-\d{4}-\d{4}-\d$/);
    const [kind = '', year = '', count = '', checkDigit = ''] = number.split('-');
    await search(page, `${kind.toLowerCase()} ${year} ${Number(count)}`);
    await page.locator('.page__number', { hasText: number }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/partnerships\/[0-9a-f-]{36}$/);

    await search(page, `${kind}-${year}-${count}-${(Number(checkDigit) + 1) % 10}`);
    await page.getByRole('alert').getByText('falsch verstanden').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  }, 60_000);

  it('finds what has a name, with a typing error and without its umlauts', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    const { town } = await firstPartnership(page);
    const plain = town.normalize('NFD').replaceAll(/\p{Mark}/gu, '');
    for (const text of [plain, `${plain.slice(0, 2)}${plain.slice(3)}`]) {
      await search(page, text);
      await page
        .getByRole('row', { name: new RegExp(`Partnerschaft.*${town}`) })
        .first()
        .waitFor();
    }
    await page
      .getByRole('row', { name: new RegExp(`Kommune.*${town}`) })
      .first()
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
  }, 60_000);

  it('names a service that does not answer, and shows what the others know', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    const { town } = await firstPartnership(page);
    await stack.unsupervised(async () => {
      process.kill(stack.pidOf('events'), 'SIGKILL');
      await search(page, town);
      await page.getByText('Hier fehlt, was diese Bereiche wissen').waitFor();
      await page.getByRole('status').getByText('Veranstaltungen').waitFor();
      await page
        .getByRole('row', { name: new RegExp(`Partnerschaft.*${town}`) })
        .first()
        .waitFor();
    });
  }, 90_000);
});

describe('the audit trail', () => {
  it('of a case is one step from its page for an auditor, and is not offered to others', async () => {
    const officer = await pages.signIn('Paula Programm', '/partnerships');
    await officer.locator('tbody a').first().click();
    await officer.locator('.page__number').waitFor();
    expect(await officer.getByText('Nachweis: wer was wann tat').count()).toBe(0);

    const auditor = await pages.signIn('August Revision', '/partnerships');
    await auditor.locator('tbody a').first().click();
    await auditor.getByText('Nachweis: wer was wann tat').click();
    await auditor.getByRole('heading', { name: 'Nachweis zu einem Vorgang' }).waitFor();
    await auditor
      .locator('tbody tr')
      .first()
      .getByText(/^(Partnerschaft|Vereinbarung) (aktiviert|erfasst)$/)
      .first()
      .waitFor();
    expect(await faultsOf(auditor)).toEqual([]);
  }, 60_000);

  it('has no fault on a small dark screen in English', async () => {
    const page = await pages.signIn('August Revision', '/audit', { language: 'en', theme: 'dark', width: 320 });
    await page.locator('tbody tr').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  }, 60_000);
});
