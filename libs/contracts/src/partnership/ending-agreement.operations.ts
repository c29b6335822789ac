import { z } from 'zod';
import { CaseNumber } from '../case-number';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, flag, Id, pageOf, pageQuery, Period } from '../values';
import { AgreementKind } from './agreement.operations';

export const EndingAgreementView = z
  .strictObject({
    id: Id,
    partnershipId: Id,
    caseNumber: CaseNumber.meta({ description: 'Of the partnership' }),
    kind: AgreementKind,
    signedOn: Day,
    period: Period.meta({ description: 'Validity of the agreement, half-open' }),
    isFollowed: z.boolean().meta({
      description:
        'Another agreement holds when this one ends, or none is needed any more: the partnership ended, or is a contact',
    }),
  })
  .meta({ id: 'EndingAgreementView', description: 'A signed document that holds until a day, and its partnership.' });
export type EndingAgreementView = z.infer<typeof EndingAgreementView>;

export const listEndingAgreements = operation({
  subject: 'rpc.partnership.agreement.list-ending',
  http: { method: 'GET', path: '/ending-agreements' },
  summary: 'Agreements of all partnerships that end on a day, those that end first before the others',
  description:
    'A resolution of a council is no agreement and not among them. `isFollowed=false` is what has to be agreed anew, so that the partnership does not go on without an agreement in force (docs/domain.md#partnerships).',
  request: z.strictObject({
    endsOnFrom: Day.optional().meta({ description: 'The first day on which it does not hold any more; inclusive' }),
    endsOnTo: Day.optional().meta({ description: 'Exclusive' }),
    isFollowed: flag().optional(),
    ...pageQuery,
  }),
  reply: pageOf(EndingAgreementView),
  allow: grant('any', 'adviser', 'programme-officer', 'auditor'),
});
