import type { Page } from 'playwright-core';
import { FIRST } from './pages';

const WAIT_MS = 30_000;
/** What is asked for once the first answers are there: names above all. */
const REST_MS = 500;

/** Opens a page and waits until it has its title, its data and its font. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: WAIT_MS });
  await page.locator('body:not(:has(.skeleton))').waitFor({ timeout: WAIT_MS });
  await page.waitForTimeout(REST_MS);
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** The address of a page; that of an object follows the first link of its list, and is not there where the list is empty. */
export async function openFirst(page: Page, path: string): Promise<string | undefined> {
  const [list = '', rest] = path.split(`/${FIRST}`);
  if (rest === undefined) return path;
  await openPage(page, list);
  const address = await page.evaluate<string | null>(`(${FIRST_LINK})(${JSON.stringify(`${list.split('?')[0]}/`)})`);
  return address === null ? undefined : `${address}${rest}`;
}

// An id tells an object's page from a form's.
const FIRST_LINK = `(prefix) => {
  const addresses = [...document.querySelectorAll('main a')].map((link) => new URL(link.href).pathname);
  return addresses.find((path) => path.startsWith(prefix) && /[0-9a-f]{8}-[0-9a-f]{4}-/.test(path)) ?? null;
}`;
