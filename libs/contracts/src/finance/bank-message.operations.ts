import { z } from 'zod';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id, Instant, Line, Version, csv, flag, pageOf, pageQuery, Written, Subject, Sha256 } from '../values';
import { FINANCE_READERS } from './fund.operations';
import { FILE_PART_CHARACTERS_MAX, UploadReference } from '../upload';
import { storeUploadPart } from './upload.operations';

/** Leaves room for the request below the 1 MiB that gateway and broker carry. */
const CONTENT_BYTES_MAX = 950_000;
/** A statement of some 15,000 single entries; larger ones are sent by banks in several pages. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

export const BANK_MESSAGE_KINDS = ['PAIN_002', 'CAMT_053', 'CAMT_054'] as const;
export const BankMessageKind = z.enum(BANK_MESSAGE_KINDS).meta({
  id: 'BankMessageKind',
  description:
    'PAIN_002: status report (pain.002.001.10). CAMT_053: statement, the book of record (camt.053.001.08). CAMT_054: debit and credit notification (camt.054.001.08).',
});
export type BankMessageKind = z.infer<typeof BankMessageKind>;

export const BankStatementView = z
  .strictObject({
    accountIban: Written(42),
    statementId: Written(35),
    pageNumber: z.int(),
    sequenceNumber: z.int().nullable().meta({ description: 'Electronic sequence number (ElctrncSeqNb)' }),
    from: Day.nullable(),
    to: Day.nullable(),
    opening: Money.nullable(),
    closing: Money.nullable(),
    isRepeated: z.boolean().meta({ description: 'The statement was here before; its entries had no effect again' }),
  })
  .meta({ id: 'BankStatementView' });
export type BankStatementView = z.infer<typeof BankStatementView>;

/** Statements of a message that one answer shows; what its import did is counted over all. */
export const STATEMENTS_SHOWN = 500;

export const BankMessageView = z
  .strictObject({
    id: Id,
    version: Version,
    kind: BankMessageKind,
    fileName: Written(200),
    messageId: Written(35),
    sha256: Sha256,
    statements: z
      .array(BankStatementView)
      .max(STATEMENTS_SHOWN)
      .meta({ description: `The first ${STATEMENTS_SHOWN}; the counts are of all` }),
    entries: z.int().meta({ description: 'Booked entries that were new' }),
    matchedEntries: z.int(),
    unmatchedEntries: z.int().meta({ description: 'New entries that wait for a person, wholly or in part' }),
    pendingEntries: z.int().meta({ description: 'Entries the bank has not booked yet; they are not kept' }),
    bookedPayouts: z.int(),
    returnedPayouts: z.int(),
    rejectedPayouts: z.int(),
    waitingAnswers: z
      .int()
      .meta({ description: 'Answers that take effect when their run is recorded as sent; as of now' }),
    openAnswers: z.int().meta({ description: 'Answers that a person has to look at; as of now' }),
    isRepeated: z.boolean().meta({ description: 'The very same file was imported before; nothing happened now' }),
    isDryRun: z.boolean(),
    importedBy: Subject,
    importedAt: Instant,
  })
  .meta({ id: 'BankMessageView', description: 'A message of the bank and what its import did.' });
export type BankMessageView = z.infer<typeof BankMessageView>;

export const BankMessageSummary = BankMessageView.omit({ statements: true }).meta({
  id: 'BankMessageSummary',
  description: 'A message of the bank in a list: what its import did, without its statements.',
});
export type BankMessageSummary = z.infer<typeof BankMessageSummary>;

export const importBankMessage = operation({
  subject: 'rpc.finance.bank-message.import',
  http: {
    method: 'POST',
    path: '/bank-messages',
    success: 201,
    location: '/bank-messages/{id}',
    upload: {
      mediaTypes: ['application/xml', 'text/xml'],
      query: ['fileName', 'dryRun'],
      bytesMax: FILE_BYTES_MAX,
      parts: storeUploadPart.subject,
    },
  },
  summary: 'Import a message of the bank: pain.002, camt.053 or camt.054',
  description:
    'The file as the body with fileName and dryRun in the query, or all of it in JSON. The same file, and the same statement of an account in another file, have no effect twice. An entry whose EndToEndId or batch reference is known and whose amount fits is booked at once; the rest waits in the work list with proposals. `dryRun` answers what would happen and changes nothing. A file has 50,000 entries and 50,000 payments at most, and every text the length that ISO 20022 gives it.',
  request: z
    .strictObject({
      fileName: Line(200),
      content: z
        .string()
        .min(1)
        .max(CONTENT_BYTES_MAX)
        .refine(
          (text) => text.isWellFormed() && jsonBytes(text) <= CONTENT_BYTES_MAX,
          `at most ${CONTENT_BYTES_MAX} bytes of well-formed text; send a larger file as the body`,
        )
        .optional()
        .meta({ description: 'The XML text as the bank delivered it' }),
      upload: UploadReference.refine(
        ({ bytes }) => bytes <= FILE_BYTES_MAX,
        `at most ${FILE_BYTES_MAX} bytes`,
      ).optional(),
      dryRun: flag().default(false),
    })
    .refine(({ content, upload }) => (content === undefined) !== (upload === undefined), {
      message: 'send the file as the body, or give content',
    }),
  reply: BankMessageView,
  errors: [
    'FINANCE_BANK_MESSAGE_UNREADABLE',
    'FINANCE_BANK_MESSAGE_SCHEMA',
    'FINANCE_FILE_LIMIT_EXCEEDED',
    'FINANCE_FILE_READER_BUSY',
    'FINANCE_UPLOAD_INCOMPLETE',
    'FINANCE_UPLOAD_LIMIT_REACHED',
    'FINANCE_UPLOAD_PART_UNEXPECTED',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  deadlineMs: 30_000,
});

export const getBankMessage = operation({
  subject: 'rpc.finance.bank-message.get',
  http: { method: 'GET', path: '/bank-messages/{bankMessageId}' },
  summary: 'Read what an imported bank message did',
  request: z.strictObject({ bankMessageId: Id }),
  reply: BankMessageView,
  allow: FINANCE_READERS,
});

export const listBankMessages = operation({
  subject: 'rpc.finance.bank-message.list',
  http: { method: 'GET', path: '/bank-messages' },
  summary: 'List imported bank messages, newest first',
  request: z.strictObject({ kind: csv(BankMessageKind).optional(), ...pageQuery }),
  reply: pageOf(BankMessageSummary),
  allow: FINANCE_READERS,
});

export const getBankMessageFile = operation({
  subject: 'rpc.finance.bank-message.get-file',
  http: { method: 'GET', path: '/bank-messages/{bankMessageId}/file', file: 'application/xml' },
  summary: 'The file of an imported bank message, as the bank delivered it',
  description: 'The stored bytes: their sha256 is that of the message.',
  request: z.strictObject({
    bankMessageId: Id,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'First byte; the whole file comes in parts' }),
  }),
  reply: z.strictObject({
    mediaType: z.literal('application/xml'),
    fileName: Written(200),
    encoding: z.literal('base64'),
    body: z.base64().max(FILE_PART_CHARACTERS_MAX),
    nextOffset: z.int().nullable().meta({ description: 'Where the next part begins; null: this was the last' }),
  }),
  allow: grant('any', 'cashier', 'finance-officer', 'auditor'),
});

function jsonBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}
