import { faultsOf, LOOKS, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

describe('the map of partnerships', () => {
  it.each(LOOKS)('is accessible and fits in $language, $theme, $width pixels', async (looks) => {
    const page = await pages.signIn('Paula Programm', '/partnerships/map', looks);
    await page.locator('.world__mark').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it('says what its table says, keeps the filter of the list, and opens a country by keyboard', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships?status=ACTIVE');
    await page.getByRole('link', { name: 'Karte' }).click();
    const mark = page.getByRole('link', { name: /^Tansania: \d+ Partnerschaft/ });
    await mark.waitFor();
    expect(page.url()).toContain('/partnerships/map?status=ACTIVE');
    const row = page.getByRole('row').filter({ hasText: 'Tansania' });
    const count = Number(await mark.locator('text').textContent());
    expect(Number(await row.getByRole('cell').textContent())).toBe(count);
    const marks = await page.locator('.world__mark:not(.world__mark--here)').count();
    expect(await page.locator('tbody tr').count()).toBe(marks);

    await tabTo(page, mark);
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Kommunen' }).waitFor();
    const { search, pathname } = new URL(page.url());
    expect([pathname, search]).toEqual(['/partnerships', '?status=ACTIVE&country=TZ']);
    expect(await page.locator('tbody tr').count()).toBe(count);
    expect(await page.getByLabel('Partnerland').inputValue()).toBe('TZ');
    await page.context().close();
  });

  it('fetches the shapes of countries only where a map is opened', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    const fetched: string[] = [];
    page.on('response', (response) => fetched.push(response.url()));
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(fetched.filter((url) => url.includes('world-map'))).toEqual([]);
    await page.getByRole('link', { name: 'Karte' }).click();
    await page.locator('.world__mark').first().waitFor();
    expect(fetched.filter((url) => url.includes('world-map'))).toHaveLength(1);
    await page.context().close();
    expect(pages.complaints).toEqual([]);
  });
});

describe('a partnership that changes', () => {
  let path = '';

  it('is changed with the reason, and shows what it said before', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships?q=Moshi');
    await page.locator('tbody tr a').first().click();
    await page.getByRole('link', { name: 'Ändern' }).click();
    path = new URL(page.url()).pathname;
    await page.getByRole('checkbox', { name: 'Französisch' }).check();
    await page.getByRole('button', { name: 'Änderung festhalten' }).click();
    await page.locator('.kern-alert--danger').waitFor();
    await page.getByLabel('Grund der Änderung').fill('Französisch kam mit der neuen Stelle dazu.');
    await page.getByRole('button', { name: 'Änderung festhalten' }).click();
    await page.getByText('Die Änderung ist festgehalten.').waitFor();
    const change = page.getByRole('row').filter({ hasText: 'Französisch kam mit der neuen Stelle dazu.' });
    expect(await change.locator('del').textContent()).not.toContain('Französisch');
    expect(await change.locator('ins').textContent()).toContain('Französisch');
    await page.getByRole('link', { name: 'Akte mit allem, was geschah' }).click();
    await page.getByText('Alle Bereiche sind auf dem neuesten Stand.').waitFor();
    const facts = page.getByRole('row').filter({ hasText: 'Partnerschaft geändert' });
    await facts.filter({ hasText: 'Französisch kam mit der neuen Stelle dazu.' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Vereinbarung unterzeichnet' }).first().waitFor();
    await page.context().close();
  });

  it.each(LOOKS_OF_WALKS)('has accessible pages in $language, $theme, $width pixels', async (looks) => {
    const page = await pages.signIn('Anton Adler', path, looks);
    for (const address of ['/edit', '', '/timeline'].map((part) => path.replace('/edit', part))) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect(await faultsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});
