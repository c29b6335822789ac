import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { csv, Id, Instant, Line, LineOrEmpty, pageOf, pageQuery, Sha256, Subject, Version, Written } from '../values';
import { MunicipalityKind, WRITE_PARTNERSHIPS } from './municipality.operations';
import {
  IMPORT_CELL_MAX,
  IMPORT_COLUMNS_MAX,
  IMPORT_ROWS_MAX,
  ImportDecisionField,
  ImportDecisionValue,
  ImportField,
  ImportProblem,
  ImportRowNumber,
  ImportRowView,
  ImportVerdict,
} from './partnership-import.values';
import { FieldShare, LanguageCode } from './partnership.operations';

/** The registry of a whole region is looked at, with every name compared to the German register. */
const ASSESSED_WITHIN_MS = 20_000;
const RUN_WITHIN_MS = 30_000;
/** As many as fit one answer, each with all its proposals at their longest. */
const GROUPS_MAX = 80;

export const ImportStatus = z.enum(['OPEN', 'DONE', 'DISCARDED']).meta({ id: 'ImportStatus' });
export type ImportStatus = z.infer<typeof ImportStatus>;

const Column = z
  .int()
  .min(0)
  .max(IMPORT_COLUMNS_MAX - 1);
export const ImportColumns = z.partialRecord(ImportField, Column).meta({
  id: 'ImportColumns',
  description: 'Which column of the header says what, counted from 0',
});
export type ImportColumns = z.infer<typeof ImportColumns>;

function isWhole(shares: readonly FieldShare[]): boolean {
  const isOnce = new Set(shares.map(({ key }) => key)).size === shares.length;
  return isOnce && shares.reduce((sum, { percent }) => sum + percent, 0) === 100;
}

export const ImportDefaults = z
  .strictObject({
    languages: z.array(LanguageCode).min(1).max(10),
    fieldsOfAction: z
      .array(FieldShare)
      .min(1)
      .max(26)
      .refine(isWhole, 'name each field once, adding up to 100 percent'),
    partnerKind: MunicipalityKind,
  })
  .meta({ id: 'ImportDefaults', description: 'What holds for every row that does not say it itself' });
export type ImportDefaults = z.infer<typeof ImportDefaults>;

const Count = z.int().nonnegative();

export const ImportCounts = z
  .strictObject({
    ready: Count,
    unchanged: Count,
    duplicate: Count,
    needsDecision: Count,
    skipped: Count,
    made: Count,
    leftOut: Count,
    germanMunicipalities: Count.meta({ description: 'To be recorded from the register; after the run: recorded' }),
    partnerMunicipalities: Count.meta({
      description: 'To be recorded as the file names them; after the run: recorded',
    }),
  })
  .meta({ id: 'ImportCounts' });
export type ImportCounts = z.infer<typeof ImportCounts>;

export const PartnershipImportView = z
  .strictObject({
    id: Id,
    version: Version,
    fileName: Written(200),
    header: z.array(Written(IMPORT_CELL_MAX)).max(IMPORT_COLUMNS_MAX),
    columns: ImportColumns,
    defaults: ImportDefaults,
    status: ImportStatus,
    rows: Count,
    counts: ImportCounts,
    reportHash: Sha256.meta({ description: 'Of all that the run would do; the run carries it' }),
    repeats: Id.nullable().meta({
      description: 'The import of the very same table that was run before; its columns and decisions were taken over',
    }),
    openedBy: Subject,
    createdAt: Instant,
    updatedAt: Instant,
    doneAt: Instant.nullable(),
  })
  .meta({ id: 'PartnershipImportView' });
export type PartnershipImportView = z.infer<typeof PartnershipImportView>;

export const createPartnershipImport = operation({
  subject: 'rpc.partnership.partnership-import.create',
  http: {
    method: 'POST',
    path: '/partnership-imports',
    success: 201,
    location: '/partnership-imports/{id}',
    putById: true,
  },
  summary: 'Open an import of partnerships from a table',
  description:
    'Nothing is recorded yet: each row is assessed against the register, the countries and what is recorded, and answered with what it would come to or with its problems and proposals. ' +
    `Up to ${IMPORT_ROWS_MAX} rows within the size of one request. The columns are guessed from the header and may be changed; rows without any text are passed over.`,
  request: z.strictObject({
    id: Id.optional(),
    fileName: Line(200),
    header: z.array(LineOrEmpty(IMPORT_CELL_MAX)).min(1).max(IMPORT_COLUMNS_MAX),
    rows: z
      .array(z.array(LineOrEmpty(IMPORT_CELL_MAX)).max(IMPORT_COLUMNS_MAX))
      .min(1)
      .max(IMPORT_ROWS_MAX),
    defaults: ImportDefaults,
  }),
  reply: PartnershipImportView,
  errors: ['PLATFORM_RESOURCE_EXISTS'],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  deadlineMs: ASSESSED_WITHIN_MS,
});

const ofImport = { importId: Id };

export const getPartnershipImport = operation({
  subject: 'rpc.partnership.partnership-import.get',
  http: { method: 'GET', path: '/partnership-imports/{importId}' },
  summary: 'Read an import of partnerships',
  request: z.strictObject(ofImport),
  reply: PartnershipImportView,
  allow: WRITE_PARTNERSHIPS,
});

export const listPartnershipImportActions = actionsOf(
  'rpc.partnership.partnership-import',
  '/partnership-imports/{importId}',
  WRITE_PARTNERSHIPS,
);

