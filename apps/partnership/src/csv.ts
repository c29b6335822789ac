import { parse } from 'csv-parse/sync';

/** One line of a CSV file by its header; every value is text. */
export type CsvRow = Readonly<Record<string, string>>;

export function parseCsv(content: string): CsvRow[] {
  return parse(content, { columns: true, skip_empty_lines: true });
}

/** A value that must be there: a missing column is a broken file, not an empty value. */
export function text(row: CsvRow, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`reference data: no column ${column}`);
  return value;
}

export function textOrNull(row: CsvRow, column: string): string | null {
  return text(row, column) || null;
}

export function numberOrNull(row: CsvRow, column: string): number | null {
  const value = textOrNull(row, column);
  return value === null ? null : Number(value);
}

/** `"11 12"` -> `["11", "12"]`. */
export function words(row: CsvRow, column: string): string[] {
  return text(row, column).split(' ').filter(Boolean);
}
