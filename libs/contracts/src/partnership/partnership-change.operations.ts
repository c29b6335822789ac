import { z } from 'zod';
import { operation } from '../operation';
import { Day, Id, Instant, pageOf, pageQuery, Subject, Text, Written } from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';
import { PARTICIPANTS_MAX, partnershipContent, PartnershipView } from './partnership.operations';

export const changePartnership = operation({
  subject: 'rpc.partnership.partnership.change',
  http: { method: 'POST', path: '/partnerships/{partnershipId}/changes' },
  summary: 'Change or correct what a partnership says',
  description:
    'All that it says, as it is to be: kind, municipalities, languages, fields of action and period. What it said before stays readable with the day and the reason. An ended partnership does not change any more.',
  request: z.strictObject({
    partnershipId: Id,
    ...partnershipContent,
    on: Day.optional().meta({ description: 'Day from which it holds; today unless stated, never in the future' }),
    reason: Text(1000).meta({ description: 'Why: who joined or left by which decision, or what was typed wrong' }),
  }),
  reply: PartnershipView,
  errors: [
    'PARTNERSHIP_CHANGE_NOT_ALLOWED',
    'PARTNERSHIP_CHANGE_EMPTY',
    'PARTNERSHIP_TRANSITION_DATE_INVALID',
    'PARTNERSHIP_DUPLICATE_LIKELY',
    'PARTNERSHIP_PARTICIPANT_UNKNOWN',
    'PARTNERSHIP_PARTICIPANT_ENDED',
    'PARTNERSHIP_PARTICIPANT_NEEDED',
    'PARTNERSHIP_PARTICIPANTS_ONE_SIDED',
    'PARTNERSHIP_FIELDS_INVALID',
    'PARTNERSHIP_PERIOD_REQUIRED',
    'PARTNERSHIP_AGREEMENT_MISSING',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
});

const { kind, languages, fieldsOfAction, period } = PartnershipView.shape;

/** What a partnership said at one time. */
const PartnershipContentView = z
  .strictObject({
    kind,
    participants: z.array(z.strictObject({ municipalityId: Id, name: Written(200) })).max(PARTICIPANTS_MAX),
    languages,
    fieldsOfAction,
    period,
  })
  .meta({ id: 'PartnershipContentView', description: 'What a partnership said at one time.' });

export const PartnershipChangeView = z
  .strictObject({
    sequence: z.int().meta({ description: 'Version of the partnership that the change made' }),
    on: Day.meta({ description: 'Day from which it holds' }),
    reason: Written(1000),
    before: PartnershipContentView,
    after: PartnershipContentView,
    recordedBy: Subject,
    recordedAt: Instant,
  })
  .meta({ id: 'PartnershipChangeView', description: 'One change of a partnership, with what it said before.' });
export type PartnershipChangeView = z.infer<typeof PartnershipChangeView>;

export const listPartnershipChanges = operation({
  subject: 'rpc.partnership.partnership.list-changes',
  http: { method: 'GET', path: '/partnerships/{partnershipId}/changes' },
  summary: 'List the changes of a partnership, latest first',
  request: z.strictObject({ ...pageQuery, partnershipId: Id }),
  reply: pageOf(PartnershipChangeView),
  allow: READ_PARTNERSHIPS,
});
