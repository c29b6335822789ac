import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { formatMinor } from '#contracts';
import { JOURNAL_HEADINGS, type JournalLineRow } from './journal-rows';

/** The journal as a workbook: text stays text, whatever it begins with; amounts and years are numbers. */
export function journalWorkbook(rows: readonly JournalLineRow[]): Promise<Buffer> {
  const heading: Row = JOURNAL_HEADINGS.map((value) => ({ value, fontWeight: 'bold' }));
  return writeXlsxFile([heading, ...rows.map(workbookRow)], {
    sheet: 'Journal',
    stickyRowsCount: 1,
    columns: [38, 6, 24, 40, 26, 12, 11, 12, 16, 9, 38].map((width) => ({ width })),
  }).toBuffer();
}

function workbookRow(row: JournalLineRow): Row {
  const text = (value: string) => ({ type: String, value });
  return [
    text(row.entryId),
    { type: Number, value: row.line },
    text(row.kind),
    text(row.reference),
    text(row.bookedAt.toISOString()),
    text(row.effectiveOn),
    { type: Number, value: row.year },
    text(row.stage),
    // Exact: a spreadsheet's number holds 15 digits, an amount of the fund at most 14.
    { type: Number, value: Number(formatMinor(row.amountMinor, row.currency)), format: '#,##0.00' },
    text(row.currency),
    text(row.correlationId),
  ];
}
