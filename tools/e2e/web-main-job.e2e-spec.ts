import type { Page } from 'playwright-core';
import { statementOf } from '../demo/bank';
import { beginOfToday } from '../demo/calendar';
import { demoList } from '../demo/sanctions';
import { PagesInBrowser } from './pages-in-browser';
import {
  act,
  type Answers,
  asked,
  dayShown,
  dayTyped,
  downloadedBy,
  idBehind,
  pathOf,
  PeopleAtWork,
  send,
  told,
} from './people-at-work';
import { type StackProcess, startStackProcess } from './stack-process';

/**
 * The main job as the people do it, in the browser and nowhere else: no call of the interface, no SQL. The bank alone is played:
 * it takes the payment file that the cashier downloads and answers with a statement that the cashier uploads.
 */
let stack: StackProcess;
let pages: PagesInBrowser;
let people: PeopleAtWork;
/** The payment file, as the cashier has it on the disk. */
let file = '';

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
  people = new PeopleAtWork(pages);
}, 240_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const NOW = beginOfToday();
/** The service began with the last month, so that its first month is due. */
const FIRST = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - 1, 1));
const LAST = new Date(Date.UTC(FIRST.getUTCFullYear() + 1, FIRST.getUTCMonth(), 0));
/** What was due when the money was bound fell due by itself; what follows by the end of the next month is taken over. */
const NEXT_MONTH_END = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() + 2, 0));
/** The last day after one more month. */
const LONGER = new Date(Date.UTC(LAST.getUTCFullYear(), LAST.getUTCMonth() + 2, 0));
const PREPARED = new Date(FIRST.getTime() - 14 * 86_400_000);
const EXPERT = { given: 'Mariam', family: 'Keller' };

/** What one page shows is needed on the next: the addresses of things, and who they are. */
const at = {
  partnership: '',
  german: '',
  partner: '',
  request: '',
  expert: '',
  fund: '',
  assignment: '',
  payout: '',
  run: '',
  report: '',
};

/** A step of the way; after one that failed the others fail at once. */
let isWhole = true;
function step(name: string, work: () => Promise<void> | void, milliseconds = 120_000): void {
  it(
    name,
    async () => {
      expect(isWhole).toBe(true);
      isWhole = false;
      await work();
      isWhole = true;
    },
    milliseconds,
  );
}

