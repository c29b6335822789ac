import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CountryCode,
  flag,
  Id,
  Instant,
  Text,
  Version,
  csv,
  pageOf,
  pageQuery,
  Written,
  Subject,
  Sha256,
} from '../values';
import { UPLOAD_BYTES_MAX, UploadReference } from '../upload';
import { storeUploadPart } from './upload.operations';

/** Base64 of the compressed file: fits the 1 MiB that a request may have. */
const CONTENT_MAX = 900_000;

export const SanctionsListView = z
  .strictObject({
    id: Id,
    version: Version,
    number: z.int().positive().meta({ description: 'Counts the imported lists; the highest one is in force' }),
    generatedAt: Instant.meta({ description: 'When the publisher made the list' }),
    globalFileId: Written(200).nullable(),
    sha256: Sha256.meta({ description: 'Of the XML file' }),
    subjects: z.int(),
    names: z.int(),
    importedBy: Subject,
    importedAt: Instant,
  })
  .meta({
    id: 'SanctionsListView',
    description: 'One imported edition of the EU consolidated financial sanctions list.',
  });
export type SanctionsListView = z.infer<typeof SanctionsListView>;

const READERS = grant('any', 'finance-officer', 'payment-orderer', 'cashier', 'auditor');

export const importSanctionsList = operation({
  subject: 'rpc.finance.sanctions-list.import',
  http: {
    method: 'POST',
    path: '/sanctions-lists',
    success: 201,
    location: '/sanctions-lists/{id}',
    upload: {
      mediaTypes: ['application/xml', 'text/xml', 'application/gzip'],
      query: ['sha256'],
      bytesMax: UPLOAD_BYTES_MAX,
      parts: storeUploadPart.subject,
    },
  },
  summary: 'Import an edition of the EU consolidated financial sanctions list',
  description:
    'The XML file (xmlFullSanctionsList 1.1) as the body, plain or gzipped; or in JSON, gzipped, as base64. At most 64 MiB unpacked, with 30,000 subjects and 120,000 names. Document types and entities are refused. From the import on every payee needs a screening against this edition; all are screened again at once.',
  request: z
    .strictObject({
      sha256: Sha256.optional().meta({
        description: 'Of the XML file; refused when the content is another. Required with contentGzip',
      }),
      contentGzip: z.base64().min(1).max(CONTENT_MAX).optional(),
      upload: UploadReference.optional(),
    })
    .refine(({ contentGzip, upload }) => (contentGzip === undefined) !== (upload === undefined), {
      message: 'send the file as the body, or give contentGzip',
    })
    .refine(({ contentGzip, sha256 }) => contentGzip === undefined || sha256 !== undefined, {
      path: ['sha256'],
      message: 'is required with contentGzip',
    }),
  reply: SanctionsListView,
  errors: [
    'FINANCE_SANCTIONS_LIST_INVALID',
    'FINANCE_SANCTIONS_LIST_TOO_LARGE',
    'FINANCE_SANCTIONS_LIST_EXISTS',
    'FINANCE_SANCTIONS_LIST_OUTDATED',
    'FINANCE_FILE_LIMIT_EXCEEDED',
    'FINANCE_FILE_READER_BUSY',
    'FINANCE_UPLOAD_INCOMPLETE',
    'FINANCE_UPLOAD_LIMIT_REACHED',
    'FINANCE_UPLOAD_PART_UNEXPECTED',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
  deadlineMs: 30_000,
});

export const listSanctionsLists = operation({
  subject: 'rpc.finance.sanctions-list.list',
  http: { method: 'GET', path: '/sanctions-lists' },
  summary: 'The imported editions of the sanctions list, newest first',
  request: z.strictObject({
    isOutdated: flag().optional().meta({
      description:
        'true: the edition in force, where it was generated longer ago than the rule sanctions-list-age allows, so that a newer one has to be imported; false: all others',
    }),
    ...pageQuery,
  }),
  reply: pageOf(SanctionsListView),
  allow: READERS,
});

export const getSanctionsList = operation({
  subject: 'rpc.finance.sanctions-list.get',
  http: { method: 'GET', path: '/sanctions-lists/{sanctionsListId}' },
  summary: 'Read an imported edition of the sanctions list',
  request: z.strictObject({ sanctionsListId: Id }),
  reply: SanctionsListView,
  allow: READERS,
});

export const ScreeningStatusView = z
  .strictObject({
    state: z.enum(['NOT_CONFIGURED', 'CONFIGURED', 'OUTDATED']).meta({
      description:
        'NOT_CONFIGURED: no list was ever imported, and every payment run is refused. OUTDATED: the list was generated longer ago than the rule sanctions-list-age allows, and nobody is cleared by it any more; what was CLEAR holds as long as a screening does',
    }),
    list: SanctionsListView.nullable(),
    payees: z.strictObject({ clear: z.int(), review: z.int(), blocked: z.int(), unscreened: z.int() }).meta({
      description: 'Payees by the outcome of their latest screening; unscreened: none against the list in force',
    }),
  })
  .meta({ id: 'ScreeningStatusView' });
export type ScreeningStatusView = z.infer<typeof ScreeningStatusView>;

export const getScreeningStatus = operation({
  subject: 'rpc.finance.screening.get-status',
  http: { method: 'GET', path: '/screening-status' },
  summary: 'Whether sanctions screening is in force, and how the payees stand',
  request: z.strictObject({}),
  reply: ScreeningStatusView,
  allow: READERS,
});

export const ScreeningOutcome = z.enum(['CLEAR', 'REVIEW', 'BLOCK']).meta({ id: 'ScreeningOutcome' });
export type ScreeningOutcome = z.infer<typeof ScreeningOutcome>;

export const ScreeningHit = z
  .strictObject({
    logicalId: Written(100).meta({ description: 'Of the listed subject, as the publisher numbers it' }),
    referenceNumber: Written(100),
    subjectType: Written(100),
    listedName: Written(500),
    screenedName: Written(500),
    score: z.int().min(0).max(100),
    explanation: z.array(Written(600)).max(5).meta({ description: 'How the score came about, step by step' }),
  })
  .meta({ id: 'ScreeningHit' });
export type ScreeningHit = z.infer<typeof ScreeningHit>;

/** Of those who named a payee, how many one answer shows. */
export const NAMED_BY_SHOWN = 20;
/** Hits of a screening that one answer shows. */
export const HITS_SHOWN = 50;

export const ScreeningView = z
  .strictObject({
    id: Id,
    version: Version,
    payeeId: Id,
    sanctionsListId: Id,
    outcome: ScreeningOutcome,
    algorithm: Written(100),
    threshold: z.int(),
    screened: z.strictObject({ names: z.array(Written(140)).max(10), town: Written(70), country: CountryCode }),
    hits: z
      .array(ScreeningHit)
      .max(HITS_SHOWN)
      .meta({ description: `The ${HITS_SHOWN} with the highest scores` }),
    doubts: z.array(Written(300)).max(10).meta({
      description:
        'Names of which little can be read (other signs than letters, next to nothing left): a person looks, hits or not',
    }),
    namedBy: z.array(Subject).max(NAMED_BY_SHOWN).meta({
      description: 'Who gave the names: registered the payee, or proposed its present account. They do not clear them',
    }),
    screenedAt: Instant,
    decision: z
      .strictObject({ by: Subject, at: Instant, reason: Written(1000) })
      .nullable()
      .meta({
        description: 'Of a person; null while REVIEW, and when CLEAR because nothing reached the threshold',
      }),
  })
  .meta({ id: 'ScreeningView', description: 'One screening of a payee against one edition of the list.' });
export type ScreeningView = z.infer<typeof ScreeningView>;

export const ScreeningSummary = ScreeningView.omit({ hits: true, doubts: true, namedBy: true }).meta({
  id: 'ScreeningSummary',
  description: 'A screening in a list: who, when and the outcome, without its hits.',
});
export type ScreeningSummary = z.infer<typeof ScreeningSummary>;

export const screenPayee = operation({
  subject: 'rpc.finance.screening.create',
  http: { method: 'POST', path: '/payees/{payeeId}/screenings', success: 201, location: '/screenings/{id}' },
  summary: 'Screen a payee against the sanctions list in force',
  description:
    'Name and account holder against every name on the list: by their sound in Latin letters, by the Latin letters that they look like, without blanks, and with initials. CLEAR when no hit reaches the threshold (rule screening-hit-score) and the names can be read; else REVIEW, for a person to decide. The same hits that a person cleared before are cleared again, with a reference to that decision.',
  request: z.strictObject({ payeeId: Id }),
  reply: ScreeningView,
  errors: ['FINANCE_SCREENING_NOT_CONFIGURED'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const listScreenings = operation({
  subject: 'rpc.finance.screening.list',
  http: { method: 'GET', path: '/screenings' },
  summary: 'Screenings, newest first; outcome=REVIEW is the list of what waits for a decision',
  request: z.strictObject({ payeeId: Id.optional(), outcome: csv(ScreeningOutcome).optional(), ...pageQuery }),
  reply: pageOf(ScreeningSummary),
  allow: READERS,
});

export const getScreening = operation({
  subject: 'rpc.finance.screening.get',
  http: { method: 'GET', path: '/screenings/{screeningId}' },
  summary: 'Read a screening with its hits',
  request: z.strictObject({ screeningId: Id }),
  reply: ScreeningView,
  allow: READERS,
});

export const listScreeningActions = actionsOf('rpc.finance.screening', '/screenings/{screeningId}', READERS);

export const decideScreening = operation({
  subject: 'rpc.finance.screening.decide',
  http: { method: 'POST', path: '/screenings/{screeningId}/decisions' },
  summary: 'Decide on the hits of a screening: another person (CLEAR), or the listed one (BLOCK)',
  description:
    'BLOCK holds every payout of the payee: BLOCKED(SANCTIONED). CLEAR releases what waited for it, and is not for who named the payee.',
  request: z.strictObject({ screeningId: Id, outcome: z.enum(['CLEAR', 'BLOCK']), reason: Text(1000) }),
  reply: ScreeningView,
  errors: [
    'FINANCE_SCREENING_DECISION_NOT_ALLOWED',
    'FINANCE_SCREENING_FOUR_EYES',
    'FINANCE_SANCTIONS_LIST_TOO_OLD',
    'FINANCE_RULE_MISSING',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
  precondition: 'required',
});
