import { transliterate } from 'transliteration';
import type { Money } from '#contracts';
import type { FundBalancesView, FundView, JournalEntryKind } from '#contracts/finance';

export interface FundStatement {
  readonly fund: FundView;
  readonly from: string;
  /** The last day. */
  readonly until: string;
  readonly createdAt: Date;
  /** Budget years with their balances as the journal gives them now. */
  readonly balances: FundBalancesView;
  readonly byKind: readonly { readonly kind: JournalEntryKind; readonly entries: number; readonly amount: Money }[];
  /** Payments less returns, by month, budget year and cost category: all of them. */
  readonly totals: readonly {
    readonly month: string;
    readonly category: string;
    readonly budgetYear: number;
    readonly payments: number;
    readonly amount: Money;
  }[];
  /** Each payment; undefined when they are too many to be read on paper. */
  readonly payments:
    | readonly {
        readonly bookedOn: string;
        readonly payee: string;
        readonly category: string;
        readonly budgetYear: number;
        readonly amount: Money;
      }[]
    | undefined;
  readonly count: number;
  readonly paid: Money;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly isNumber?: boolean;
}

const MARGIN = 56;
const BOTTOM = 90;
const ROW = 16;
const SIZE = { title: 16, heading: 11, text: 9, small: 7.5 };

const KINDS: Readonly<Record<JournalEntryKind, string>> = {
  BUDGET_RELEASED: 'Freigabe von Mitteln',
  RELEASE_REVERSED: 'Storno einer Freigabe',
  COMMITMENT_RESERVED: 'Reservierung',
  COMMITMENT_CONFIRMED: 'Mittelbindung',
  COMMITMENT_REPLANNED: 'Änderung einer Mittelbindung',
  COMMITMENT_RELEASED: 'Freigabe gebundener Mittel',
  PAYOUT_ORDERED: 'Anordnung von Auszahlungen',
  PAYOUT_ORDER_VOIDED: 'Aufhebung einer Anordnung',
  PAYOUT_CANCELLED: 'Streichung einer Auszahlung',
  PAYMENT_BOOKED: 'Gebuchte Zahlungen',
  PAYMENT_REJECTED: 'Abgelehnte Zahlungen',
  PAYMENT_RETURNED: 'Zurückgekommene Zahlungen',
  PAYOUT_REISSUED: 'Erneute Auszahlung',
  PAYOUT_GIVEN_BACK: 'Rückgabe an den Haushalt',
  BANK_CHARGE_BOOKED: 'Bankentgelte',
  BANK_CHARGE_REVERSED: 'Storno von Bankentgelten',
  CLAIM_PAID: 'Zahlungen auf Erstattungen',
  CLAIM_PAYMENT_REVERSED: 'Storno einer Zahlung auf eine Erstattung',
  CLAIM_GIVEN_BACK: 'Erstattungen an den Haushalt',
  CLAIM_REMITTED: 'Erstattungen an den Zuwendungsgeber',
  YEAR_CARRIED_OVER: 'Ausgaberest',
  YEAR_LAPSED: 'Verfall am Jahresende',
};

/** The statement of a fund for signature, in German, A4. The same input makes the same pages. */
export async function fundStatementPdf(statement: FundStatement): Promise<Buffer> {
  // Loaded with the first statement: its fonts are a tenth of the service's memory.
  const { default: PDFDocument } = await import('pdfkit');
  const { fund, createdAt } = statement;
  const info = { Title: `Kontoauszug des Fonds ${fund.name}`, Author: 'Fachkräftefonds', CreationDate: createdAt };
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, info, lang: 'de-DE' });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  writeHead(document, statement);
  writeBalances(document, statement);
  writeMovements(document, statement);
  writeTotals(document, statement);
  writePayments(document, statement);
  writeSignatures(document);
  writePageNumbers(document, statement);
  document.end();
  return done;
}