export const listPartnershipImports = operation({
  subject: 'rpc.partnership.partnership-import.list',
  http: { method: 'GET', path: '/partnership-imports' },
  summary: 'List imports of partnerships, the latest first',
  request: z.strictObject({ ...pageQuery, status: csv(ImportStatus).optional() }),
  reply: pageOf(PartnershipImportView),
  allow: WRITE_PARTNERSHIPS,
});

export const listPartnershipImportRows = operation({
  subject: 'rpc.partnership.partnership-import-row.list',
  http: { method: 'GET', path: '/partnership-imports/{importId}/rows' },
  summary: 'List the rows of an import with what each would come to',
  request: z.strictObject({ ...ofImport, ...pageQuery, verdict: csv(ImportVerdict).optional() }),
  reply: pageOf(ImportRowView),
  allow: WRITE_PARTNERSHIPS,
});

export const ImportProblemGroup = z
  .strictObject({ problem: ImportProblem, rows: z.array(ImportRowNumber).max(IMPORT_ROWS_MAX) })
  .meta({
    id: 'ImportProblemGroup',
    description: 'The same problem with the same proposals, and the rows that have it',
  });
export type ImportProblemGroup = z.infer<typeof ImportProblemGroup>;

export const groupPartnershipImportProblems = operation({
  subject: 'rpc.partnership.partnership-import.group-problems',
  http: { method: 'GET', path: '/partnership-imports/{importId}/problems' },
  summary: 'The open problems of an import, each once with its rows',
  description: `Those of most rows first, ${GROUPS_MAX} at most; once they are decided the others follow.`,
  request: z.strictObject(ofImport),
  reply: z.strictObject({ items: z.array(ImportProblemGroup).max(GROUPS_MAX) }),
  allow: WRITE_PARTNERSHIPS,
});
export { GROUPS_MAX as IMPORT_GROUPS_MAX };

/** What all acts on an import have in common: they are refused on a version that somebody has changed, and assess anew. */
const anAct = {
  reply: PartnershipImportView,
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
} as const;

export const changePartnershipImportReading = operation({
  ...anAct,
  subject: 'rpc.partnership.partnership-import.change-reading',
  http: { method: 'POST', path: '/partnership-imports/{importId}/reading' },
  summary: 'Say which column is which, and what holds where a row says nothing',
  request: z.strictObject({ ...ofImport, columns: ImportColumns, defaults: ImportDefaults }),
  errors: ['PARTNERSHIP_IMPORT_CLOSED', 'PARTNERSHIP_IMPORT_COLUMNS_INVALID'],
  deadlineMs: ASSESSED_WITHIN_MS,
});

export const ImportRepair = z
  .strictObject({
    rows: z.array(ImportRowNumber).min(1).max(IMPORT_ROWS_MAX),
    field: ImportDecisionField,
    value: ImportDecisionValue.nullable().meta({ description: 'null takes the decision back' }),
  })
  .meta({ id: 'ImportRepair', description: 'One decision for one row or for all that have the same problem' });
export type ImportRepair = z.infer<typeof ImportRepair>;

export const repairPartnershipImport = operation({
  ...anAct,
  subject: 'rpc.partnership.partnership-import.repair',
  http: { method: 'POST', path: '/partnership-imports/{importId}/repairs' },
  summary: 'Decide what rows mean',
  description:
    'The cells stay as they came; a decision stands in place of one. A proposal is taken by sending its field and value.',
  request: z.strictObject({ ...ofImport, repairs: z.array(ImportRepair).min(1).max(50) }),
  errors: ['PARTNERSHIP_IMPORT_CLOSED', 'PARTNERSHIP_IMPORT_ROW_UNKNOWN'],
  deadlineMs: ASSESSED_WITHIN_MS,
});

export const checkPartnershipImport = operation({
  ...anAct,
  subject: 'rpc.partnership.partnership-import.check',
  http: { method: 'POST', path: '/partnership-imports/{importId}/checks' },
  summary: 'Assess the rows once more, by what is recorded now',
  request: z.strictObject(ofImport),
  errors: ['PARTNERSHIP_IMPORT_CLOSED'],
  deadlineMs: ASSESSED_WITHIN_MS,
});

export const runPartnershipImport = operation({
  ...anAct,
  subject: 'rpc.partnership.partnership-import.run',
  http: { method: 'POST', path: '/partnership-imports/{importId}/runs' },
  summary: 'Record what the report says, all of it or nothing',
  description:
    'Assesses the rows again in its own transaction and refuses when they would come to something else than the report whose hash it carries. ' +
    'Rows that need a decision refuse the run unless `leaveOut` says that they stay out. The same file a second time changes nothing.',
  request: z.strictObject({ ...ofImport, reportHash: Sha256, leaveOut: z.boolean().default(false) }),
  errors: ['PARTNERSHIP_IMPORT_CLOSED', 'PARTNERSHIP_IMPORT_UNDECIDED', 'PARTNERSHIP_IMPORT_REPORT_CHANGED'],
  deadlineMs: RUN_WITHIN_MS,
});

export const discardPartnershipImport = operation({
  ...anAct,
  subject: 'rpc.partnership.partnership-import.discard',
  http: { method: 'POST', path: '/partnership-imports/{importId}/discard' },
  summary: 'Discard an import; its rows are deleted',
  request: z.strictObject(ofImport),
  errors: ['PARTNERSHIP_IMPORT_CLOSED'],
});
