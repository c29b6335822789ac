import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id } from '../values';

const EXPORTERS = grant('any', 'finance-officer', 'budget-officer', 'auditor');
const ERRORS = ['FINANCE_EXPORT_PERIOD_INVALID', 'FINANCE_EXPORT_TOO_LARGE'] as const;
const range = {
  fundId: Id,
  from: Day.meta({ description: 'First day' }),
  to: Day.meta({ description: 'First day that is not in the export any more' }),
};

/** A file of bytes: the gateway decodes the body before it sends it. */
function binaryFile<const M extends string>(mediaType: M) {
  return z.strictObject({
    mediaType: z.literal(mediaType),
    fileName: z.string(),
    encoding: z.literal('base64'),
    body: z.base64(),
  });
}

const CSV = 'text/csv; charset=utf-8';
const DATEV = 'text/csv; charset=windows-1252';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PDF = 'application/pdf';

export const exportJournalCsv = operation({
  subject: 'rpc.finance.export.journal-csv',
  http: { method: 'GET', path: '/funds/{fundId}/exports/journal-csv', file: 'text/csv' },
  summary: 'The journal of a fund as CSV, one row per line of an entry',
  description:
    'By effective date, oldest first, at most 2,000 rows. `separator=semicolon` writes a decimal comma, as German spreadsheets read it. A text that a spreadsheet would take for a formula gets an apostrophe before it.',
  request: z.strictObject({
    ...range,
    separator: z.enum(['comma', 'semicolon']).default('comma'),
    bom: z.stringbool().default(false).meta({ description: 'Byte order mark, by which Excel recognises UTF-8' }),
  }),
  reply: z.strictObject({
    mediaType: z.literal(CSV),
    fileName: z.string(),
    encoding: z.literal('base64'),
    body: z.base64(),
  }),
  errors: ERRORS,
  allow: EXPORTERS,
});

export const exportJournalXlsx = operation({
  subject: 'rpc.finance.export.journal-xlsx',
  http: { method: 'GET', path: '/funds/{fundId}/exports/journal-xlsx', file: XLSX },
  summary: 'The journal of a fund as a workbook',
  request: z.strictObject(range),
  reply: binaryFile(XLSX),
  errors: ERRORS,
  allow: EXPORTERS,
});

export const exportDatev = operation({
  subject: 'rpc.finance.export.datev',
  http: { method: 'GET', path: '/funds/{fundId}/exports/datev', file: 'text/csv' },
  summary: 'Booked payouts as a DATEV booking batch (EXTF 700, category 21)',
  description:
    'CP1252, semicolon, decimal comma; expense account by cost category against the bank account; cost centre 1 is the budget year, 2 the cost category. The period lies in one calendar year.',
  request: z.strictObject({
    ...range,
    consultantNumber: z.coerce.number().int().min(1001).max(9_999_999).default(1001),
    clientNumber: z.coerce.number().int().min(1).max(99_999).default(1),
  }),
  reply: binaryFile(DATEV),
  errors: ERRORS,
  allow: EXPORTERS,
});

export const exportFundStatement = operation({
  subject: 'rpc.finance.export.fund-statement',
  http: { method: 'GET', path: '/funds/{fundId}/exports/statement', file: PDF },
  summary: 'Statement of a fund over a period as PDF in German, with lines for two signatures',
  request: z.strictObject(range),
  reply: binaryFile(PDF),
  errors: ERRORS,
  allow: EXPORTERS,
});
