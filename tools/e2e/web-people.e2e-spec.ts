import type { Page } from 'playwright-core';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
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

async function expectGood(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

describe.each(LOOKS_OF_WALKS)('experts, payees and reports in $language, $theme, $width pixels wide', (looks) => {
  it.each([
    ['Rita Rekrut', ['/experts', '/experts/new']],
    ['Friedrich Prüfer', ['/payees', '/payees/new']],
    ['Erika Fachmann', ['/experts', '/reports', '/payees']],
  ])(
    'are accessible for %s',
    async (person, paths) => {
      const page = await pages.signIn(person, '/', looks);
      for (const path of paths) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectGood(page);
      }
      await page.close();
    },
    120_000,
  );
});

describe('an expert', () => {
  it('is verified by keyboard alone', async () => {
    const page = await pages.signIn('Rita Rekrut', '/experts');
    const link = page.getByRole('link', { name: 'Erika Fachmann' });
    await link.waitFor();
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    const verify = page.getByRole('button', { name: 'Papier prüfen' });
    await verify.waitFor();
    await tabTo(page, verify);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expectGood(page);
    await tabTo(page, dialog.getByLabel('Geburtsdatum'));
    await page.keyboard.press('Space');
    await tabTo(page, dialog.getByLabel('Papier', { exact: true }));
    await page.keyboard.type('Geburtsurkunde');
    await tabTo(page, dialog.getByRole('button', { name: 'Papier prüfen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Der Nachweis ist festgehalten.').waitFor();
    await page.getByText('Geburtsurkunde').first().waitFor();
    await page.close();
  }, 120_000);
});
