import type { CDPSession, Page } from 'playwright-core';
import { gatewayUrl } from '../demo/environment';
import { PagesInBrowser } from '../e2e/pages-in-browser';

/** A bad line: 400 kbit/s, and 400 ms until an answer begins. */
const BAD_LINE = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400 };
/** Of the processor, for those who have no new one. */
const SLOWER = [1, 4];
const PAGES_MAX = 200;
const WHEELS = 10;
const WHEEL_PX = 600;

/** `npm run bench:web`: what the pages of a running `npm start` cost a person, in bytes on the wire and in seconds. */
async function main(): Promise<void> {
  const pages = await PagesInBrowser.start(gatewayUrl());
  try {
    const visitor = await pages.visit('/about/imprint');
    const line = await watch(visitor);
    await forget(line);
    print('first visit to the start page', await cost(visitor, line, () => visitor.goto('/')));
    print('second visit to the start page', await cost(visitor, line, () => visitor.goto('/')));
    await forget(line);
    await line.session.send('Network.emulateNetworkConditions', BAD_LINE);
    print('first visit on a bad line', await cost(visitor, line, () => visitor.goto('/')));

    const officer = await pages.signIn('Friedrich Prüfer', '/');
    const office = await watch(officer);
    await forget(office);
    await office.session.send('Network.emulateNetworkConditions', BAD_LINE);
    const list = () => officer.goto('/money/payouts').then(() => officer.locator('tbody tr').first().waitFor());
    print('a work list, signed in, with nothing kept, on a bad line', await cost(officer, office, list));
    print('the same list once more on a bad line', await cost(officer, office, list));
    await office.session.send('Network.emulateNetworkConditions', { ...BAD_LINE, downloadThroughput: -1, latency: 0 });
    for (const rate of SLOWER) {
      await office.session.send('Emulation.setCPUThrottlingRate', { rate });
      await officer.goto('/money/payouts');
      await officer.locator('tbody tr').first().waitFor();
      const { rows, pages: turned, longest } = await readWholeList(officer);
      print(
        `longest task on a processor slowed down to 1/${rate}`,
        `${longest} ms (${rows} payouts on ${turned} pages)`,
      );
    }
  } finally {
    await pages.close();
  }
}

interface Line {
  readonly session: CDPSession;
  bytes: number;
  requests: number;
}

async function watch(page: Page): Promise<Line> {
  const session = await page.context().newCDPSession(page);
  const line: Line = { session, bytes: 0, requests: 0 };
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    line.bytes += encodedDataLength;
    line.requests += 1;
  });
  return line;
}

/** As somebody who was never here. */
async function forget({ session }: Line): Promise<void> {
  await session.send('Storage.clearDataForOrigin', {
    origin: gatewayUrl(),
    storageTypes: 'service_workers,cache_storage',
  });
  await session.send('Network.clearBrowserCache');
}

async function cost(page: Page, line: Line, open: () => Promise<unknown>): Promise<string> {
  Object.assign(line, { bytes: 0, requests: 0 });
  const started = performance.now();
  await open();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const seconds = (performance.now() - started) / 1000;
  await page.waitForLoadState('networkidle');
  return `${seconds.toFixed(1)} s, ${(line.bytes / 1000).toFixed(1)} kB in ${line.requests} answers`;
}

/** A list comes in pages, whatever its length: what a person waits for is one page, scrolled and turned. */
async function readWholeList(page: Page): Promise<{ rows: number; pages: number; longest: number }> {
  await page.evaluate(`window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask' });`);
  const next = page.locator('nav.paging').getByRole('button', { name: 'Nächste Seite' });
  for (let pages = 1, rows = 0; ; pages++) {
    rows += await page.locator('tbody tr').count();
    for (let wheel = 0; wheel < WHEELS; wheel++) {
      await page.mouse.wheel(0, WHEEL_PX);
      await page.waitForTimeout(50);
    }
    if (pages === PAGES_MAX || (await next.count()) === 0)
      return { rows, pages, longest: await page.evaluate<number>('Math.round(window.longest)') };
    const first = await page.locator('tbody tr a').first().getAttribute('href');
    await next.click();
    await page.locator(`tbody tr:first-child a:not([href="${first}"])`).first().waitFor();
  }
}

function print(what: string, figures: string): void {
  console.log(`${what}: ${figures}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
