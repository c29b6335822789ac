import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { today } from '../demo/calendar';
import { act, choose } from './fill-in';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startProgram, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;

beforeAll(async () => {
  stack = await startStackProcess();
  pages = await PagesInBrowser.start(stack.url);
  // Assignments with their money: the pages of this area begin where those of the others end.
  const demo = startProgram('dist/tools/demo/main.js', stack.environment);
  demo.stdout?.resume();
  expect(await once(demo, 'exit')).toEqual([0, null]);
}, 300_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const FUND = 'Fonds für Brunnen';
const YEAR = today().slice(0, 4);

describe('a fund', () => {
  it('is created, planned and released by keyboard alone', async () => {
    const page = await pages.signIn('Berta Haushalt', '/funds/new');
    await tabTo(page, page.getByLabel('Name des Fonds'));
    await page.keyboard.type(FUND);
    await tabTo(page, page.getByLabel('Kontoinhaber'));
    await page.keyboard.type('Fachkräftefonds');
    await tabTo(page, page.getByLabel('IBAN'));
    await page.keyboard.type('DE75512108001245126199');
    await tabTo(page, page.getByLabel('BIC'));
    await page.keyboard.type('SOGEDEFF');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: FUND }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Haushaltsjahr öffnen' }));
    await page.keyboard.press('Enter');
    await page.keyboard.type(YEAR);
    await tabTo(page, page.getByRole('dialog').getByLabel('Plan', { exact: false }));
    await page.keyboard.type('50.000,00');
    await page.keyboard.press('Enter');
    await page.getByText('Das Haushaltsjahr ist offen.').waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Mittel freigeben' }));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, page.getByRole('dialog').getByLabel(YEAR));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('dialog').getByLabel('Betrag'));
    await page.keyboard.type('60000');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.kern-alert--danger').waitFor();
    await expectGood(page);
    await tabTo(page, page.getByRole('dialog').getByLabel('Betrag'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('20000');
    await page.keyboard.press('Enter');
    await page.getByText('Die Mittel sind frei.').waitFor();
    await page.locator('.number__value', { hasText: '20.000,00' }).first().waitFor();
    await page.close();
  }, 90_000);

  it('shows where its money stands, every number opened, and takes a release back', async () => {
    const page = await pages.signIn('Berta Haushalt', '/funds');
    await page.getByRole('link', { name: FUND }).click();
    await act(page, 'Freigabe zurücknehmen', 'Gegenbuchung zurückgenommen', async (dialog) => {
      await choose(dialog, 'Welche Freigabe', /20\.000,00/);
      await dialog.getByLabel('Begründung').fill('Versehen');
    });
    for (const number of await page.locator('.number > summary').all()) await number.click();
    expect(await page.locator('.number[open]').count()).toBe(6);
    await act(page, 'Jahr abschließen', 'Der Abschluss ist festgehalten.', async (dialog) => {
      await choose(dialog, 'Haushaltsjahr', YEAR);
      await choose(dialog, 'Schritt', 'Abschluss beginnen');
    });
    await page.getByText('Wird abgeschlossen').waitFor();
    await page.getByRole('link', { name: 'Journal', exact: true }).click();
    await page.getByRole('cell', { name: 'Freigabe zurückgenommen' }).waitFor();
    const officer = await pages.signIn('Friedrich Prüfer', new URL(page.url()).pathname.replace('/journal', ''));
    await act(officer, 'Fällige Raten übernehmen', '0 Raten sind neu fällig, 0 gesperrt');
    await page.close();
  }, 90_000);
});

describe('money of the state', () => {
  it('is drawn down, received by the cashier, and has its deadline', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/funds/drawdowns/new');
    await choose(page, 'Fonds', FUND);
    await page.getByLabel('Zeichen des Bescheids').fill('Bescheid 7');
    await choose(page, 'Regelwerk des Bescheids', 'bengo, heutige Fassung');
    await page.getByLabel('Im SEPA-Raum').fill('1.000,00');
    await page.getByLabel('Begründung').fill('Raten im Februar');
    await page.getByLabel('Abgerufen am').fill('2.3.2025');
    await page.getByRole('button', { name: 'Mittel abrufen' }).click();
    await page.getByText('Beginnt, wenn das Geld da ist').waitFor();
    const cashier = await pages.signIn('Kai Kasse', new URL(page.url()).pathname);
    await act(cashier, 'Eingang festhalten', 'Die Fristen laufen.', (dialog) =>
      dialog.getByLabel('Eingegangen am').fill('3.3.2025'),
    );
    await cashier.getByText('14.04.2025').first().waitFor();
    await cashier.locator('summary', { hasText: 'Zinsen' }).click();
    await cashier.getByRole('cell', { name: '365' }).or(cashier.getByText('Basiszins')).first().waitFor();
    await expectGood(cashier);
  }, 60_000);

  it('is claimed back, set by another person, paid and settled', async () => {
    const drafter = await pages.signIn('Friedrich Prüfer', '/funds/claims/new');
    await choose(drafter, 'Fonds', /^Demo/);
    await drafter.getByLabel('Wer zahlen soll').fill('Kommune Moshi');
    await choose(drafter, 'Regelwerk', 'bengo, heutige Fassung');
    await choose(drafter, 'Grund', 'Nicht ausgegeben');
    await drafter.getByLabel('Begründung').fill('Rest der ersten Rate');
    await drafter.getByLabel('Betrag').fill('300');
    await drafter.getByLabel('Zinsen ab').fill('1.7.2026');
    await drafter.getByRole('button', { name: 'Forderung entwerfen' }).click();
    await act(drafter, 'Anhörung beginnen', 'Die Anhörung läuft.', (dialog) =>
      dialog.getByLabel('Anhörung bis').fill('31.12.2099'),
    );
    await act(drafter, 'Äußerung festhalten', 'Äußerung ist festgehalten.', (dialog) =>
      dialog.getByLabel('Was gesagt wurde').fill('Einverstanden'),
    );
    await drafter.locator('.waiting', { hasText: 'jetzt nicht möglich' }).first().click();
    const path = new URL(drafter.url()).pathname;
    const decider = await pages.signIn('Frieda Gegenprüfung', path);
    await act(decider, 'Forderung festsetzen', 'ist festgesetzt.', (dialog) =>
      dialog.getByLabel('Zeichen').fill('E-1'),
    );
    await act(decider, 'Fällig stellen', 'fällig gestellt.', (dialog) =>
      dialog.getByLabel('Fällig am').fill('31.12.2099'),
    );
    await act(decider, 'Stunden', 'ist gestundet.', async (dialog) => {
      await dialog.getByLabel('Fällig am').fill('31.1.2100');
      await dialog.getByLabel('Betrag').fill('300,00');
      await dialog.getByLabel('Begründung').fill('Haushaltslage');
      await dialog.getByLabel('Zeichen der Zustimmung').fill('BMF 3');
    });
    await act(decider, 'Zahlung festhalten', 'Zahlung ist festgehalten.', async (dialog) => {
      await dialog.getByLabel('Betrag').fill('100');
      await dialog.getByLabel('Beleg').fill('Auszug 4');
    });
    const budget = await pages.signIn('Berta Haushalt', path);
    await act(budget, 'Über Zahlung entscheiden', 'Entschieden.', async (dialog) => {
      await choose(dialog, 'Welche Zahlung', /100,00/);
      await choose(dialog, 'Wohin das Geld geht', 'Zurück in den Haushalt');
      await dialog.getByLabel('Begründung').fill('Wird gebraucht');
    });
    await budget.getByText('Zurück in den Haushalt: Wird gebraucht').waitFor();
    await decider.goto(path);
    await act(decider, 'Niederschlagen', 'ist niedergeschlagen.', async (dialog) => {
      await dialog.getByLabel('Begründung').fill('Zahlungsunfähig');
      await dialog.getByLabel('Zeichen der Zustimmung').fill('BMF 4');
    });
    await expectGood(decider);
  }, 90_000);

  it('is proven with receipts, questioned, answered and accepted with a claim', async () => {
    const officer = await pages.signIn('Paula Programm', '/funds/proofs/new');
    await choose(officer, 'Fonds', FUND);
    await choose(officer, 'Art des Nachweises', 'Zwischennachweis');
    await choose(officer, 'Regelwerk', 'bengo, heutige Fassung');
    await officer.getByLabel('Erster Tag').fill('1.1.2026');
    await officer.getByLabel('Letzter Tag').fill('30.6.2026');
    await choose(officer, 'Art', 'Projekt', true);
    await officer.getByLabel('Geplant', { exact: true }).fill('500');
    await officer.getByRole('button', { name: 'Nachweis anfordern' }).click();
    await officer.getByRole('link', { name: 'Nachweis schreiben' }).click();
    await officer.getByLabel('Bericht: Was').fill('Elf Brunnen sind repariert.');
    await officer.getByLabel('Projekt: Ausgegeben').fill('480,50');
    await officer.getByLabel('Belegnummer').fill('R 1');
    await officer.getByLabel('An wen gezahlt').fill('Pumpen AG');
    await choose(officer, 'Art', 'Projekt', true);
    await officer.getByLabel('Bezahlt am').fill('3.2.2026');
    await officer.getByLabel('Betrag', { exact: true }).fill('480,50');
    await officer.getByText('Ihre Euro-Belege dazu: 480,50').waitFor();
    await officer
      .getByLabel('Beleg als Datei')
      .setInputFiles({ name: 'r1.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a receipt') });
    await officer.getByText('Übernommen: r1.pdf').waitFor();
    await officer.getByText(/^In diesem Browser gesichert/).waitFor();
    // What was typed is still there after the window was loaded again.
    await officer.reload();
    await officer.getByLabel('Bericht: Was').waitFor();
    expect(await officer.getByLabel('Bericht: Was').inputValue()).toBe('Elf Brunnen sind repariert.');
    await expectGood(officer);
    await officer.getByRole('button', { name: 'Nachweis einreichen' }).click();
    await officer.getByText('Der Nachweis ist eingereicht.').waitFor();
    await officer.waitForURL((url) => !url.pathname.endsWith('/form'));
    await officer.getByRole('link', { name: 'Beleg öffnen R 1' }).waitFor();

    const path = new URL(officer.url()).pathname;
    const checker = await pages.signIn('Friedrich Prüfer', path);
    await act(checker, 'Prüfung beginnen', 'Die Prüfung läuft.');
    await act(checker, 'Rückfrage stellen', 'Rückfrage ist gestellt.', (dialog) =>
      dialog.getByLabel('Was Sie wissen müssen').fill('Wo stehen sie?'),
    );
    await officer.goto(path);
    await act(officer, 'Antworten', 'Ihre Antwort ist da.', (dialog) => dialog.getByLabel('Antwort').fill('In Moshi'));
    await checker.goto(path);
    await checker.getByText('In Moshi').waitFor();
    await act(checker, 'Nachweis annehmen', 'Nachweis ist angenommen.', async (dialog) => {
      await dialog.getByLabel('Geld zurückfordern').check();
      await dialog.getByLabel('Wer zahlen soll').fill('Kommune Moshi');
      await choose(dialog, 'Grund', 'Nicht ausgegeben');
      await dialog.getByLabel('Begründung der Rückforderung').fill('Rest');
      await dialog.getByLabel('Betrag').fill('19,50');
      await dialog.getByLabel('Zinsen ab').fill('1.7.2026');
      await expectGood(checker);
    });
    await checker.getByRole('link', { name: 'Rückforderung ansehen' }).click();
    await checker.getByRole('heading', { level: 1, name: 'Forderung an Kommune Moshi' }).waitFor();
  }, 90_000);
});

