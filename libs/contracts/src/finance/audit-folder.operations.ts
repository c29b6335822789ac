import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Code, Id, Instant, Sha256, Written } from '../values';
import { FILE_PART_CHARACTERS_MAX } from '../upload';
import { Year } from './fund.operations';

/** Payouts that a sample draws at most. */
const SAMPLE_MAX = 50;

export const AuditFolderSubject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('PAYOUT'), payoutId: Id }),
    z.strictObject({ kind: z.literal('PAYMENT_RUN'), paymentRunId: Id }),
    z.strictObject({ kind: z.literal('PROOF_OF_USE'), proofOfUseId: Id }),
    z.strictObject({
      kind: z.literal('FUND_YEAR'),
      fundId: Id,
      year: Year,
      seed: Code(64, /^[\w.-]+$/, 'letters, digits, dot, dash and underscore').meta({
        description: 'The same seed draws the same payouts of the year',
      }),
      count: z.int().min(1).max(SAMPLE_MAX).default(25),
    }),
  ])
  .meta({ id: 'AuditFolderSubject' });
export type AuditFolderSubject = z.infer<typeof AuditFolderSubject>;

export const AuditFolderView = z
  .strictObject({
    id: Id,
    fileName: Written(200),
    files: z.int(),
    bytes: z.int(),
    sha256: Sha256,
    isSigned: z
      .boolean()
      .meta({ description: "Its list of hashes is signed with the key of the service's checkpoints" }),
    madeAt: Instant,
    keptUntil: Instant.meta({ description: 'Until then its file can be fetched' }),
  })
  .meta({ id: 'AuditFolderView' });
export type AuditFolderView = z.infer<typeof AuditFolderView>;

export const makeAuditFolder = operation({
  subject: 'rpc.finance.audit-folder.make',
  http: { method: 'POST', path: '/audit-folders', success: 201 },
  summary: 'Put together all evidence of a payout, a payment run, a proof of use or a fund year',
  description:
    'A ZIP file with the records as the database has them, the bytes that went to the bank and came from it, documents as PDF, the rules that were applied, the journal entries, the audit trail, the proof of both chains up to the signed checkpoint that follows, and a program that verifies all of it without anything else (docs/finance.md#audit-folders). Of a fund year a sample of payouts is drawn by the seed.',
  request: z.strictObject({ subject: AuditFolderSubject }),
  reply: AuditFolderView,
  errors: ['FINANCE_AUDIT_FOLDER_TOO_LARGE', 'FINANCE_BUDGET_YEAR_UNKNOWN'],
  // Nobody else sees all that is in it: bank files, pay and the trail of others.
  allow: grant('any', 'auditor'),
  idempotency: 'required',
  deadlineMs: 20_000,
});

export const getAuditFolderFile = operation({
  subject: 'rpc.finance.audit-folder.get-file',
  http: { method: 'GET', path: '/audit-folders/{auditFolderId}/file', file: 'application/zip' },
  summary: 'The ZIP file of an audit folder, for who had it made',
  request: z.strictObject({
    auditFolderId: Id,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'Number of the part; the whole file comes in parts' }),
  }),
  reply: z.strictObject({
    mediaType: z.literal('application/zip'),
    fileName: Written(200),
    encoding: z.literal('base64'),
    body: z.base64().max(FILE_PART_CHARACTERS_MAX),
    nextOffset: z.int().nullable().meta({ description: 'The next part; null: this was the last' }),
  }),
  allow: grant('any', 'auditor'),
});
