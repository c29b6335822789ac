import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { operation } from '../operation';
import {
  CountryCode,
  csv,
  Day,
  Id,
  Instant,
  Line,
  OpenPeriod,
  pageOf,
  pageQuery,
  sortQuery,
  Text,
  Version,
  Written,
  Subject,
  Code,
} from '../values';
import { MunicipalityKind, READ_PARTNERSHIPS, Side, WRITE_PARTNERSHIPS } from './municipality.operations';
import { FieldOfActionKey } from './reference.operations';

export const PartnershipKind = z.enum(['PARTNERSHIP', 'FRIENDSHIP', 'CONTACT', 'PROJECT_PARTNERSHIP']).meta({
  id: 'PartnershipKind',
  description:
    'PARTNERSHIP: formal, unlimited, by charter. FRIENDSHIP: by agreement, limited in time or to projects. CONTACT: without formal basis. ' +
    'PROJECT_PARTNERSHIP: a project limited in time and topic. Source: database of municipal partnerships (RGRE), docs/domain.md#partnerships.',
});
export type PartnershipKind = z.infer<typeof PartnershipKind>;

export const PartnershipStatus = z.enum(['PROPOSED', 'ACTIVE', 'DORMANT', 'ENDED']).meta({ id: 'PartnershipStatus' });
export type PartnershipStatus = z.infer<typeof PartnershipStatus>;

export const FieldShare = z.strictObject({ key: FieldOfActionKey, percent: z.int().min(1).max(100) }).meta({
  id: 'FieldShare',
  description: 'A field of action and its share; the shares of a partnership add up to 100',
});
export type FieldShare = z.infer<typeof FieldShare>;

export const ParticipantView = z
  .strictObject({ municipalityId: Id, side: Side, country: CountryCode, kind: MunicipalityKind, name: Written(200) })
  .meta({ id: 'ParticipantView' });
export type ParticipantView = z.infer<typeof ParticipantView>;

export const StatusChangeView = z
  .strictObject({
    status: PartnershipStatus,
    on: Day.meta({ description: 'Day from which the status holds' }),
    recordedBy: Subject.meta({ description: 'Subject of the user who recorded it' }),
    recordedAt: Instant,
    note: Written(500).nullable(),
  })
  .meta({ id: 'StatusChangeView' });

export const LanguageCode = Code(3, /^[a-z]{2,3}$/, 'an ISO 639 language code, such as "en" or "sw"');
export const PARTICIPANTS_MAX = 50;
const LANGUAGES_MAX = 10;
export const FIELDS_MAX = 26;
/** Statuses that one answer shows; a partnership that was dormant more often has had them all the same. */
export const STATUS_CHANGES_SHOWN = 100;

export const PartnershipView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    kind: PartnershipKind,
    status: PartnershipStatus,
    statusSince: Day,
    participants: z.array(ParticipantView).max(PARTICIPANTS_MAX),
    languages: z.array(LanguageCode).max(LANGUAGES_MAX),
    fieldsOfAction: z.array(FieldShare).max(FIELDS_MAX),
    period: OpenPeriod.nullable(),
    statusChanges: z
      .array(StatusChangeView)
      .max(STATUS_CHANGES_SHOWN)
      .meta({
        description: `The latest ${STATUS_CHANGES_SHOWN} statuses with their day, oldest first`,
      }),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'PartnershipView' });
export type PartnershipView = z.infer<typeof PartnershipView>;

export const PartnershipSummary = PartnershipView.omit({ statusChanges: true }).meta({
  id: 'PartnershipSummary',
  description: 'A partnership in a list: without the history of its statuses.',
});
export type PartnershipSummary = z.infer<typeof PartnershipSummary>;

/** What is said of a partnership when it is recorded, and when it is changed. */
export const partnershipContent = {
  kind: PartnershipKind,
  participants: z
    .array(z.strictObject({ municipalityId: Id }))
    .min(2)
    .max(PARTICIPANTS_MAX),
  languages: z.array(LanguageCode).min(1).max(LANGUAGES_MAX).meta({ description: 'Languages of cooperation' }),
  fieldsOfAction: z.array(FieldShare).min(1).max(FIELDS_MAX),
  period: OpenPeriod.nullable().default(null).meta({ description: 'Half-open; a PROJECT_PARTNERSHIP needs an end' }),
  duplicateReason: Text(1_000).optional().meta({
    description: 'Why it is another partnership than the one of the same kind that these municipalities have already',
  }),
};

