import { z } from 'zod';
import { operation } from './operation';
import { type Allow, grant, PEOPLE } from './roles';
import { SERVICES, type ServiceName } from './service-name';
import { Code, Id, Instant, MachineText, pageOf, PAGE_ROWS_MAX, pageQuery, Subject, Written } from './values';

const Value = z.union([Written(101), z.number(), z.boolean(), z.null()]);
/** A name of ours: of an operation, a message, a table or a field. */
const Name = (max: number) => Code(max, /^[\w.:@-]+$/);

/** Of one act so many objects, and so many fields of each, stand in an audit record. */
export const AUDIT_CHANGES_MAX = 20;
export const AUDIT_FIELDS_MAX = 40;

export const AuditRecordView = z
  .strictObject({
    id: Id,
    service: z.enum(SERVICES),
    recordedAt: Instant,
    actor: Subject.meta({ description: 'A user, `message:<subject>` where a message brought it about, or `service`' }),
    act: Written(200).meta({ description: 'The operation, such as `rpc.finance.payout.order`' }),
    objectId: Written(200).nullable(),
    objectVersion: z.int().nullable(),
    why: Written(1_000)
      .nullable()
      .meta({ description: 'The reason that was given; null without one, or once it was erased' }),
    roles: z.array(Name(50)).max(20).meta({ description: 'The roles that the actor had then' }),
    published: z.array(Name(200)).max(50).meta({ description: 'The kinds of messages that went out with it' }),
    changes: z
      .array(
        z.strictObject({
          object: Name(63).meta({ description: 'The kind of object: `payout`' }),
          id: Written(100),
          version: z.int().nullable(),
          isNew: z.boolean(),
          fields: z
            .array(
              z.strictObject({
                field: Name(63),
                before: Value.optional(),
                after: Value.optional(),
                isWithheld: z.boolean().meta({
                  description:
                    'It changed, and its values are not shown: personal data is not kept here, pay is for auditors',
                }),
              }),
            )
            .max(AUDIT_FIELDS_MAX),
        }),
      )
      .max(AUDIT_CHANGES_MAX)
      .meta({ description: 'What became of the objects, 20 of them at most' }),
    correlationId: Written(200).meta({ description: 'The same in all services for what one request brought about' }),
    cursor: Code(600, /^[\w-]+$/).meta({
      description: 'Give it as `cursor` to the same service to go on after this record',
    }),
  })
  .meta({
    id: 'AuditRecordView',
    description: 'Who did what, when, why, and what it changed. Never changed, chained by hashes.',
  });
export type AuditRecordView = z.infer<typeof AuditRecordView>;

export const auditRecordQuery = {
  objectId: MachineText(200).optional().meta({ description: 'The object that the act was about' }),
  actor: MachineText(200).optional(),
  act: MachineText(200).optional().meta({ description: 'The operation: `rpc.finance.payout.order`' }),
  from: Instant.optional(),
  to: Instant.optional().meta({ description: 'Records before this instant' }),
};

/** Auditors see all of it, every other person what they did themselves. */
const AUDIT_READERS: Allow = { ...grant('own', ...PEOPLE), ...grant('any', 'auditor') };

/** The operation by which each service answers for its own part of the trail. */
function auditRecordsOf(service: ServiceName) {
  return operation({
    subject: `rpc.${service}.audit-record.list`,
    http: { method: 'GET', path: `/audit-records/${service}` },
    summary: `Who did what in the service ${service}, newest first`,
    description:
      'Auditors see everything. Everyone else sees what they did themselves, with the values of open fields; amounts are for auditors, ' +
      "and personal data is never kept in the trail: such a field is listed as changed. `/audit-records` merges all services' parts.",
    request: z.strictObject({ ...auditRecordQuery, ...pageQuery }),
    reply: pageOf(AuditRecordView),
    allow: AUDIT_READERS,
  });
}

export type AuditRecordOperation = ReturnType<typeof auditRecordsOf>;

export const AUDIT_RECORD_OPERATIONS: Readonly<Record<ServiceName, AuditRecordOperation>> = {
  partnership: auditRecordsOf('partnership'),
  staffing: auditRecordsOf('staffing'),
  finance: auditRecordsOf('finance'),
  events: auditRecordsOf('events'),
};

/** The merged list over all services, made by the gateway. */
export const AuditRecordQuery = z.strictObject({
  ...auditRecordQuery,
  // Merged of parts: there is nothing to count.
  limit: pageQuery.limit.pipe(z.number().min(1)),
  cursor: Code(4_000, /^[\w-]*$/)
    .optional()
    .meta({ description: 'Opaque, from page.next of the same list' }),
});

export const AuditRecordList = z
  .strictObject({
    items: z.array(AuditRecordView).max(PAGE_ROWS_MAX),
    unavailable: z.array(z.enum(SERVICES)).meta({
      description:
        'Services that did not answer: their records are missing here, and follow on a later page or when asked again',
    }),
    page: z.strictObject({ limit: z.int(), next: z.string().nullable(), prev: z.null() }),
  })
  .meta({ id: 'AuditRecordList' });
export type AuditRecordList = z.infer<typeof AuditRecordList>;
