import type { BrowserContext, Page } from 'playwright-core';
import type { ReportView } from '#contracts/staffing';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let api: ApiClient;

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  pages = await PagesInBrowser.start(stack.url);
  api = new ApiClient(stack.url, async (as) => (await requestDemoToken({ issuer: stack.issuer, ...as })).token);
  // Asked for after its reports are handed in.
  await eventually(
    async () => expect(await api.all(user('adviser'), '/expert-requests?status=SELECTED')).toHaveLength(4),
    90_000,
  );
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

/** The reports that the demo's expert has not begun. */
function drafts(): Promise<ReportView[]> {
  return api.all<ReportView>(user('expert'), '/reports?status=DRAFT');
}

async function report(index: number): Promise<{ id: string; version: number; now: () => Promise<ReportView> }> {
  const { id, version } = (await drafts())[index] ?? { id: '', version: 0 };
  return { id, version, now: () => api.get<ReportView>(user('expert'), `/reports/${id}`) };
}

/** The page for writing, once the browser keeps what it needs to open it again without a line. */
async function open(id: string): Promise<Page> {
  const page = await pages.signIn('Erika Fachmann', `/reports/${id}/write`, { isInstalled: true });
  await page.getByLabel('Meilensteine').waitFor();
  await page.evaluate(`new Promise((resolve) => {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller) resolve();
    else serviceWorker.addEventListener('controllerchange', () => resolve());
  })`);
  return page;
}

async function openAgain(context: BrowserContext, id: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/reports/${id}/write`);
  await page.getByLabel('Meilensteine').waitFor();
  return page;
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Meilensteine').fill(text);
  await page.getByText(/^In diesem Browser gesichert/).waitFor();
}

async function handIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Bericht einreichen' }).click();
}

it('a report written without a line survives the window, and arrives exactly once', async () => {
  const { id, version, now } = await report(0);
  const page = await open(id);
  const context = page.context();
  await context.setOffline(true);
  await page.getByText('Keine Verbindung').waitFor();
  await write(page, 'Drei Viertel der Haushalte trennen.');
  await page.close({ runBeforeUnload: false });

  const second = await openAgain(context, id);
  expect(await second.getByLabel('Meilensteine').inputValue()).toBe('Drei Viertel der Haushalte trennen.');
  expect(await faultsOf(second)).toEqual([]);
  await handIn(second);
  await second.getByText('Gespeichert. Es wird gesendet').waitFor();
  await second.close({ runBeforeUnload: false });
  expect(await now()).toMatchObject({ status: 'DRAFT', version });

  const third = await openAgain(context, id);
  await third.getByText('Ein Schreiben wartet auf die Verbindung').waitFor();
  await third.goto('/');
  await third.getByRole('row', { name: /Wartet auf die Verbindung/ }).waitFor();
  await context.setOffline(false);
  await third.getByText(/^Angekommen: /).waitFor();
  expect(await now()).toMatchObject({
    status: 'SUBMITTED',
    version: version + 1,
    sections: [{ section: 'MILESTONES', text: 'Drei Viertel der Haushalte trennen.' }],
  });
  await context.close();
}, 120_000);

it('of two versions of a report the second is shown part by part, and nothing is overwritten', async () => {
  const { id, now } = await report(0);
  const page = await open(id);
  await page.context().setOffline(true);
  await write(page, 'Fassung vom Feld');
  await handIn(page);
  await page.getByText('Gespeichert. Es wird gesendet').waitFor();

  const desk = await open(id);
  await write(desk, 'Fassung vom Schreibtisch');
  await handIn(desk);
  await desk.getByText('Der Bericht ist eingereicht.').waitFor();

  await page.context().setOffline(false);
  await page.getByText('Nicht angenommen').waitFor();
  await page.getByRole('row', { name: /Meilensteine.*Fassung vom Feld.*Fassung vom Schreibtisch/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Meine Fassung verwerfen' }).click();
  await page.getByText('Nicht angenommen').waitFor({ state: 'detached' });
  expect((await now()).sections).toEqual([{ section: 'MILESTONES', text: 'Fassung vom Schreibtisch' }]);
  await page.context().close();
  await desk.context().close();
}, 120_000);

it('a browser that somebody signed out of holds no draft that can be read, and the same person reads it again', async () => {
  const { id } = await report(0);
  const page = await open(id);
  await write(page, 'Nur für mich');
  // The first page leads back to what was begun.
  for (const looks of LOOKS_OF_WALKS) {
    await page.setViewportSize({ width: looks.width, height: 800 });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Mein Einsatz' }).waitFor();
    const row = page.getByRole('row', { name: /Begonnen/ });
    await row.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await row.getByRole('link').click();
    await page.getByLabel('Meilensteine').waitFor();
    expect(await page.getByLabel('Meilensteine').inputValue()).toBe('Nur für mich');
  }
  await page.setViewportSize({ width: 1440, height: 800 });
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByRole('link', { name: 'Anmelden' }).first().waitFor();
  const kept = await page.evaluate<string>(`(async () => {
    const db = await new Promise((resolve) => { const ask = indexedDB.open('vault'); ask.onsuccess = () => resolve(ask.result); });
    const all = (store) => new Promise((resolve) => { const ask = db.transaction(store).objectStore(store).getAll(); ask.onsuccess = () => resolve(ask.result); });
    const sealed = (await all('sealed')).map(({ bytes }) => new TextDecoder('latin1').decode(bytes));
    return JSON.stringify({ keys: (await all('keys')).length, sealed, more: [localStorage, sessionStorage] });
  })()`);
  expect(kept).toContain('"keys":0');
  expect(kept).not.toContain('Nur für mich');
  await page.goto(`/auth/sign-in?returnTo=${encodeURIComponent(`/reports/${id}/write`)}`);
  await page.getByRole('button', { name: 'Erika Fachmann' }).first().click();
  await page.getByLabel('Meilensteine').waitFor();
  expect(await page.getByLabel('Meilensteine').inputValue()).toBe('Nur für mich');
  expect(pages.complaints).toEqual([]);
}, 120_000);