describe('the main job, through pages only', () => {
  step('begins with a partnership, from the register to the active one', async () => {
    await people.as('Anton Adler', '/partnerships/new', async (page) => {
      await page.getByRole('combobox', { name: 'Deutsche Kommune suchen' }).fill('Freiburg im Breisgau');
      await page.locator('.combobox__option', { hasText: 'Freiburg im Breisgau' }).first().click();
      await page.getByRole('button', { name: 'Neue Partnerkommune erfassen' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Amtlicher Name').fill('Akim Oda');
      await dialog.getByLabel('Land', { exact: true }).selectOption({ label: 'Ghana' });
      await dialog.getByLabel('Stadt', { exact: true }).check();
      await dialog.getByRole('button', { name: 'Neue Partnerkommune erfassen' }).click();
      await told(page, 'Akim Oda ist erfasst.');
      await page.getByLabel('Partnerschaft', { exact: true }).check();
      await page.getByLabel('Englisch').check();
      await page.getByLabel('Beginn').fill('1.5.2015');
      await page.getByLabel('Handlungsfeld', { exact: true }).selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Partnerschaft erfassen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Freiburg im Breisgau – Akim Oda' }).waitFor();
      at.partnership = pathOf(page);
      at.german = await idBehind(page, /^Freiburg im Breisgau/);
      at.partner = await idBehind(page, 'Akim Oda');

      await page.getByRole('button', { name: 'Vereinbarung erfassen' }).click();
      await dialog.getByLabel('Art').selectOption({ label: 'Partnerschaftsurkunde' });
      await dialog.getByLabel('Unterzeichnet am').fill('1.5.2015');
      const charter = { name: 'urkunde.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 signed') };
      await dialog.getByLabel('Unterzeichnetes Dokument').setInputFiles(charter);
      await dialog.getByText('Übernommen: urkunde.pdf').waitFor();
      await dialog.getByRole('button', { name: 'Vereinbarung erfassen' }).click();
      await told(page, 'Die Vereinbarung ist erfasst.');
      await act(page, 'Aktiv setzen', 'Die Partnerschaft ist aktiv.', { 'Ab welchem Tag': '2.5.2015' });
      await page.getByText('Diese Partnerschaft darf eine Fachkraft beantragen.').waitFor();
    });
  });

  step('goes on with the request of both towns, signed by both', async () => {
    await people.forTown('municipality-de', at.german, '/requests/new', async (page) => {
      await page.getByRole('combobox', { name: 'Partnerschaft suchen' }).fill('Freiburg');
      await page.locator('.combobox__option').first().click();
      await page.getByLabel('Kurze Bezeichnung').fill('Abfall trennen in Akim Oda');
      await page.getByLabel('Einsatzort').locator('option', { hasText: 'Akim Oda' }).waitFor({ state: 'attached' });
      await page.getByLabel('Einsatzort').selectOption({ label: 'Akim Oda' });
      for (const label of ['Ausgangslage', 'Ziel', 'Aufgaben der Fachkraft'])
        await page.getByLabel(label, { exact: true }).fill(`${label} der Abfallwirtschaft`);
      await page.getByLabel('Handlungsfeld', { exact: true }).selectOption({ index: 1 });
      await page.getByLabel('Gewünschter Beginn').fill(dayTyped(FIRST));
      await page.getByLabel('Gewünschter letzter Tag').fill(dayTyped(LAST));
      await page.getByRole('button', { name: 'Entwurf anlegen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Abfall trennen in Akim Oda' }).waitFor();
      at.request = pathOf(page);
      await act(page, 'Unterschreiben', 'Sie haben unterschrieben.');
    });
    await people.forTown('municipality-partner', at.partner, at.request, async (page) => {
      await act(page, 'Sign', 'You have signed.');
      await act(page, 'Submit', 'is submitted');
    });
  });

  step('is checked, assessed by two, recommended and selected', async () => {
    await people.as('Peter Programm', at.request, (page) =>
      act(page, 'Formal prüfen', 'Prüfung ist festgehalten.', { 'Vollständig, weiter zur Bewertung': true }),
    );
    await assess('Ada Zweitgutachten', '3');
    await assess('Anton Adler', '4');
    await people.as('Paula Programm', at.request, (page) =>
      act(page, 'Empfehlung aussprechen', 'Empfehlung ist festgehalten.', {
        Empfohlen: true,
        Weg: { label: 'Entwicklungshelfer*in' },
      }),
    );
    await people.as('Peter Programm', at.request, (page) =>
      act(page, 'Entscheiden', 'Entscheidung ist festgehalten.', { Auswählen: true }),
    );
  });

  step('takes in an expert', async () => {
    await people.as('Rita Rekrut', '/experts', async (page) => {
      await page.getByRole('link', { name: 'Fachkraft aufnehmen' }).click();
      await page.getByLabel('Vornamen').fill(EXPERT.given);
      await page.getByLabel('Familienname').fill(EXPERT.family);
      await page.getByLabel('Geburtsdatum').fill('12.5.1984');
      await page.getByLabel('E-Mail-Adresse').fill('mariam.keller@example.org');
      await page.getByLabel('Staatsangehörigkeiten').selectOption({ label: 'Deutschland' });
      await page.getByLabel('Wohnsitz').selectOption({ label: 'Deutschland' });
      await page.getByLabel('Sprache', { exact: true }).selectOption({ label: 'Englisch' });
      await page.getByLabel('Niveau').selectOption('C1');
      await page.getByLabel('Vorgelegtes Papier').selectOption({ label: 'Reisepass' });
      await page.getByRole('button', { name: 'In den Pool aufnehmen' }).click();
      await page.getByRole('heading', { level: 1, name: `${EXPERT.given} ${EXPERT.family}` }).waitFor();
      await page.getByText('Reisepass').first().waitFor();
      at.expert = pathOf(page).split('/').at(-1) ?? '';
    });
  });

  step('gets a fund with money released for both years', async () => {
    await people.as('Berta Haushalt', '/funds/new', async (page) => {
      await page.getByLabel('Name des Fonds').fill(FUND);
      await page.getByLabel('Kontoinhaber').fill('Landeskasse');
      await page.getByLabel('IBAN').fill('DE02500105170137075030');
      await page.getByLabel('BIC').fill('INGDDEFFXXX');
      await page.getByRole('button', { name: 'Fonds anlegen' }).click();
      await page.getByRole('heading', { level: 1, name: FUND }).waitFor();
      at.fund = pathOf(page);
      for (const year of new Set([FIRST.getUTCFullYear(), LONGER.getUTCFullYear()])) {
        await act(page, 'Haushaltsjahr öffnen', 'Das Haushaltsjahr ist offen.', {
          Haushaltsjahr: String(year),
          Plan: '90.000,00',
        });
        await act(page, 'Mittel freigeben', 'Die Mittel sind frei.', {
          [String(year)]: true,
          Betrag: '90.000,00',
        });
      }
    });
  });

  step('becomes an assignment: planned, accepted by the town, covered, prepared and begun', async () => {
    await people.as('Paula Programm', at.request, async (page) => {
      await page.getByRole('link', { name: 'Einsatz planen' }).click();
      await page.getByLabel('Fachkraft').selectOption({ label: `${EXPERT.family}, ${EXPERT.given}` });
      await page.getByLabel('Fonds').selectOption({ label: FUND });
      await page.getByText('Woraus sich die Summe ergibt').first().waitFor();
      await page.getByRole('button', { name: 'Einsatz planen' }).click();
      await told(page, 'Der Einsatz ist geplant.');
      await page.getByRole('heading', { level: 1, name: EXPERT.family }).waitFor();
      at.assignment = pathOf(page);
    });
    await people.forTown('municipality-partner', at.partner, at.assignment, (page) =>
      act(page, 'Decide on the person', 'The decision is recorded.', { Accept: true }),
    );
    await people.as('Paula Programm', at.assignment, async (page) => {
      await act(page, 'Bestätigen und Geld binden', 'Der Fonds hat geantwortet.');
      await page.getByText('Gebunden', { exact: true }).first().waitFor();
      await act(page, 'Vorbereitung beginnen', 'Die Vorbereitung läuft.', {
        'Beginn der Vorbereitung': dayTyped(PREPARED),
      });
      await act(page, 'Ausreise festhalten', 'Der Einsatz läuft.', { 'Tag der Ausreise': dayTyped(FIRST) });
    });
  });

  step('pays nobody before a list of sanctions is in force, and says so', async () => {
    await people.as('Kai Kasse', '/money/runs', async (page) => {
      await act(page, 'Zahllauf zusammenstellen', 'Es wurde noch keine Sanktionsliste eingelesen', theRun());
    });
    await people.as('Friedrich Prüfer', '/bank/hits', async (page) => {
      const list = { name: 'liste.xml', mimeType: 'application/xml', buffer: Buffer.from(demoList()) };
      await page.getByLabel('Sanktionsliste der EU').setInputFiles(list);
      await page.getByRole('button', { name: 'Einlesen', exact: true }).click();
      await told(page, 'Ausgabe Nr. 1 gilt');
    });
  });

  step('names who is paid', async () => {
    await people.as('Friedrich Prüfer', at.assignment, async (page) => {
      await page.getByRole('link', { name: 'Zahlungsempfänger anlegen' }).click();
      await page.getByLabel('Name, wie ihn die Bank kennt').fill(`${EXPERT.given} ${EXPERT.family}`);
      await page.getByLabel('Ort', { exact: true }).fill('Freiburg');
      await page.getByLabel('Land', { exact: true }).selectOption({ label: 'Deutschland' });
      await page.getByLabel('Kontoinhaber').fill(`${EXPERT.given} ${EXPERT.family}`);
      // A slip of one digit is found before anything is sent.
      await page.getByLabel('IBAN', { exact: true }).fill('DE89 3704 0044 0532 0130 01');
      await page.getByLabel('BIC').focus();
      await page.getByText('Die Prüfziffern passen nicht').first().waitFor();
      await page.getByLabel('IBAN', { exact: true }).fill('DE89 3704 0044 0532 0130 00');
      // The form is at rest before the pointer leaves the field for the button.
      await page.getByText('Die Prüfziffern passen nicht').first().waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Zahlungsempfänger anlegen' }).click();
      await told(page, 'Der Zahlungsempfänger ist angelegt.');
    });
  });

  step('lets fall due what is paid with the next month', async () => {
    await people.as('Friedrich Prüfer', at.fund, (page) =>
      act(page, 'Fällige Raten übernehmen', /(1 Rate ist|[1-9]\d* Raten sind) neu fällig, 0 gesperrt/, {
        'Fällig bis': dayTyped(NEXT_MONTH_END),
      }),
    );
  });

  step('is checked, ordered and sent to the bank by four people', async () => {
    await people.as('Paula Programm', at.assignment, async (page) => {
      await page.getByRole('link', { name: 'Zahlungen zu diesem Einsatz' }).click();
      await page.locator('tbody tr', { hasText: 'Fällig' }).locator('th a').first().click();
      await page.getByRole('button', { name: 'Sachlich richtig' }).waitFor();
      at.payout = pathOf(page);
      await act(page, 'Sachlich richtig', 'Als sachlich richtig bestätigt.');
    });
    await people.as('Frieda Gegenprüfung', at.payout, (page) =>
      act(page, 'Rechnerisch richtig', 'Als rechnerisch richtig bestätigt.'),
    );
    await people.as('Olga Anordnung', at.payout, (page) =>
      act(page, 'Zur Zahlung anordnen', 'Zur Zahlung angeordnet.'),
    );
    await people.as('Kai Kasse', '/money/runs', async (page) => {
      await act(page, 'Zahllauf zusammenstellen', 'Der Zahllauf steht', theRun());
      await page.getByRole('link', { name: 'Bankdatei herunterladen' }).waitFor();
      at.run = pathOf(page);
      file = await downloadedBy(page, () => page.getByRole('link', { name: 'Bankdatei herunterladen' }).click());
      await act(page, 'Übergabe an die Bank festhalten', 'Der Zahllauf ist bei der Bank.');
    });
  });

  step('is booked as the bank says and reconciled', async () => {
    const iban = /<DbtrAcct>\s*<Id>\s*<IBAN>(\w+)/.exec(file)?.[1] ?? '';
    const day = NOW.toISOString().slice(0, 10);
    const statement = Buffer.from(statementOf(file, { id: 'S-1', iban, bookedOn: day }));
    await people.as('Kai Kasse', '/bank/messages', async (page) => {
      await page
        .getByLabel('Dateien der Bank')
        .setInputFiles({ name: 'camt053.xml', mimeType: 'application/xml', buffer: statement });
      await page.getByRole('button', { name: 'Einlesen', exact: true }).click();
      await page.getByText('Alles zugeordnet').first().waitFor();
      await page.goto(at.run);
      await page.getByText('Gebucht', { exact: true }).first().waitFor();
      await page.goto('/bank/reconciliation');
      await page.getByRole('link', { name: FUND }).click();
      await page.getByText('Auszahlungen, Journal und Bank stimmen überein').waitFor();
    });
    await people.as('Paula Programm', at.payout, (page) =>
      page.getByText('Gebucht', { exact: true }).first().waitFor(),
    );
  });

  step('shows the money of an extension before it is asked for, and extends when the fund covers it', async () => {
    await people.as('Paula Programm', at.assignment, async (page) => {
      const answers = { 'Neuer letzter Tag': dayTyped(LONGER) };
      const dialog = await asked(page, 'Verlängern', answers);
      await dialog.getByText('Der Fonds hat das Geld dafür').waitFor();
      const sums = await dialog
        .getByRole('row', { name: /^Summe/ })
        .first()
        .getByRole('cell')
        .allInnerTexts();
      const [before = 0, after = 0] = sums.map((sum) => Number(sum.replace(/[^\d,]/g, '').replace(',', '.')));
      expect(before).toBeGreaterThan(0);
      expect(after).toBeGreaterThan(before);
      await send(page, 'Verlängern', 'Die Verlängerung ist beim Fonds angefragt.');
      await told(page, `bis ${dayShown(LONGER)}`);
    });
  });

  step(
    'has a report written, commented and returned, written again, commented by both towns and accepted',
    async () => {
      await people.expert(at.expert, at.assignment, async (page) => {
        await page.getByRole('link', { name: '1. Startbericht' }).click();
        await page.getByRole('heading', { level: 1, name: 'Startbericht' }).waitFor();
        at.report = pathOf(page);
        await write(page, 'Meilensteine', 'Der Hof ist vermessen.');
      });
      await people.forTown('municipality-partner', at.partner, at.report, (page) =>
        act(page, 'Comment', 'Your comment is recorded.', { 'Comment of your municipality': 'Which yard?' }),
      );
      await people.as('Paula Programm', at.report, (page) =>
        act(page, 'Zurückgeben', 'Der Bericht ist zurückgegeben.', { 'Was fehlt': 'Bitte den Hof nennen.' }),
      );
      await people.expert(at.expert, at.report, async (page) => {
        await page.getByText('Bitte den Hof nennen.').waitFor();
        await page.getByText('Which yard?').waitFor();
        await write(page, 'Meilensteine', 'Der Hof in der Hafenstraße ist vermessen.');
      });
      await people.forTown('municipality-partner', at.partner, at.report, (page) =>
        act(page, 'Comment', 'Your comment is recorded.', { 'Comment of your municipality': 'Now it is clear.' }),
      );
      await people.forTown('municipality-de', at.german, at.report, (page) =>
        act(page, 'Kommentieren', 'Ihr Kommentar ist festgehalten.', { 'Kommentar Ihrer Kommune': 'Gut.' }),
      );
      await people.as('Paula Programm', at.report, async (page) => {
        await page.getByText('Der Hof in der Hafenstraße ist vermessen.').waitFor();
        await act(page, 'Annehmen', 'Der Bericht ist angenommen.');
        await page.getByText('Angenommen', { exact: true }).first().waitFor();
        expect(await page.getByRole('button', { name: 'Zurückgeben' }).count()).toBe(0);
      });
    },
  );

  step('kept no token in any browser, and nothing was refused by the content security policy', () => {
    expect(people.stored.length).toBeGreaterThan(10);
    for (const kept of people.stored) expect(kept).not.toMatch(/eyJ|token|session=/);
    expect(pages.complaints).toEqual([]);
  });
});

const FUND = 'Fachkräftefonds der Kommunen';

async function write(page: Page, section: string, text: string): Promise<void> {
  await page.getByRole('link', { name: 'Bericht schreiben' }).click();
  await page.getByLabel(section).fill(text);
  await page.getByRole('button', { name: 'Bericht einreichen' }).click();
  await told(page, 'Der Bericht ist eingereicht.');
}

function theRun(): Answers {
  return { Fonds: { label: FUND }, SEPA: true, 'Ausführung am': dayTyped(NOW) };
}

async function assess(person: string, score: string): Promise<void> {
  await people.as(person, `${at.request}/assessment`, async (page) => {
    await page.getByRole('group').first().waitFor();
    for (const criterion of await page.getByRole('group').all())
      await criterion.getByLabel(score, { exact: true }).check();
    await page.getByRole('button', { name: 'Bewertung abgeben' }).click();
    await told(page, 'Ihre Bewertung ist abgegeben.');
  });
}
