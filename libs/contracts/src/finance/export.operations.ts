import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { FILE_PART_CHARACTERS_MAX } from '../upload';
import { Day, flag, Id, MachineText, Written } from '../values';

const EXPORTERS = grant('any', 'finance-officer', 'budget-officer', 'auditor');
const PERIOD = 'FINANCE_EXPORT_PERIOD_INVALID';
const range = {
  fundId: Id,
  from: Day.meta({ description: 'First day' }),
  to: Day.meta({ description: 'First day that is not in the export any more' }),
};

const OFFSET_MAX = 2000;

/** Over HTTP the whole file is one answer; who calls the service itself reads on until `nextOffset` is null. */
const offset = MachineText(OFFSET_MAX).optional().meta({
  description: 'Where a part begins, from `nextOffset` of the part before. The answer over HTTP has all parts.',
});

/** A part of a file of bytes: the gateway decodes the body before it sends it, and reads the parts that follow. */
export function binaryFile<const M extends string>(mediaType: M) {
  return z.strictObject({
    mediaType: z.literal(mediaType),
    fileName: Written(200),
    encoding: z.literal('base64'),
    body: z.base64().max(FILE_PART_CHARACTERS_MAX),
    nextOffset: z
      .string()
      .max(OFFSET_MAX)
      .nullable()
      .meta({ description: 'Where the next part begins; null: this was the last' }),
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
    'All entries whose effective date lies in the period, in the order of booking, as they were when the export began, however many. `separator=semicolon` writes a decimal comma, as German spreadsheets read it. A text that a spreadsheet would take for a formula gets an apostrophe before it.',
  request: z.strictObject({
    ...range,
    separator: z.enum(['comma', 'semicolon']).default('comma'),
    bom: flag().default(false).meta({ description: 'Byte order mark, by which Excel recognises UTF-8' }),
    offset,
  }),
  reply: binaryFile(CSV),
  errors: [PERIOD],
  allow: EXPORTERS,
});

export const exportJournalXlsx = operation({
  subject: 'rpc.finance.export.journal-xlsx',
  http: { method: 'GET', path: '/funds/{fundId}/exports/journal-xlsx', file: XLSX },
  summary: 'The journal of a fund as a workbook',
  description:
    'The rows of the CSV, in one sheet; refused above the 1,048,575 that a sheet holds. The same journal and period make the same bytes.',
  request: z.strictObject({ ...range, offset }),
  reply: binaryFile(XLSX),
  errors: [PERIOD, 'FINANCE_EXPORT_TOO_LARGE'],
  allow: EXPORTERS,
});

/** The number of the tax adviser (Berater) at DATEV, and the one of the adviser's client (Mandant). */
export const DatevConsultantNumber = z.coerce.number().int().min(1001).max(9_999_999);
export const DatevClientNumber = z.coerce.number().int().min(1).max(99_999);

export const exportDatev = operation({
  subject: 'rpc.finance.export.datev',
  http: { method: 'GET', path: '/funds/{fundId}/exports/datev', file: 'text/csv' },
  summary: 'What the bank booked, as a DATEV booking batch (EXTF 700, category 21)',
  description:
    'Payments and parts of them, what came back, bank charges, and what debtors paid, each on its day and as the journal has it. CP1252, semicolon, decimal comma; expense account by cost category against the bank account, to its credit where money came in; cost centre 1 is the budget year, 2 the cost category. The period lies in one calendar year and has 99,999 bookings at most. Consultant and client number are those of the installation (DATEV_CONSULTANT_NUMBER, DATEV_CLIENT_NUMBER) where the request gives none; without either it is refused.',
  request: z.strictObject({
    ...range,
    consultantNumber: DatevConsultantNumber.optional(),
    clientNumber: DatevClientNumber.optional(),
    offset,
  }),
  reply: binaryFile(DATEV),
  errors: [
    PERIOD,
    'FINANCE_EXPORT_TOO_LARGE',
    'FINANCE_EXPORT_CHANGED',
    'FINANCE_DATEV_NUMBER_MISSING',
    'FINANCE_RULE_MISSING',
  ],
  allow: EXPORTERS,
});

export const exportFundStatement = operation({
  subject: 'rpc.finance.export.fund-statement',
  http: { method: 'GET', path: '/funds/{fundId}/exports/statement', file: PDF, language: true },
  summary: 'Statement of a fund over a period as an accessible PDF, with lines for two signatures',
  description:
    'Opening, movements and closing of each budget year and stage, where its money came from, and what the bank booked by month, budget year and cost category, all from the journal and by the day on which entries take effect. Every booking is listed one by one, 500 in a volume: the first is the statement, `volume=2` and further ones continue its list with what was carried forward. PDF/UA-1, in German or English.',
  request: z.strictObject({
    ...range,
    language: z.enum(['de', 'en']).default('de'),
    volume: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
  reply: binaryFile(PDF),
  errors: [PERIOD, 'FINANCE_EXPORT_VOLUME_UNKNOWN'],
  allow: EXPORTERS,
  // It is set as pages, 500 bookings in a second or two.
  deadlineMs: 5000,
});
