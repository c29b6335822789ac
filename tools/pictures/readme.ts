import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PagesInBrowser } from '../e2e/pages-in-browser';
import { openFirst, openPage } from './open';

// What a reader sees of a page at half its size; a PNG of that stays small.
const SIZE = { width: 1200, height: 820 };

/** The two pictures of the README: what becomes of a fund's money, and the people that one payment passes. */
export async function picturesOfReadme(pages: PagesInBrowser, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const fund = await pages.signIn('Berta Haushalt', '/', { language: 'en' });
  await take(fund, '/funds/:first', join(folder, 'fund.png'));
  const payout = await pages.signIn('Olga Anordnung', '/', { language: 'en' });
  await take(payout, '/money/payouts/:first', join(folder, 'payout.png'));
}

async function take(page: Page, path: string, file: string): Promise<void> {
  await page.setViewportSize(SIZE);
  const address = await openFirst(page, path);
  if (address === undefined) throw new Error(`${path} has nothing to show; wait until the demo's story is told.`);
  await openPage(page, address);
  await page.screenshot({ path: file });
  console.log(file);
}