export const createPartnership = operation({
  subject: 'rpc.partnership.partnership.create',
  http: { method: 'POST', path: '/partnerships', success: 201, location: '/partnerships/{id}', putById: true },
  summary: 'Record a partnership of municipalities',
  description:
    'At least one German and one partner municipality. Fields of action add up to 100 percent. It begins as PROPOSED. A second one of the same kind between the same municipalities is refused with the first, and recorded with the reason why it is another one.',
  request: z.strictObject({
    id: Id.optional(),
    ...partnershipContent,
  }),
  reply: PartnershipView,
  errors: [
    'PARTNERSHIP_DUPLICATE_LIKELY',
    'PARTNERSHIP_PARTICIPANT_UNKNOWN',
    'PARTNERSHIP_PARTICIPANT_ENDED',
    'PARTNERSHIP_PARTICIPANTS_ONE_SIDED',
    'PARTNERSHIP_FIELDS_INVALID',
    'PARTNERSHIP_PERIOD_REQUIRED',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
});

export const getPartnership = operation({
  subject: 'rpc.partnership.partnership.get',
  http: { method: 'GET', path: '/partnerships/{partnershipId}' },
  summary: 'Read a partnership',
  request: z.strictObject({ partnershipId: Id }),
  reply: PartnershipView,
  allow: READ_PARTNERSHIPS,
});

export const listPartnershipActions = actionsOf(
  'rpc.partnership.partnership',
  '/partnerships/{partnershipId}',
  READ_PARTNERSHIPS,
);

const partnershipFilter = {
  ...caseNumberQuery,
  q: Line(100)
    .optional()
    .meta({ description: 'Name of a participating municipality; accents ignored, typing errors tolerated' }),
  status: csv(PartnershipStatus).optional(),
  kind: csv(PartnershipKind).optional(),
  country: csv(CountryCode).optional().meta({ description: 'Country of a participant on the partner side' }),
  municipalityId: Id.optional(),
  fieldOfAction: csv(FieldOfActionKey).optional(),
};

export const listPartnerships = operation({
  subject: 'rpc.partnership.partnership.list',
  http: { method: 'GET', path: '/partnerships' },
  summary: 'List partnerships',
  request: z.strictObject({
    ...pageQuery,
    ...partnershipFilter,
    sort: sortQuery('createdAt', 'updatedAt', 'statusSince'),
  }),
  reply: pageOf(PartnershipSummary),
  allow: READ_PARTNERSHIPS,
});

/** More than there are countries and territories with a code of their own. */
const COUNTRIES_MAX = 300;

export const PartnershipCountsView = z
  .strictObject({
    partnerships: z.int().meta({ description: 'All that the filter finds' }),
    countries: z
      .array(z.strictObject({ country: CountryCode, partnerships: z.int() }))
      .max(COUNTRIES_MAX)
      .meta({
        description:
          'Countries of the partner side; a partnership with municipalities in several of them counts in each',
      }),
  })
  .meta({ id: 'PartnershipCountsView', description: 'How many partnerships there are, and with which countries.' });
export type PartnershipCountsView = z.infer<typeof PartnershipCountsView>;

export const countPartnerships = operation({
  subject: 'rpc.partnership.partnership.count',
  http: { method: 'GET', path: '/partnership-counts' },
  summary: 'Count partnerships by partner country, with the filters of their list',
  request: z.strictObject(partnershipFilter),
  reply: PartnershipCountsView,
  allow: READ_PARTNERSHIPS,
});

const transition = z.strictObject({
  partnershipId: Id,
  on: Day.optional().meta({ description: 'Day from which the status holds; today unless stated, never in the future' }),
  note: Line(500).optional(),
});

export const activatePartnership = operation({
  subject: 'rpc.partnership.partnership.activate',
  http: { method: 'POST', path: '/partnerships/{partnershipId}/activations' },
  summary: 'Make a partnership active, or active again',
  description:
    'Every kind but CONTACT needs an agreement that is in force on the day (a council resolution alone is none).',
  request: transition,
  reply: PartnershipView,
  errors: [
    'PARTNERSHIP_TRANSITION_NOT_ALLOWED',
    'PARTNERSHIP_TRANSITION_DATE_INVALID',
    'PARTNERSHIP_AGREEMENT_MISSING',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
});

export const suspendPartnership = operation({
  subject: 'rpc.partnership.partnership.suspend',
  http: { method: 'POST', path: '/partnerships/{partnershipId}/dormancies' },
  summary: 'Record that an active partnership has become dormant',
  request: transition,
  reply: PartnershipView,
  errors: ['PARTNERSHIP_TRANSITION_NOT_ALLOWED', 'PARTNERSHIP_TRANSITION_DATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
});

export const endPartnership = operation({
  subject: 'rpc.partnership.partnership.end',
  http: { method: 'POST', path: '/partnerships/{partnershipId}/endings' },
  summary: 'Record that a partnership has ended',
  description: 'From any status; an ended partnership does not change any more.',
  request: transition,
  reply: PartnershipView,
  errors: ['PARTNERSHIP_TRANSITION_NOT_ALLOWED', 'PARTNERSHIP_TRANSITION_DATE_INVALID'],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
});