function writeHead(document: PDFKit.PDFDocument, { fund, from, until, createdAt }: FundStatement): void {
  document.font('Helvetica-Bold').fontSize(SIZE.title).text('Fondsauszug', { continued: false });
  document.moveDown(0.3).font('Helvetica').fontSize(SIZE.text);
  document.text(`Fonds: ${printable(fund.name)}`);
  document.text(`Zeitraum: ${germanDay(from)} bis ${germanDay(until)}`);
  document.text(
    `Konto: ${printable(fund.debtorAccount.holder)}, IBAN ${fund.debtorAccount.iban}, BIC ${fund.debtorAccount.bic}`,
  );
  document.text(`Erstellt am ${germanDay(createdAt.toISOString().slice(0, 10))}; alle Beträge in ${fund.currency}`);
}

function writeBalances(document: PDFKit.PDFDocument, { balances }: FundStatement): void {
  heading(document, 'Stand der Haushaltsjahre bei Erstellung');
  const width = 69;
  const columns: Column[] = [
    { title: 'Jahr', width: 66 },
    ...['Freigegeben', 'Verfügbar', 'Reserviert', 'Gebunden', 'Angeordnet', 'Gezahlt'].map((title) => ({
      title,
      width,
      isNumber: true,
    })),
  ];
  const cells = (title: string, row: FundBalancesView['total']) => [
    title,
    ...[row.released, row.available, row.reserved, row.committed, row.payable, row.paid].map(germanAmount),
  ];
  const rows = balances.years.map((year) => cells(String(year.year), year));
  table(document, columns, [...rows, cells('Summe', balances.total)], 1);
}

function writeMovements(document: PDFKit.PDFDocument, { byKind }: FundStatement): void {
  heading(document, 'Bewegungen im Zeitraum');
  const columns: Column[] = [
    { title: 'Geschäftsvorfall', width: 260 },
    { title: 'Buchungen', width: 100, isNumber: true },
    { title: 'Betrag', width: 120, isNumber: true },
  ];
  const rows = byKind.map(({ kind, entries, amount }) => [KINDS[kind], String(entries), germanAmount(amount)]);
  table(document, columns, rows, 0);
}

function writeTotals(document: PDFKit.PDFDocument, { totals, count, paid }: FundStatement): void {
  heading(document, 'Auszahlungen abzüglich Rückläufer');
  const columns: Column[] = [
    { title: 'Monat', width: 70 },
    { title: 'Jahr', width: 50 },
    { title: 'Kostenart', width: 140 },
    { title: 'Anzahl', width: 90, isNumber: true },
    { title: 'Betrag', width: 130, isNumber: true },
  ];
  const rows = totals.map(({ month, budgetYear, category, payments, amount }) => [
    `${month.slice(5)}.${month.slice(0, 4)}`,
    String(budgetYear),
    category,
    String(payments),
    germanAmount(amount),
  ]);
  table(document, columns, [...rows, ['Summe', '', '', String(count), germanAmount(paid)]], 1);
}

function writePayments(document: PDFKit.PDFDocument, { payments, count, paid }: FundStatement): void {
  heading(document, 'Gebuchte Auszahlungen');
  if (!payments) {
    const text = `Die ${count} Buchungen des Zeitraums sind nicht einzeln aufgeführt; sie stehen vollständig im Journalexport desselben Zeitraums.`;
    document
      .font('Helvetica')
      .fontSize(SIZE.text)
      .text(text, MARGIN, document.y + 4, { width: 480 });
    return;
  }
  const columns: Column[] = [
    { title: 'Buchungstag', width: 70 },
    { title: 'Empfänger', width: 190 },
    { title: 'Kostenart', width: 90 },
    { title: 'Jahr', width: 40 },
    { title: 'Betrag', width: 90, isNumber: true },
  ];
  const rows = payments.map((payment) => [
    germanDay(payment.bookedOn),
    payment.payee,
    payment.category,
    String(payment.budgetYear),
    germanAmount(payment.amount),
  ]);
  table(document, columns, [...rows, ['Summe', '', '', '', germanAmount(paid)]], 1);
}

