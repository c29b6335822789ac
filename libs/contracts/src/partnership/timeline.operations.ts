import { z } from 'zod';
import { Instrument } from '../finance/cost-inputs';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { ReportKind } from '../report-kind';
import { SERVICES } from '../service-name';
import { Day, Id, Instant, pageOf, pageQuery, Written } from '../values';
import { AgreementKind } from './agreement.operations';
import { EligibilityStep } from './eligibility.operations';
import { READ_PARTNERSHIPS } from './municipality.operations';
import { PartnershipStatus } from './partnership.operations';
import { ProjectStage } from './project.operations';

export const CaseFactKind = z
  .enum([
    'STATUS',
    'CHANGED',
    'AGREEMENT',
    'COUNCIL_RESOLVED',
    'AGREEMENT_FILE_ADDED',
    'ELIGIBILITY',
    'PROJECT_STAGE',
    'REQUEST_SUBMITTED',
    'REQUEST_SELECTED',
    'FUNDING_REQUESTED',
    'COVER_GRANTED',
    'COVER_REFUSED',
    'COVER_EXPIRED',
    'COVER_EXTENDED',
    'DECISION_LAPSED',
    'CONFIRMED',
    'DEPARTED',
    'DEPARTURE_CORRECTED',
    'INTERRUPTED',
    'RESUMED',
    'EXTENSION_REQUESTED',
    'CHANGE_REQUESTED',
    'REPORT_ACCEPTED',
    'COMPLETED',
    'ENDED_EARLY',
    'CANCELLED',
    'EVENT_ATTENDED',
  ])
  .meta({ id: 'CaseFactKind' });
export type CaseFactKind = z.infer<typeof CaseFactKind>;

/** What is said of a fact: no person, no reason and no amount, so that everybody whose partnership it is may read it. */
const CaseFactDetails = z
  .strictObject({
    status: PartnershipStatus,
    note: Written(1000),
    agreementKind: AgreementKind,
    step: EligibilityStep,
    isEligible: z.boolean(),
    stage: ProjectStage,
    title: Written(200),
    instrument: Instrument,
    from: Day,
    to: Day.meta({ description: 'The day after the last one' }),
    reportKind: ReportKind,
    sequence: z.int(),
  })
  .partial();

export const CaseFactView = z
  .strictObject({
    id: Id,
    on: Day.meta({ description: 'Day on which it happened or from which it holds' }),
    recordedAt: Instant.meta({ description: 'When the service that keeps it recorded it' }),
    source: z.enum(SERVICES),
    kind: CaseFactKind,
    about: z
      .strictObject({ kind: z.enum(['PARTNERSHIP', 'PROJECT', 'REQUEST', 'ASSIGNMENT', 'EVENT']), id: Id })
      .meta({ description: 'What it happened to' }),
    details: CaseFactDetails,
  })
  .meta({ id: 'CaseFactView', description: 'One thing that happened in a partnership, in whichever service.' });
export type CaseFactView = z.infer<typeof CaseFactView>;

export const listCaseFacts = operation({
  subject: 'rpc.partnership.timeline.list',
  http: { method: 'GET', path: '/partnerships/{partnershipId}/timeline' },
  summary: 'The history of a partnership from the facts of all services, latest first',
  description:
    'What other services told, as it arrived here; GET /partnership-timeline-sources says how current that is.',
  request: z.strictObject({ ...pageQuery, partnershipId: Id }),
  reply: pageOf(CaseFactView),
  allow: READ_PARTNERSHIPS,
});

export const TimelineSources = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          service: z.enum(SERVICES),
          waiting: z.int().nullable().meta({ description: 'Messages on their way here; null: the broker did not say' }),
        }),
      )
      .max(SERVICES.length),
  })
  .meta({ id: 'TimelineSources', description: 'How current what other services told is.' });
export type TimelineSources = z.infer<typeof TimelineSources>;

export const listTimelineSources = operation({
  subject: 'rpc.partnership.timeline.sources',
  http: { method: 'GET', path: '/partnership-timeline-sources' },
  summary: 'How current the histories of partnerships are: what is still on its way from each service',
  request: z.strictObject({}),
  reply: TimelineSources,
  allow: EVERY_PERSON,
});
