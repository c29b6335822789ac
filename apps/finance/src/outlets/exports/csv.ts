export interface CsvOptions {
  readonly separator: ',' | ';';
  readonly hasByteOrderMark: boolean;
}

const PLAIN_NUMBER = /^-?\d+([.,]\d+)?$/;
/** What makes a spreadsheet take a cell for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r]/;

/** RFC 4180 with CRLF. A text that would be run as a formula gets an apostrophe before it; numbers stay numbers. */
export function toCsv(rows: readonly (readonly string[])[], { separator, hasByteOrderMark }: CsvOptions): Buffer {
  const lines = rows.map((row) => row.map((cell) => quoted(guarded(cell), separator)).join(separator));
  return Buffer.from(`${hasByteOrderMark ? '\uFEFF' : ''}${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8');
}

function guarded(cell: string): string {
  return FORMULA_START.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
