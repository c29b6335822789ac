import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PagesInBrowser } from '../e2e/pages-in-browser';
import { openFirst, openPage } from './open';

// Read at half its size; a PNG of that stays small.
const WIDTH = 1200;

/** The two pictures of the README: what becomes of a fund's money, and the people that one payment passes. */
export async function picturesOfReadme(pages: PagesInBrowser, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const fund = await pages.signIn('Berta Haushalt', '/', { language: 'en' });
  const ofFund = { path: '/funds/:first', from: 'Budget year 2026', height: 900 };
  await take(fund, ofFund, join(folder, 'fund.png'));
  const payout = await pages.signIn('Olga Anordnung', '/', { language: 'en' });
  const ofPayout = { path: '/money/payouts/:first', from: 'Instalment', height: 1000 };
  await take(payout, ofPayout, join(folder, 'payout.png'));
}

interface Part {
  readonly path: string;
  /** The heading with which the picture begins. */
  readonly from: string;
  readonly height: number;
}

async function take(page: Page, { path, from, height }: Part, file: string): Promise<void> {
  await page.setViewportSize({ width: WIDTH, height });
  const address = await openFirst(page, path);
  if (address === undefined) throw new Error(`${path} has nothing to show; wait until the demo's story is told.`);
  await openPage(page, address);
  const heading = await page.getByRole('heading', { name: from }).first().boundingBox();
  const clip = { x: 0, y: Math.max(0, (heading?.y ?? 0) - 8), width: WIDTH, height };
  await page.screenshot({ path: file, fullPage: true, clip });
  console.log(file);
}
