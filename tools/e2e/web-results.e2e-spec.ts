import type { Page } from 'playwright-core';
import { act, choose } from './fill-in';
import { faultsOf, LOOKS, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let path: string;
let report: string;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 120_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

interface Published {
  readonly partnerships: readonly unknown[];
  readonly results: readonly {
    readonly indicators: readonly {
      readonly standard: string;
      readonly periods: readonly { readonly actual: { readonly number: string } | null }[];
    }[];
  }[];
}

const TITLE = 'Haushalte trennen ihren Abfall';

describe('a result', () => {
  it('is recorded by a partner town with how it is measured and what was observed', async () => {
    const page = await pages.signIn('Mosi Kibo (Moshi)', '/results/new');
    await choose(page, 'Art', 'Direkte Wirkung');
    await page.getByLabel('Titel (Deutsch)').fill(TITLE);
    await page.getByLabel('Beschreibung').fill('Drei Bezirke sammeln getrennt.');
    await page.getByRole('combobox', { name: 'Partnerschaft suchen' }).fill('Moshi');
    await page.getByRole('option', { name: /Moshi/ }).first().click();
    await page.getByRole('button', { name: 'Ergebnis erfassen' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    path = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'Indikator ergänzen' }).click();
    await choose(page, 'Indikator des Programms', 'Erreichte Menschen', false);
    await page.getByLabel('Titel (Deutsch)').fill('Erreichte Menschen');
    await page.getByLabel('Geschlecht', { exact: true }).check();
    await page.getByLabel('Geschlecht: Muss den Wert ergeben').check();
    await page.getByRole('button', { name: 'SDG-Unterziel ergänzen' }).click();
    await choose(page, 'SDG-Unterziel', /^11\.6/);
    await expectGood(page);
    await page.getByRole('button', { name: 'Indikator ergänzen', exact: true }).click();
    await page.getByText('Der Indikator ist ergänzt.').waitFor();
    await page.getByRole('heading', { level: 2, name: 'Erreichte Menschen' }).waitFor();
    await act(page, 'Zeitraum ergänzen', 'Der Zeitraum ist ergänzt.', async (dialog) => {
      await dialog.getByLabel('Erster Tag').fill('1.1.2025');
      await dialog.getByLabel('Letzter Tag').fill('31.12.2025');
    });
    await page.getByRole('link', { name: 'Wert erfassen' }).click();
    await page.getByLabel('Wert (Personen)').fill('1.000,5');
    await page.getByLabel('Frauen und Mädchen').fill('600');
    await page.getByLabel('Männer und Jungen').fill('300');
    await page.getByLabel('Quelle').fill('Zählung der Stadt');
    await page.getByRole('button', { name: 'Wert erfassen' }).click();
    // What the server refuses stands at the form, and nothing that was typed is lost.
    await page.locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await page.getByLabel('Männer und Jungen').fill('400,5');
    await page.getByRole('button', { name: 'Wert erfassen' }).click();
    await page.getByText('Der Wert ist erfasst.').waitFor();
    await page.getByText('1.000,5 Personen').first().waitFor();
    await expectGood(page);
    await page.close();
  }, 90_000);

  it('has its period locked by somebody else, by keyboard alone, and is corrected with the reason', async () => {
    const page = await pages.signIn('Paula Programm', path);
    await tabTo(page, page.getByRole('button', { name: 'Zeitraum abschließen' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('2025', { exact: true }));
    await page.keyboard.press('Space');
    await tabTo(page, dialog.getByRole('button', { name: 'Zeitraum abschließen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Der Zeitraum ist abgeschlossen.').waitFor();
    await page.getByRole('link', { name: 'Abgeschlossenen Wert berichtigen' }).click();
    await page.getByLabel('Wert (Personen)').fill('1200');
    await page.getByLabel('Quelle').fill('Zweite Zählung');
    await page.getByLabel('Begründung der Berichtigung').fill('Ein Bezirk fehlte.');
    await expectGood(page);
    await page.getByRole('button', { name: 'Abgeschlossenen Wert berichtigen' }).click();
    await page.getByText('Der Wert ist berichtigt.').waitFor();
    await page.locator('summary', { hasText: 'Alle Fassungen der Werte' }).click();
    await page.getByText('Ein Bezirk fehlte.').waitFor();
    await page.getByText('1.000,5 Personen').first().waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);

  it('counts in a total, which opens to what it is made of', async () => {
    const page = await pages.signIn('Paula Programm', '/results/totals?by=SDG_GOAL');
    await page
      .getByRole('link', { name: /Indikator/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /Woraus die Summe besteht/ }).waitFor();
    await page.getByRole('link', { name: TITLE }).first().waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);

  it('is published by whoever may, with a report of the edition', async () => {
    const page = await pages.signIn('Paula Programm', '/results');
    await page.getByRole('link', { name: 'Veröffentlichungen' }).click();
    await page.getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
    await expectGood(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Jetzt veröffentlichen' }).click();
    await page.getByText('Die Ausgabe ist erstellt.').waitFor();
    await page.getByRole('heading', { level: 1, name: /^Ausgabe \d+$/ }).waitFor();
    await page.getByText('Veröffentlicht', { exact: true }).first().waitFor();
    await page.getByRole('heading', { level: 2, name: 'Was die Prüfung fand' }).waitFor();
    report = new URL(page.url()).pathname;
    await expectGood(page);
    await page.close();
  }, 60_000);

  it('stands on public pages without script, each small, accessible and recomputed from the published file', async () => {
    const page = await pages.visit('/public', { ...LOOKS[1], language: 'fr', hasScripts: false });
    const file = await page.request.get('/v1/published-files/portfolio.json');
    const { results, partnerships } = (await file.json()) as Published;
    const reached = results.flatMap(({ indicators }) =>
      indicators.filter(({ standard }) => standard === 'PEOPLE_REACHED'),
    );
    const sum = reached.reduce(
      (all, { periods }) => all + Number(periods.findLast(({ actual }) => actual)?.actual?.number ?? 0),
      0,
    );
    expect(sum).toBeGreaterThanOrEqual(1200);
    const row = page.getByRole('row').filter({ hasText: 'Personnes atteintes' }).first();
    expect((await row.getByRole('cell').last().innerText()).replaceAll(/\D/g, '')).toBe(String(sum));
    expect(JSON.stringify(results)).not.toContain(TITLE);

    const linked = await page.locator('main a[href^="/public/"]').all();
    const links = await Promise.all(linked.map((link) => link.getAttribute('href')));
    expect(partnerships.length).toBeGreaterThan(0);
    const oneOfEach = ['/public/partnerships/', '/public/countries/', '/public/goals/'].flatMap(
      (start) => links.find((link) => link?.startsWith(start)) ?? [],
    );
    expect(oneOfEach).toHaveLength(3);
    // Without scripts axe itself does not run: it looks at the same pages in a browser that would carry them out.
    const looking = await pages.visit('/public?lang=de', LOOKS[1]);
    for (const address of ['/public?lang=de', ...oneOfEach, '/public/partnerships/KP-0']) {
      const answer = await looking.goto(address);
      expect((await answer?.body())?.length).toBeLessThan(60_000);
      expect(await looking.locator('script').count()).toBe(0);
      await expectGood(looking);
    }
    await looking.close();
    await page.close();
  }, 60_000);

  it('is changed, shared and withdrawn', async () => {
    const page = await pages.signIn('Paula Programm', path);
    await page.getByRole('link', { name: 'Herkunft ändern' }).click();
    await page.getByRole('button', { name: 'Änderungen speichern' }).click();
    await page.getByText('Die Änderungen sind gespeichert.').waitFor();
    await page.getByRole('link', { name: 'Ändern', exact: true }).click();
    await page.getByLabel('Titel (Englisch)').fill('Households separate their waste');
    await page.getByRole('button', { name: 'Änderungen speichern' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await page.getByRole('link', { name: /^Indikator ändern/ }).click();
    await page.getByLabel('Titel (Deutsch)').fill('Menschen mit getrennter Sammlung');
    await page.getByRole('button', { name: 'Änderungen speichern' }).click();
    await page.getByRole('heading', { level: 2, name: 'Menschen mit getrennter Sammlung' }).waitFor();
    await act(page, 'Ergebnis zurückziehen', 'Das Ergebnis ist zurückgezogen.', (dialog) =>
      dialog.getByLabel('Begründung').fill('Doppelt erfasst'),
    );
    await page.getByText('Doppelt erfasst').waitFor();
    await page.close();
  }, 60_000);
});

describe.each(LOOKS_OF_WALKS)('the pages of results in $language, $theme, $width pixels wide', (looks) => {
  it('are accessible', async () => {
    const page = await pages.signIn('Anton Adler', '/results', looks);
    const below = ['', '/edit', '/origins', '/figure', '/correction', '/indicator'].map((end) => `${path}${end}`);
    for (const address of [
      '/results',
      '/results/new',
      '/results/totals',
      '/results/totals/leaves',
      '/publications',
      report,
      ...below,
    ]) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await expectGood(page);
    }
  }, 90_000);
});

describe('the browser', () => {
  it('complained about nothing', () => {
    expect(pages.complaints).toEqual([]);
  });
});

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}