function writeSignatures(document: PDFKit.PDFDocument): void {
  if (document.y > document.page.height - BOTTOM - 130) document.addPage();
  document.font('Helvetica').fontSize(SIZE.text);
  const text =
    'Die Richtigkeit und Vollständigkeit der Angaben wird bestätigt. Die Beträge stimmen mit dem Journal überein.';
  document.text(text, MARGIN, document.y + 24, { width: 480 });
  const top = document.y + 50;
  for (const [x, label] of [
    [MARGIN, 'Ort, Datum, Unterschrift (Haushalt)'],
    [MARGIN + 255, 'Ort, Datum, Unterschrift (Kasse)'],
  ] as const) {
    document
      .moveTo(x, top)
      .lineTo(x + 225, top)
      .lineWidth(0.5)
      .stroke();
    document.fontSize(SIZE.small).text(label, x, top + 4, { width: 225 });
  }
}

function writePageNumbers(document: PDFKit.PDFDocument, { fund }: FundStatement): void {
  const { count } = document.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    document.switchToPage(index);
    // Below the margin the document would begin a new page.
    document.page.margins.bottom = 0;
    const y = document.page.height - 40;
    document.font('Helvetica').fontSize(SIZE.small);
    document.text(printable(fund.name), MARGIN, y, { width: 360, height: 12, ellipsis: true });
    document.text(`Seite ${index + 1} von ${count}`, MARGIN + 380, y, { width: 100, align: 'right' });
  }
}

function heading(document: PDFKit.PDFDocument, text: string): void {
  if (document.y > document.page.height - BOTTOM - 4 * ROW) document.addPage();
  document
    .font('Helvetica-Bold')
    .fontSize(SIZE.heading)
    .text(text, MARGIN, document.y + 18);
  document.y += 4;
}

/** Rows with thin lines; the headings come again on each page, the last rows are sums. */
function table(
  document: PDFKit.PDFDocument,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  sumRows: number,
): void {
  const titles = columns.map(({ title }) => title);
  writeRow(document, columns, titles, 'Helvetica-Bold');
  for (const [index, row] of rows.entries()) {
    if (document.y > document.page.height - BOTTOM) {
      document.addPage();
      writeRow(document, columns, titles, 'Helvetica-Bold');
    }
    writeRow(document, columns, row, index >= rows.length - sumRows ? 'Helvetica-Bold' : 'Helvetica');
  }
}

function writeRow(
  document: PDFKit.PDFDocument,
  columns: readonly Column[],
  cells: readonly string[],
  font: 'Helvetica' | 'Helvetica-Bold',
): void {
  const { y } = document;
  let x = MARGIN;
  document.font(font).fontSize(SIZE.text);
  for (const [index, { width, isNumber }] of columns.entries()) {
    const align = isNumber ? 'right' : 'left';
    const text = printable(cells[index] ?? '');
    document.text(text, x, y + 4, { width: width - 4, height: ROW - 5, align, ellipsis: true });
    x += width;
  }
  document
    .moveTo(MARGIN, y + ROW)
    .lineTo(x, y + ROW)
    .lineWidth(0.3)
    .strokeColor('#999999')
    .stroke()
    .strokeColor('black');
  document.y = y + ROW;
}

/** The built-in fonts carry the Latin alphabet of Western Europe; other letters are written with it. */
function printable(text: string): string {
  const known = /[\u0020-\u007e\u00a0-\u00ff€„“”‚‘’–—…]/;
  return Array.from(text.normalize('NFC'), (letter) => (known.test(letter) ? letter : transliterate(letter))).join('');
}

function germanDay(day: string): string {
  return `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
}

function germanAmount({ amount }: Money): string {
  const [whole = '0', fraction = '00'] = amount.split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, '.')},${fraction}`;
}
