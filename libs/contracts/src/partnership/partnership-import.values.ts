import { z } from 'zod';
import { CountryCode, Id, Line, OpenPeriod, Written } from '../values';
import { MunicipalityKind } from './municipality.operations';
import { FieldShare, LanguageCode, PartnershipKind } from './partnership.operations';

/** Rows of one file. A larger register comes in several files. */
export const IMPORT_ROWS_MAX = 2_000;
export const IMPORT_COLUMNS_MAX = 60;
/** Characters of a cell; what is longer is cut before it is sent, and is a fault of the cell where it counts. */
export const IMPORT_CELL_MAX = 500;
export const IMPORT_PROPOSALS_MAX = 8;
const PROBLEMS_MAX = 20;

/** What a column may say of a partnership. */
export const IMPORT_FIELDS = [
  'germanKey',
  'germanName',
  'partnerName',
  'country',
  'partnerKind',
  'kind',
  'from',
  'lastDay',
  'languages',
  'fieldsOfAction',
] as const;
export const ImportField = z.enum(IMPORT_FIELDS).meta({ id: 'ImportField' });
export type ImportField = z.infer<typeof ImportField>;

export const ImportDecisionField = z.enum([...IMPORT_FIELDS, 'partner', 'another', 'leaveOut']).meta({
  id: 'ImportDecisionField',
  description:
    'What a person may decide of a row: the value of a field in place of the cell; `partner`: the id of the recorded municipality that is meant, or `NEW`; ' +
    '`another`: why it is another partnership than the one between the same municipalities; `leaveOut`: why the row is not imported',
});
export type ImportDecisionField = z.infer<typeof ImportDecisionField>;

/** The decision that a municipality is another one than those it is like. */
export const NEW_PARTNER = 'NEW';

export const ImportVerdict = z
  .enum(['READY', 'UNCHANGED', 'DUPLICATE', 'NEEDS_DECISION', 'SKIPPED', 'MADE', 'LEFT_OUT'])
  .meta({
    id: 'ImportVerdict',
    description:
      'READY: the partnership would be recorded. UNCHANGED: it is recorded already. DUPLICATE: an earlier row says the same. NEEDS_DECISION: at least one problem is open. ' +
      'SKIPPED: a person left it out, with a reason. After the run: MADE from READY, LEFT_OUT from NEEDS_DECISION',
  });
export type ImportVerdict = z.infer<typeof ImportVerdict>;

export const ImportProblemCode = z
  .enum([
    'MISSING',
    'TOO_LONG',
    'FORMULA',
    'CHARACTERS',
    'KEY_WITHOUT_ZERO',
    'KEY_UNKNOWN',
    'KEY_UNINCORPORATED',
    'NAME_CONTRADICTS',
    'NAME_AMBIGUOUS',
    'NAME_UNKNOWN',
    'COUNTRY_UNKNOWN',
    'COUNTRY_GERMANY',
    'COUNTRY_OTHER',
    'PARTNER_ALIKE',
    'ROW_ALIKE',
    'KIND_UNKNOWN',
    'DAY_AMBIGUOUS',
    'DAY_INCOMPLETE',
    'DAY_UNKNOWN',
    'PERIOD_REVERSED',
    'LANGUAGES_UNKNOWN',
    'FIELDS_UNKNOWN',
    'OTHER_RECORDED',
    'OTHER_IN_FILE',
  ])
  .meta({ id: 'ImportProblemCode' });
export type ImportProblemCode = z.infer<typeof ImportProblemCode>;

export const ImportNoteCode = z
  .enum([
    'ZERO_ADDED',
    'KEY_FROM_NAME',
    'KEY_FROM_REGIONAL_KEY',
    'REGISTER_NAME',
    'KIND_FROM_NAME',
    'PARTNER_RECORDED',
    'SPELLED_AS_ROW',
    'PERIOD_DIFFERS',
  ])
  .meta({ id: 'ImportNoteCode', description: 'What was read otherwise than it is written, without any doubt' });
export type ImportNoteCode = z.infer<typeof ImportNoteCode>;

/** A decision as text: a key, a code, a day, an id, a name, a reason. */
export const ImportDecisionValue = Line(IMPORT_CELL_MAX);
const Cell = Written(IMPORT_CELL_MAX);

export const ImportProposal = z
  .strictObject({
    field: ImportDecisionField,
    value: Cell.meta({ description: 'What to decide for the field' }),
    label: Written(300).nullable().meta({ description: 'What the value means, where it is a key or an id' }),
    detail: Written(300).nullable().meta({ description: 'What tells it from others: the Land, the country' }),
  })
  .meta({ id: 'ImportProposal' });
export type ImportProposal = z.infer<typeof ImportProposal>;

export const ImportProblem = z
  .strictObject({
    field: ImportDecisionField,
    code: ImportProblemCode,
    value: Cell.meta({ description: 'What stands there' }),
    about: Written(300).nullable().meta({ description: 'What it is compared with: a name, a row, a case number' }),
    proposals: z.array(ImportProposal).max(IMPORT_PROPOSALS_MAX).meta({ description: 'The likeliest first' }),
  })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof ImportProblem>;

export const ImportNote = z
  .strictObject({ field: ImportDecisionField, code: ImportNoteCode, value: Cell, taken: Cell })
  .meta({ id: 'ImportNote' });
export type ImportNote = z.infer<typeof ImportNote>;

/** What a row comes to: both municipalities, each recorded already or to be recorded, and the partnership. */
export const ImportOutcome = z
  .strictObject({
    german: z
      .strictObject({ key: Written(8), name: Written(200), municipalityId: Id.nullable() })
      .nullable()
      .meta({ description: 'Without municipalityId: recorded from the register by the run' }),
    partner: z
      .strictObject({
        name: Written(200),
        country: CountryCode,
        kind: MunicipalityKind,
        municipalityId: Id.nullable(),
      })
      .nullable()
      .meta({ description: 'Without municipalityId: recorded by the run, once for all rows that name it' }),
    partnership: z
      .strictObject({
        kind: PartnershipKind,
        languages: z.array(LanguageCode).max(10),
        fieldsOfAction: z.array(FieldShare).max(26),
        period: OpenPeriod.nullable(),
        duplicateReason: Cell.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ImportOutcome' });
export type ImportOutcome = z.infer<typeof ImportOutcome>;

const RowNumber = z
  .int()
  .min(2)
  .max(IMPORT_ROWS_MAX + 1)
  .meta({ description: 'As a spreadsheet counts: the header is row 1' });
export { RowNumber as ImportRowNumber };

export const ImportRowView = z
  .strictObject({
    number: RowNumber,
    cells: z.array(Cell).max(IMPORT_COLUMNS_MAX),
    decisions: z.partialRecord(ImportDecisionField, Cell),
    verdict: ImportVerdict,
    outcome: ImportOutcome,
    duplicateOf: RowNumber.nullable(),
    partnershipId: Id.nullable().meta({ description: 'The partnership that is recorded, before the run or by it' }),
    notes: z.array(ImportNote).max(PROBLEMS_MAX),
    problems: z.array(ImportProblem).max(PROBLEMS_MAX),
  })
  .meta({ id: 'ImportRowView' });
export type ImportRowView = z.infer<typeof ImportRowView>;