describe('rates and rules', () => {
  it('are recorded, corrected and read in by the finance office', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/funds/rates');
    await act(page, 'Kurs erfassen', 'sobald ihn eine andere Person bestätigt', async (dialog) => {
      await dialog.getByLabel('Währung').fill('ghs');
      await dialog.getByLabel('Kurs vom').fill('2.11.2026');
      await dialog.getByLabel('Einheiten für 1 EUR').fill('12.5');
      await dialog.getByLabel('Quelle').fill('EZB');
    });
    // Far from the rate that came with the product: a second person compares it with the source.
    const second = await pages.signIn('Benno Haushalt', '/funds/rates');
    await second.getByRole('heading', { name: 'Wartet auf eine zweite Person' }).waitFor();
    await expectGood(second);
    await act(second, 'Bestätigen', 'Der Kurs gilt.', (dialog) =>
      dialog.getByLabel('Begründung').fill('Mit dem Kurs der EZB verglichen'),
    );
    await second.getByRole('heading', { name: 'Wartet auf eine zweite Person' }).waitFor({ state: 'detached' });
    await second.getByRole('heading', { name: 'Zuschüsse neu festsetzen' }).waitFor();
    await page.reload();
    await page.getByRole('searchbox', { name: /^Währung/ }).fill('ghs');
    await page.getByRole('button', { name: 'Berichtigen: GHS, 02.11.2026' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Einheiten für 1 EUR').fill('12.6');
    await dialog.getByRole('button', { name: 'Berichtigen' }).click();
    await page.getByText('Die Berichtigung ist erfasst.').waitFor();
    await act(page, 'Basiszins erfassen', 'Der Basiszins ist erfasst.', async (form) => {
      await form.getByLabel('Gilt ab').fill('1.1.2027');
      await form.getByLabel('Prozent im Jahr').fill('1.52');
      await form.getByLabel('Quelle').fill('Bundesbank');
    });
    await page.getByRole('link', { name: 'Kurse eines Tages einlesen' }).click();
    await page.getByLabel('Quelle').fill('EZB');
    await page.getByLabel('Kurs vom').fill('3.11.2026');
    await page.getByLabel('Kurse', { exact: false }).last().fill('GHS 12.7\nXOF 655.957');
    await page.getByRole('button', { name: 'Kurse einlesen' }).click();
    await page.getByText('2 Kurse erfasst').waitFor();
  }, 60_000);

  it('are proposed by one person and confirmed by another, with the row that held before beside it', async () => {
    const proposer = await pages.signIn('Friedrich Prüfer', '/funds/rules?ruleSet=PAYMENT');
    await proposer.getByRole('link', { name: 'Änderung vorschlagen: Doppelte Zahlungen' }).click();
    await proposer.getByLabel('Neuer Wert').fill('120');
    await proposer.getByLabel('Gilt ab').fill('1.1.2027');
    await proposer.getByLabel('Quelle').fill('Weisung 12/2026');
    await proposer.getByRole('button', { name: 'Vorschlagen' }).click();
    await proposer.getByText('Der Vorschlag steht.').waitFor();
    await proposer.locator('.waiting', { hasText: 'jetzt nicht möglich' }).click();
    const path = new URL(proposer.url()).pathname;
    const decider = await pages.signIn('Benno Haushalt', '/funds/rules/proposals?status=PROPOSED');
    await decider.getByRole('link', { name: 'Doppelte Zahlungen' }).click();
    await decider.waitForURL(`**${path}`);
    await decider.getByText('90 Tage').waitFor();
    await act(decider, 'Bestätigen', 'Die Zeile gilt', (dialog) =>
      dialog.getByLabel('Begründung').fill('Weisung liegt vor'),
    );
    await decider.goto('/funds/rules?ruleSet=PAYMENT&show=all');
    await decider.getByText('Von zwei Personen bestätigt').waitFor();
  }, 60_000);
});

describe('the books', () => {
  it('are verified by an auditor, who takes the statement along', async () => {
    const page = await pages.signIn('August Revision', '/funds/verification');
    await page.getByRole('button', { name: 'Prüfung beginnen' }).click();
    await page.getByText('Die Bücher sind unverändert').waitFor();
    await expectGood(page);
    await page.goto('/funds');
    await page.getByRole('link', { name: /^Demo/ }).click();
    await page.getByRole('link', { name: 'Auszug und Dateien' }).click();
    for (const [file, name] of [
      ['pdf', /\.pdf$/],
      ['xlsx', /\.xlsx$/],
      ['csvGerman', /\.csv$/],
      ['datev', /\.csv$/],
    ] as const) {
      await page.getByLabel('Datei', { exact: true }).selectOption(file);
      if (file !== 'pdf') await page.waitForURL(`**file=${file}`);
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Herunterladen', exact: true }).click(),
      ]);
      expect(saved.suggestedFilename()).toMatch(name);
      await page.getByText('ist gespeichert').waitFor();
    }
  }, 60_000);

  it('keep a rate that the finance office fixes anew for an expert abroad', async () => {
    const page = await pages.signIn('Friedrich Prüfer', '/funds/commitments?status=COMMITTED');
    await page.locator('tbody a').first().click();
    await page.getByRole('heading', { name: 'Kostenplan' }).waitFor();
    await page.getByLabel('Ab welchem Tag').fill('1.3.2027');
    await page.getByRole('button', { name: 'Vorschau zeigen' }).click();
    await page.getByText('Der Fonds würde das jetzt decken.').waitFor();
    for (const opened of await page.locator('details.rule > summary').all()) await opened.click();
    await expectGood(page);
    await page.close();
  }, 60_000);
});

describe.each(LOOKS_OF_WALKS)('the pages of the fund in $language, $theme, $width pixels wide', (looks) => {
  it('are accessible, opened dialogs among them', async () => {
    const page = await pages.signIn('Berta Haushalt', '/funds', looks);
    await page.getByRole('link', { name: /^Demo/ }).click();
    await page.locator('.chart svg[role=img]').nth(1).waitFor();
    const fund = new URL(page.url()).pathname;
    await expectGood(page);
    await page.locator('.acts button').first().click();
    await page.getByRole('dialog').waitFor();
    await expectGood(page);
    for (const path of [
      '/funds',
      '/funds/new',
      `${fund}/journal`,
      `${fund}/statement`,
      '/funds/commitments',
      '/funds/drawdowns',
      '/funds/claims',
      '/funds/proofs',
      '/funds/rates',
      '/funds/rules',
      '/funds/rules/proposals',
      '/funds/verification',
    ]) {
      await open(page, path);
      await expectGood(page);
    }
    for (const list of ['commitments', 'claims', 'proofs', 'drawdowns']) {
      await open(page, `/funds/${list}`);
      await page.locator('tbody a').first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await expectGood(page);
    }
    await page.close();
  }, 120_000);
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

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}
