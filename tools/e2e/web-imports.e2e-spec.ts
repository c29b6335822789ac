import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
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

/** As a German spreadsheet saves it: semicolons, windows-1252, keys without their zero. */
const CSV = [
  'AGS;Kommune;Partnerkommune;Land;Art;Beginn;Ende',
  '9663000;Würzburg;Mwanza;Tansania;Städtepartnerschaft;;',
  '05315000;Köln;Corinto;Nicaragua;Partnerschaft;1.5.1988;',
  '5122000;Solingen;Jinotega;Nicaragau;Partnerschaft;;',
  '05334012;Eschweiler;Alta Floresta;Brasilien;Projekt;2025;31.12.2027',
  '08416041;Köln;Estelí;NI;Partnerschaft;;',
].join('\r\n');

const open = async (page: Page, name: string, buffer: Buffer) => {
  await page.getByLabel('Datei', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByText(/gelesen\. Spalten: AGS, Kommune/).waitFor();
  await page.getByLabel('Englisch').check();
  await page.getByLabel('Stadt', { exact: true }).check();
  await page.getByLabel('Handlungsfeld').selectOption({ label: 'Klimaschutz' });
};

describe('a table of partnerships', () => {
  it('is read in the browser, and asks only where something is in doubt', async () => {
    const page = await pages.signIn('Paula Programm', '/partnerships');
    await page.getByRole('link', { name: 'Tabelle importieren' }).click();
    await page.getByRole('link', { name: 'Datei öffnen' }).click();
    await page
      .getByLabel('Datei', { exact: true })
      .setInputFiles({ name: 'leer.csv', mimeType: 'text/csv', buffer: Buffer.from('AGS;Kommune\n') });
    await page.getByText('In der Datei steht unter der Kopfzeile nichts.').waitFor();
    await open(page, 'partnerschaften.csv', Buffer.from(CSV, 'latin1'));
    await expectGood(page);
    await page.getByRole('button', { name: 'Zeilen prüfen' }).click();
    await page.getByRole('heading', { level: 1, name: 'partnerschaften.csv' }).waitFor();
    path = new URL(page.url()).pathname;
    await page.getByText(/^Erfasst würden 2 Partnerschaften.*Zu entscheiden: 3 Zeilen\./).waitFor();
    await expectGood(page);
    await page.close();
  }, 60_000);

  it('is repaired by proposals and by typing, by keyboard alone', async () => {
    const page = await pages.signIn('Paula Programm', path);
    const problems = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'Zu entscheiden' }).first();
    await tabTo(page, problems.getByRole('button', { name: 'Nicaragua' }).first());
    await page.keyboard.press('Enter');
    await page.getByText(/Zu entscheiden: 2 Zeilen\./).waitFor();
    await tabTo(
      page,
      problems.getByRole('article').or(problems.locator('article')).filter({ hasText: 'Beginn' }).locator('summary'),
    );
    await page.keyboard.press('Enter');
    await tabTo(page, problems.getByLabel('Beginn: anderer Wert').first());
    await page.keyboard.type('1.3.2025');
    await page.keyboard.press('Enter');
    await page.getByText(/Zu entscheiden: 1 Zeile\./).waitFor();
    await page.close();
  }, 60_000);

  it('is run in words that say what it will do, and leads to what came of it', async () => {
    const page = await pages.signIn('Paula Programm', path);
    await page.getByRole('link', { name: 'Zu entscheiden (1)' }).click();
    await page
      .getByText(/der Schlüssel aber der von 08416041 Tübingen/)
      .first()
      .waitFor();
    await page.getByText('Anders entscheiden').first().click();
    await page.getByRole('button', { name: 'Lieber weglassen' }).first().click();
    await page.getByLabel('Warum bleibt es weg?').first().fill('Der Name ist verwechselt.');
    await page.getByRole('button', { name: 'Zeile weglassen' }).first().click();
    await page.getByText('Es ist nichts zu entscheiden.').waitFor();
    await page.getByRole('link', { name: /^Alle/ }).click();
    await page.getByRole('button', { name: '4 Partnerschaften erfassen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/alles oder nichts/).waitFor();
    await expectGood(page);
    await dialog.getByRole('button', { name: '4 Partnerschaften erfassen' }).click();
    await page.getByText(/^Erfasst sind 4 Partnerschaften/).waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: 'Partnerschaft öffnen' }).first().click();
    await page.getByRole('heading', { level: 1, name: /Würzburg.*Mwanza/ }).waitFor();
    await page.close();
  }, 60_000);

  it('changes nothing a second time, here as a spreadsheet; and is discarded', async () => {
    const page = await pages.signIn('Anton Adler', '/imports/new');
    await open(page, 'partnerschaften.xlsx', spreadsheet(CSV));
    await page.getByRole('button', { name: 'Zeilen prüfen' }).click();
    await page.getByText('Diese Tabelle wurde schon einmal importiert.', { exact: false }).waitFor();
    await page.getByText(/^Erfasst würden 0 Partnerschaften/).waitFor();
    await page.getByRole('button', { name: 'Spalten zuordnen' }).click();
    await page.getByRole('dialog').getByLabel('Letzter Tag').selectOption({ label: 'Beginn' });
    await expectGood(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Spalten zuordnen' }).click();
    // A column says one thing.
    await page.getByRole('dialog').locator('.kern-alert--danger').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Import verwerfen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import verwerfen' }).click();
    await page.getByText('Der Import ist verworfen.').waitFor();
    await page.close();
  }, 60_000);

  it.each(LOOKS_OF_WALKS)(
    'can be seen by everybody in $width pixels, $language, $theme',
    async (looks) => {
      const page = await pages.signIn('Paula Programm', '/imports', looks);
      for (const address of ['/imports', '/imports/new', path]) {
        await page.goto(address);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectGood(page);
      }
      await page.close();
    },
    60_000,
  );

  it('gave the browser nothing to complain of', () => {
    expect(pages.complaints).toEqual([]);
  });
});

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

/** The same table as the smallest spreadsheet that a program would read. */
function spreadsheet(csv: string): Buffer {
  const letters = 'ABCDEFG';
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rows = csv.split('\r\n').map((line, row) => {
    const cells = line
      .split(';')
      .map(
        (text, column) =>
          `<c r="${letters[column] ?? ''}${row + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`,
      );
    return `<row r="${row + 1}">${cells.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts = 'http://schemas.openxmlformats.org/package/2006';
  const relations = (list: string) => `<Relationships xmlns="${parts}/relationships">${list}</Relationships>`;
  const files = {
    '[Content_Types].xml': `<Types xmlns="${parts}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      `<Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`,
    ),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
  return Buffer.from(
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0"?>${xml}`)])),
    ),
  );
}
