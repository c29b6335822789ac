import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { PartnershipView, ProjectView } from '#contracts/partnership';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let path: string;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
}, 120_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const TITLE = 'Kompost für Moshi';

describe('a bankable project', () => {
  it('begins as the idea of a partner town, which is kept while it is written', async () => {
    const page = await pages.signIn('Mosi Kibo (Moshi)', '/projects/new');
    await page.getByRole('combobox', { name: 'Partnerschaft suchen' }).fill('Moshi');
    await page.getByRole('option', { name: /Moshi/ }).first().click();
    await page.getByLabel('Kommune, die das Projekt trägt').selectOption({ label: 'Moshi' });
    await page.getByLabel('Titel', { exact: true }).fill(TITLE);
    await page.getByLabel('Kurzbeschreibung').fill('Aus Marktabfällen wird Kompost.');
    await page.getByLabel('Sektor').selectOption({ label: 'Abfall' });
    await page.getByLabel('Investition').fill('2.400.000');
    await page.getByText(/^In diesem Browser gesichert/).waitFor();
    await page.reload();
    await page.getByLabel('Titel', { exact: true }).waitFor();
    expect(await page.getByLabel('Titel', { exact: true }).inputValue()).toBe(TITLE);
    await page.getByRole('button', { name: 'Idee erfassen' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    path = new URL(page.url()).pathname;
    await page.getByText('2 nötige Punkte fehlen.').waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);

  it('is refused at its gate as long as something is missing, and reviewed once it is there', async () => {
    const page = await pages.signIn('Mosi Kibo (Moshi)', path);
    await act(page, 'Nachweis erfassen', 'Der Nachweis ist erfasst.', async (dialog) => {
      await choose(dialog, 'Wofür', 'Verantwortliche Stelle in der Partnerkommune ist benannt');
      await dialog.getByLabel('Bezeichnung').fill('Schreiben der Umweltabteilung');
      await dialog
        .getByLabel('Dokument')
        .setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('letter') });
      await dialog.getByText(/^SHA-256/).waitFor();
    });
    await page.getByText('Ein nötiger Punkt fehlt.').waitFor();
    await page.getByRole('button', { name: 'Prüfung beantragen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Prüfung beantragen' }).click();
    await page.getByRole('dialog').locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await page.keyboard.press('Escape');
    await act(page, 'Nachweis erfassen', 'Der Nachweis ist erfasst.', async (dialog) => {
      await choose(dialog, 'Wofür', 'Bezug zu einem kommunalen Plan oder zum nationalen Klimabeitrag (NDC)');
      await dialog.getByLabel('Bezeichnung').fill('Abfallplan 2026');
      await dialog.getByLabel('Fundstelle').fill('Ratsbeschluss 12/2026');
    });
    await page.getByText('Alles Nötige liegt vor.').waitFor();
    await act(page, 'Prüfung beantragen', 'Das Tor wird geprüft.');
    await page.close();
  }, 60_000);

  it('is decided on by somebody else, by keyboard alone', async () => {
    const page = await pages.signIn('Paula Programm', path);
    await tabTo(page, page.getByRole('button', { name: 'Über das Tor entscheiden' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('Zustimmen', { exact: true }));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, dialog.getByLabel('Auflagen, oder was noch zu tun ist'));
    await page.keyboard.type('Eine Vertretung benennen.');
    await tabTo(page, dialog.getByRole('button', { name: 'Über das Tor entscheiden' }));
    await page.keyboard.press('Enter');
    await page.getByText('Die Entscheidung ist festgehalten.').waitFor();
    await page.getByText('Auflage eines früheren Tors').waitFor();
    await page.getByText(/^Konzept seit/).waitFor();
    await page.close();
  }, 60_000);

  it('finds its money, which is proved when it is signed', async () => {
    const page = await pages.signIn('Anton Adler', path);
    await act(page, 'Geldgeber ergänzen', 'Der Geldgeber ist ergänzt.', async (dialog) => {
      await choose(dialog, 'Art', 'Darlehen');
      await dialog.getByLabel('Geldgeber', { exact: true }).fill('Entwicklungsbank');
      await dialog.getByLabel('Betrag').fill('1.000.000');
      await choose(dialog, 'Stand', 'im Gespräch');
    });
    await act(page, 'Stand eines Geldgebers ändern', 'Der Stand ist geändert.', async (dialog) => {
      await choose(dialog, 'Welcher Geldgeber', 'Entwicklungsbank (Darlehen)');
      await choose(dialog, 'Stand', 'unterzeichnet');
      await dialog.getByLabel('Unterzeichnet am').fill('2.11.2026');
      await dialog
        .getByLabel('Vereinbarung')
        .setInputFiles({ name: 'loan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('loan') });
      await dialog.getByText(/^SHA-256/).waitFor();
    });
    await page.getByText('1.400.000,00').first().waitFor();
    await page.getByRole('link', { name: 'Reife bewerten' }).click();
    await page.getByRole('button', { name: 'Bewertung festhalten' }).waitFor();
    for (const scores of await page.getByRole('radio', { name: '3' }).all()) await scores.check();
    for (const reason of await page.getByLabel('Woran man es sieht').all()) await reason.fill('Gesehen');
    await expectGood(page);
    await page.getByRole('button', { name: 'Bewertung festhalten' }).click();
    await page.getByText('Die Bewertung ist festgehalten.').waitFor();
    await page.getByText('3,00').first().waitFor();
    await page.close();
  }, 60_000);

  it('is found by its number and its title, and rests', async () => {
    const page = await pages.signIn('Paula Programm', '/search?q=Kompost');
    await page.getByRole('link', { name: TITLE }).click();
    await act(page, 'Ruhen lassen', 'Das Projekt ruht.', (dialog) => dialog.getByLabel('Begründung').fill('Wahlen'));
    await act(page, 'Weiterführen', 'Das Projekt geht weiter.');
    await page.getByRole('link', { name: 'Ändern' }).click();
    await page.getByLabel('Genauigkeit der Schätzung in Prozent').fill('30');
    await page.getByRole('button', { name: 'Änderungen speichern' }).click();
    await page.getByText('Das Projekt ist geändert.').waitFor();
    await page.getByText('auf 30 % genau').waitFor();
    await page.close();
  }, 60_000);
});

describe('a project that came of an assignment', () => {
  it('leads to it, and says why there is no leverage yet', async () => {
    const { issuer, url } = stack;
    const api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
    const adviser = user('adviser');
    const [partnership] = (await api.get<{ items: PartnershipView[] }>(adviser, '/partnerships?limit=1&q=Moshi')).items;
    const owner = partnership?.participants.find(({ side }) => side === 'PARTNER');
    const assignmentId = randomUUID();
    const { id } = await api.post<ProjectView>(adviser, '/projects', {
      ...{ partnershipId: partnership?.id, ownerMunicipalityId: owner?.municipalityId, title: 'Biogas für Moshi' },
      ...{ summary: 'Aus Abfällen wird Gas.', sector: 'ENERGY', origin: { kind: 'ASSIGNMENT', id: assignmentId } },
    });
    const page = await pages.signIn('Paula Programm', `/projects/${id}`);
    const link = page.getByRole('link', { name: 'einem Einsatz' });
    expect(await link.getAttribute('href')).toBe(`/assignments/${assignmentId}`);
    await page.getByRole('heading', { level: 2, name: 'Hebel' }).waitFor();
    await page.getByText('Für den Einsatz ist noch kein Geld gebunden.').waitFor({ state: 'attached' });
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe.each(LOOKS_OF_WALKS)('the pages of projects in $language, $theme, $width pixels wide', (looks) => {
  it('are accessible', async () => {
    const page = await pages.signIn('Anton Adler', '/projects', looks);
    await page.locator('meter').first().waitFor();
    for (const address of ['/projects', '/projects/new', path, `${path}/edit`, `${path}/score`]) {
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

async function act(
  page: Page,
  label: string,
  said: string,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<unknown> = async () => undefined,
): Promise<void> {
  await page.getByRole('button', { name: label }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await fill(dialog);
  await dialog.getByRole('button', { name: label }).click();
  await page.getByText(said).waitFor();
}

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

/** A few choices stand side by side, more in a list. */
async function choose(dialog: ReturnType<Page['getByRole']>, label: string, choice: string): Promise<void> {
  const radio = dialog.getByRole('radio', { name: choice });
  if (await radio.count()) await radio.check();
  else await dialog.getByRole('combobox', { name: new RegExp(`^${label}`) }).selectOption({ label: choice });
}
