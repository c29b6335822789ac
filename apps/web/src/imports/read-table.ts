import { IMPORT_CELL_MAX, IMPORT_COLUMNS_MAX, IMPORT_ROWS_MAX } from '#contracts/partnership';
import { LineOrEmpty, REQUEST_BYTES_MAX } from '#contracts';

/** A table as its file has it: text in every cell. */
export interface FileTable {
  readonly fileName: string;
  readonly header: string[];
  readonly rows: string[][];
}

export type TableFault = 'EMPTY' | 'ROWS' | 'COLUMNS' | 'SIZE' | 'UNREADABLE';

/** The file is no table that could be imported. */
export class TableRefused extends Error {
  constructor(
    readonly fault: TableFault,
    options?: ErrorOptions,
  ) {
    super(fault, options);
  }
}

const FILE_BYTES_MAX = 5 * 1024 * 1024;
const FILE_NAME_MAX = 200;
/** What stands beside the table in the request. */
const FRAME_BYTES = 32 * 1024;
const Cell = LineOrEmpty(IMPORT_CELL_MAX);
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Reads a spreadsheet (its first sheet) or a text with commas, semicolons or tabs, in UTF-8, UTF-16 or windows-1252. */
export async function readTable(file: File): Promise<FileTable> {
  if (file.size > FILE_BYTES_MAX) throw new TableRefused('SIZE');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const [header = [], ...rows] = trimmed(isZip ? await ofSpreadsheet(bytes.buffer) : await ofText(textOf(bytes)));
  if (rows.length === 0) throw new TableRefused('EMPTY');
  if (rows.length > IMPORT_ROWS_MAX) throw new TableRefused('ROWS');
  if (Math.max(header.length, ...rows.map(({ length }) => length)) > IMPORT_COLUMNS_MAX)
    throw new TableRefused('COLUMNS');
  const table = { fileName: cellOf(file.name).slice(-FILE_NAME_MAX), header, rows };
  if (new TextEncoder().encode(JSON.stringify(table)).length > REQUEST_BYTES_MAX - FRAME_BYTES)
    throw new TableRefused('SIZE');
  return table;
}

async function ofSpreadsheet(buffer: ArrayBuffer): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/universal');
  try {
    const rows = await readSheet(buffer);
    return rows.map((row) =>
      row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
    );
  } catch (error) {
    throw new TableRefused('UNREADABLE', { cause: error });
  }
}

async function ofText(text: string): Promise<string[][]> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, bom: true });
  } catch (error) {
    throw new TableRefused('UNREADABLE', { cause: error });
  }
}

/** The sign that parts most columns of the first line. */
export function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length;
  return [';', '\t', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

/** What is no UTF-8 is taken for what German spreadsheets write. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not swallowed: every file can be read in this encoding, and a wrong letter is seen in the table.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function trimmed(rows: readonly (readonly string[])[]): string[][] {
  const cells = rows.map((row) => row.map(cellOf));
  while (cells.at(-1)?.every((cell) => cell === '')) cells.pop();
  const width = Math.max(0, ...cells.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
  return cells.map((row) => row.slice(0, width));
}

/** As the request may carry it: on one line, at most so long, and with a sign where there are letters that nobody sees. */
export function cellOf(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ');
  const short = line.length > IMPORT_CELL_MAX ? `${line.slice(0, IMPORT_CELL_MAX - 1).toWellFormed()}…` : line;
  const read = Cell.safeParse(short);
  return read.success ? read.data : Cell.parse(short.replace(HIDDEN, '\ufffd'));
}
