import { JOURNAL_HEADINGS, journalCells, type JournalLineRow } from './journal-rows';
import { STYLE } from './workbook-parts';

/** A sheet of a workbook has 1,048,576 rows; the first one carries the headings. */
export const WORKBOOK_ROWS_MAX = 1_048_575;

const SHEET_START = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`;
const WIDTHS = [38, 6, 24, 40, 20, 12, 11, 12, 15, 16, 9, 38, 38, 24, 10, 66, 16, 9];
/** A spreadsheet's number holds 15 digits, an amount of the fund at most 14: exact. */
const NUMBERS = new Set<string>(['line', 'budgetYear', 'amount', 'seq', 'instructedAmount']);
const STYLES: Readonly<Record<string, number>> = {
  amount: STYLE.amount,
  instructedAmount: STYLE.amount,
  bookedAt: STYLE.instant,
  effectiveOn: STYLE.day,
};
const DAYS = new Set<string>(['bookedAt', 'effectiveOn']);
const DAY_MS = 86_400_000;
/** Day 0 of a spreadsheet's calendar, as all of them count the days after February 1900 (ECMA-376 part 1, 18.17.4.1). */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Widths of the columns and the headings. */
export function sheetStart(): string {
  const columns = WIDTHS.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const headings = JOURNAL_HEADINGS.map((heading, column) => textCell(heading, cellName(column, 1), STYLE.bold));
  return `${SHEET_START}${columns.join('')}</cols><sheetData><row r="1">${headings.join('')}</row>`;
}

/** Rows of the sheet: text stays text, whatever it begins with; amounts and years are numbers, days are days, instants those of UTC. */
export function sheetRows(rows: readonly JournalLineRow[], firstNumber: number): string {
  return rows.map((row, index) => sheetRow(journalCells(row, '.'), firstNumber + index)).join('');
}

/** After the last row. */
export const SHEET_END = '</sheetData></worksheet>';

function sheetRow(cells: readonly string[], number: number): string {
  const written = cells.map((cell, column) => {
    const heading = JOURNAL_HEADINGS[column] ?? '';
    if (cell === '') return '';
    const style = STYLES[heading] ?? STYLE.plain;
    const value = DAYS.has(heading) ? dayNumber(cell) : NUMBERS.has(heading) ? cell : undefined;
    if (value === undefined) return textCell(cell, cellName(column, number), style);
    return `<c r="${cellName(column, number)}" s="${style}"><v>${value}</v></c>`;
  });
  return `<row r="${number}">${written.join('')}</row>`;
}

function dayNumber(isoTime: string): string {
  return String(Number(((Date.parse(isoTime) - DAY_ZERO) / DAY_MS).toFixed(8)));
}

function textCell(text: string, name: string, style: number): string {
  return `<c r="${name}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** The journal has fewer columns than letters. */
function cellName(column: number, row: number): string {
  return `${String.fromCharCode(65 + column)}${row}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML 1.0 has no place for control characters, not even escaped ones. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? '');
}
