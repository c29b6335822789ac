import type { Page } from 'playwright-core';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, storedIn, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 240_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}

describe.each(LOOKS_OF_WALKS)('the pages in $language, $theme, $width pixels wide', (looks) => {
  it('are accessible for whoever is not signed in', async () => {
    const page = await pages.visit('/', looks);
    for (const path of ['/', '/about/accessibility', '/partnerships', '/nothing/here']) {
      await open(page, path);
      await expectGood(page);
    }
    await page.close();
  }, 120_000);

  it('are accessible for an adviser: tasks, lists, a partnership, forms and their faults', async () => {
    const page = await pages.signIn('Anton Adler', '/', looks);
    for (const path of ['/', '/partnerships', '/requests/new', '/assignments']) {
      await open(page, path);
      await expectGood(page);
    }
    await open(page, '/partnerships/new');
    await page.locator('main form button[type=submit]').click();
    await page.locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await open(page, '/partnerships');
    await page.locator('tbody a').first().click();
    await page.locator('details.rule').first().waitFor();
    for (const rule of await page.locator('details.rule > summary').all()) await rule.click();
    await expectGood(page);
    await page.close();
  }, 180_000);
});

describe('a partnership', () => {
  it('is recorded by keyboard alone, from the register search to the active partnership', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships/new');
    await tabTo(page, page.getByRole('combobox', { name: 'Deutsche Kommune suchen' }));
    await page.keyboard.type('Freibrg im Breisgau');
    await page.locator('.combobox__option', { hasText: 'Freiburg im Breisgau' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Freiburg im Breisgau.* entfernen$/ }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Neue Partnerkommune erfassen' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await page.keyboard.type('Akim Oda, Ghana');
    await page.locator('.combobox__option', { hasText: 'Akim Oda' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByLabel('Stadt', { exact: true }));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Akim Oda ist erfasst.').waitFor();

    await tabTo(page, page.getByLabel('Partnerschaft', { exact: true }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByLabel('Englisch'));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByLabel('Beginn'));
    await page.keyboard.type('1.5.2015');
    await tabTo(page, page.getByLabel('Handlungsfeld', { exact: true }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Partnerschaft erfassen' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Freiburg im Breisgau – Akim Oda' }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Vereinbarung erfassen' }));
    await page.keyboard.press('Enter');
    await page.keyboard.type('Partnerschaftsurkunde');
    await tabTo(page, dialog.getByLabel('Unterzeichnet am'));
    await page.keyboard.type('1.5.2015');
    // The file chooser is the system's.
    await dialog
      .getByLabel('Unterzeichnetes Dokument')
      .setInputFiles({ name: 'urkunde.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 signed') });
    await dialog.getByText('Übernommen: urkunde.pdf').waitFor();
    await tabTo(page, dialog.getByRole('button', { name: 'Vereinbarung erfassen' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Vereinbarung ist erfasst.').waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Aktiv setzen' }));
    await page.keyboard.press('Enter');
    await page.keyboard.type('1.1.2030');
    await page.keyboard.press('Enter');
    await dialog.getByText('liegt in der Zukunft').waitFor();
    await expectGood(page);
    await tabTo(page, dialog.getByLabel('Ab welchem Tag'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2.5.2015');
    await page.keyboard.press('Enter');
    await page.getByText('Die Partnerschaft ist aktiv.').waitFor();
    await page.getByText('Diese Partnerschaft darf eine Fachkraft beantragen.').waitFor();
    await page.close();
  }, 120_000);
});

describe('a joint request', () => {
  it('is written by both towns, signed, checked, assessed and selected by the people it needs', async () => {
    const bremen = await pages.signIn('Bernd Weser', '/requests/new');
    await bremen.getByRole('combobox', { name: 'Partnerschaft suchen' }).fill('Bremen');
    await bremen.locator('.combobox__option').first().click();
    await bremen.getByLabel('Kurze Bezeichnung').fill('Küstenschutz');
    await bremen.getByText(/^In diesem Browser gesichert/).waitFor();
    // What was typed is still there after the window was loaded again.
    await bremen.reload();
    await bremen.getByLabel('Einsatzort').locator('option', { hasText: 'Durban' }).waitFor({ state: 'attached' });
    await bremen.getByLabel('Einsatzort').selectOption({ index: 1 });
    for (const label of ['Ausgangslage', 'Ziel', 'Aufgaben der Fachkraft'])
      await bremen.getByLabel(label, { exact: true }).fill(`${label} der Küste`);
    await bremen.getByLabel('Handlungsfeld', { exact: true }).selectOption({ index: 3 });
    await bremen.getByLabel('Gewünschter Beginn').fill('1.1.2027');
    await bremen.getByLabel('Gewünschter letzter Tag').fill('31.12.2028');
    await bremen.getByRole('button', { name: 'Entwurf anlegen' }).click();
    await bremen.getByRole('heading', { level: 1, name: 'Küstenschutz' }).waitFor();
    const path = new URL(bremen.url()).pathname;

    // Two towns in one form: each saves by itself, and what the other one wrote is taken over.
    const durban = await pages.signIn('Thandi Umgeni', `${path}/edit`, { language: 'en' });
    await bremen.getByRole('link', { name: 'Bearbeiten' }).click();
    await durban.getByLabel('Goal', { exact: true }).fill('Goal of Durban');
    await durban.getByText(/^Draft saved/).waitFor();
    await bremen.getByLabel('Aufgaben der Fachkraft').fill('Messen und lehren');
    await bremen.getByText(/^Entwurf gespeichert/).waitFor();
    expect(await bremen.getByLabel('Ziel', { exact: true }).inputValue()).toBe('Goal of Durban');

    await bremen.goto(path);
    await bremen.getByText('Messen und lehren').waitFor();
    await act(bremen, 'Unterschreiben', 'Sie haben unterschrieben.');
    await durban.goto(path);
    await act(durban, 'Sign', 'You have signed.');
    await bremen.goto(path);
    await act(bremen, 'Einreichen', 'ist eingereicht.');
    const checker = await pages.signIn('Peter Programm', path);
    await act(checker, 'Formal prüfen', 'Prüfung ist festgehalten.', 'Vollständig, weiter zur Bewertung');
    await assess('Ada Zweitgutachten', path, '3');
    await assess('Anton Adler', path, '2');
    const officer = await pages.signIn('Paula Programm', path);
    await officer.getByText('Mittel aller Bewertungen 2,50').waitFor();
    await officer.getByRole('button', { name: 'Empfehlung aussprechen' }).click();
    await officer.getByRole('dialog').getByLabel('Weg').selectOption('DEVELOPMENT_WORKER');
    await officer.getByLabel('Empfohlen', { exact: true }).check();
    await officer.getByRole('dialog').getByRole('button', { name: 'Empfehlung aussprechen' }).click();
    await officer.getByText('Empfehlung ist festgehalten.').waitFor();
    await checker.goto(path);
    await act(checker, 'Entscheiden', 'Entscheidung ist festgehalten.', 'Auswählen');
    await checker.getByRole('link', { name: 'Einsatz planen' }).waitFor();
    await expectGood(officer);
  }, 240_000);
});

describe('on a small screen', () => {
  it('the navigation and the filters wait behind a button each, for the keyboard too', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships', { width: 360 });
    const navigation = page.getByRole('navigation', { name: 'Hauptnavigation' });
    const filter = page.getByLabel('Name einer Kommune');
    expect([await navigation.isVisible(), await filter.isVisible()]).toEqual([false, false]);

    const menu = page.getByRole('button', { name: 'Menü' });
    await tabTo(page, menu);
    await page.keyboard.press('Enter');
    await navigation.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await navigation.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await tabTo(page, navigation.getByRole('link', { name: 'Bedarf' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bedarf' }).waitFor();
    expect(await navigation.isVisible()).toBe(false);

    await page.getByRole('button', { name: 'Liste eingrenzen' }).click();
    await page.getByLabel('Stand').waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  }, 60_000);
});

describe('a page of what is not there', () => {
  it('has a title that says so', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships/0198c0de-0000-7000-8000-000000000000');
    await page.getByRole('heading', { level: 1, name: 'Das gibt es hier nicht' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('the browser', () => {
  it('holds no token that a script could read, and nothing was refused by the content security policy', async () => {
    const page = await pages.signIn('Anton Adler', '/partnerships');
    expect(await storedIn(page)).not.toMatch(/eyJ|token|session=/);
    expect(pages.complaints).toEqual([]);
  });
});

async function act(page: Page, label: string, done: string, choice?: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  if (choice !== undefined) await page.getByLabel(choice, { exact: true }).check();
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await page.getByText(done).waitFor();
}

async function assess(person: string, path: string, score: string): Promise<void> {
  const page = await pages.signIn(person, `${path}/assessment`);
  await page.getByRole('group').first().waitFor();
  for (const criterion of await page.getByRole('group').all())
    await criterion.getByLabel(score, { exact: true }).check();
  await page.getByRole('button', { name: 'Bewertung abgeben' }).click();
  await page.getByText('Ihre Bewertung ist abgegeben.').waitFor();
  await page.close();
}
