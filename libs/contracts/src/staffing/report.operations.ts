import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { ReportKind } from '../report-kind';
import { grant, READ_ALL_OR_OWN } from '../roles';
import { csv, Day, Id, Instant, Line, pageOf, pageQuery, sortQuery, Text, Version, Written, Sha256 } from '../values';
import { Side } from '../partnership/municipality.operations';

export { REPORT_KINDS, ReportKind } from '../report-kind';

export const REPORT_STATUSES = ['DRAFT', 'SUBMITTED', 'COMMENTED', 'ACCEPTED', 'RETURNED', 'CANCELLED'] as const;
export const ReportStatus = z.enum(REPORT_STATUSES);
export type ReportStatus = z.infer<typeof ReportStatus>;

/** The act on the assignment after which a report is no longer due. */
export const ReportCancellation = z
  .enum(['EXTENSION', 'INTERRUPTION', 'RESUMPTION', 'EARLY_END', 'CORRECTION'])
  .meta({ id: 'ReportCancellation', description: 'The act on the assignment after which the report is no longer due' });
export type ReportCancellation = z.infer<typeof ReportCancellation>;

/** Parts of a report. Source: docs/domain.md#reports, content of the progress report. */
export const REPORT_SECTIONS = [
  'MILESTONES',
  'INDICATORS',
  'PARTNERSHIP_EFFECTS',
  'GENDER',
  'OBSTACLES',
  'BANKABLE_PROJECTS',
  'NEXT_STEPS',
  'RESOURCES_USED',
] as const;

const SECTION_MAX = 20_000;
const COMMENT_MAX = 4_000;
/** Comments that one answer shows. */
export const COMMENTS_SHOWN = 20;

const content = {
  sections: z
    .array(z.strictObject({ section: z.enum(REPORT_SECTIONS), text: Text(SECTION_MAX) }))
    .min(1)
    .max(REPORT_SECTIONS.length)
    .refine(
      (sections) => new Set(sections.map((each) => each.section)).size === sections.length,
      'names a section twice',
    ),
  attachments: z
    .array(
      z.strictObject({
        name: Line(200),
        sha256: Sha256.meta({ description: 'SHA-256 of the file' }),
      }),
    )
    .max(50),
};

const CommentView = z.strictObject({
  id: Id,
  municipalityId: Id,
  side: Side,
  text: Written(COMMENT_MAX),
  commentedAt: Instant,
});

export const ReportView = z
  .strictObject({
    id: Id,
    version: Version,
    assignmentId: Id,
    kind: ReportKind,
    sequence: z
      .int()
      .positive()
      .meta({ description: 'Running number in the assignment, given once; at first by due date, from 1' }),
    dueOn: Day.meta({ description: 'Follows extension, interruption and early end until the report is accepted' }),
    status: ReportStatus,
    cancellationReason: ReportCancellation.nullable(),
    sections: z
      .array(z.strictObject({ section: z.enum(REPORT_SECTIONS), text: Written(SECTION_MAX) }))
      .max(REPORT_SECTIONS.length),
    attachments: content.attachments,
    comments: z
      .array(CommentView)
      .max(COMMENTS_SHOWN)
      .meta({ description: `The latest ${COMMENTS_SHOWN}, oldest first` }),
    returnReason: Written(4_000).nullable(),
    submittedAt: Instant.nullable(),
    acceptedOn: Day.nullable(),
  })
  .meta({
    id: 'ReportView',
    description: 'Start, progress or final report of an assignment; never changes after acceptance.',
  });
export type ReportView = z.infer<typeof ReportView>;

export const ReportSummary = ReportView.pick({
  id: true,
  version: true,
  assignmentId: true,
  kind: true,
  sequence: true,
  dueOn: true,
  status: true,
  cancellationReason: true,
  submittedAt: true,
  acceptedOn: true,
}).meta({
  id: 'ReportSummary',
  description: 'A report in a list: when it is due and how far it is, without its text.',
});
export type ReportSummary = z.infer<typeof ReportSummary>;

const reference = { reportId: Id };
const OFFICER = grant('any', 'programme-officer');
const errors = ['STAFFING_REPORT_TRANSITION_NOT_ALLOWED'] as const;

export const listAssignmentReports = operation({
  subject: 'rpc.staffing.report.list-by-assignment',
  http: { method: 'GET', path: '/assignments/{assignmentId}/reports' },
  summary: 'List the reports of an assignment by due date',
  request: z.strictObject({ ...pageQuery, assignmentId: Id }),
  reply: pageOf(ReportSummary),
  allow: READ_ALL_OR_OWN,
});

export const listReports = operation({
  subject: 'rpc.staffing.report.list',
  http: { method: 'GET', path: '/reports' },
  summary: 'List reports, the next due first',
  request: z.strictObject({
    ...pageQuery,
    status: csv(ReportStatus).optional(),
    dueOnFrom: Day.optional().meta({ description: 'Inclusive' }),
    dueOnTo: Day.optional().meta({ description: 'Exclusive' }),
    sort: sortQuery('dueOn'),
  }),
  reply: pageOf(ReportSummary),
  allow: READ_ALL_OR_OWN,
});

export const getReport = operation({
  subject: 'rpc.staffing.report.get',
  http: { method: 'GET', path: '/reports/{reportId}' },
  summary: 'Read one report',
  request: z.strictObject(reference),
  reply: ReportView,
  allow: READ_ALL_OR_OWN,
});

export const listReportActions = actionsOf('rpc.staffing.report', '/reports/{reportId}', READ_ALL_OR_OWN);

export const submitReport = operation({
  subject: 'rpc.staffing.report.submit',
  http: { method: 'POST', path: '/reports/{reportId}/submissions' },
  summary: 'Submit the own report',
  description: 'From DRAFT or RETURNED. Attachments are named with the SHA-256 of the file.',
  request: z.strictObject({ ...reference, sections: content.sections, attachments: content.attachments.default([]) }),
  reply: ReportView,
  errors,
  allow: { expert: 'own' },
  idempotency: 'optional',
  precondition: 'required',
});

export const commentReport = operation({
  subject: 'rpc.staffing.report.comment',
  http: { method: 'POST', path: '/reports/{reportId}/comments' },
  summary: 'Comment a submitted report for the own municipality',
  request: z.strictObject({ ...reference, text: Text(COMMENT_MAX) }),
  reply: ReportView,
  errors,
  allow: grant('own', 'municipality-de', 'municipality-partner'),
  idempotency: 'optional',
  precondition: 'required',
});

export const acceptReport = operation({
  subject: 'rpc.staffing.report.accept',
  http: { method: 'POST', path: '/reports/{reportId}/acceptances' },
  summary: 'Accept a commented report',
  description: 'The report never changes afterwards. Instalments that wait for it become payable.',
  request: z.strictObject(reference),
  reply: ReportView,
  errors,
  allow: OFFICER,
  idempotency: 'required',
  precondition: 'required',
});

export const returnReport = operation({
  subject: 'rpc.staffing.report.return',
  http: { method: 'POST', path: '/reports/{reportId}/returns' },
  summary: 'Return a report for revision',
  request: z.strictObject({ ...reference, reason: Text(4_000) }),
  reply: ReportView,
  errors,
  allow: OFFICER,
  idempotency: 'optional',
  precondition: 'required',
});
