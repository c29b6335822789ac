import { z } from 'zod';
import { CaseNumber } from './case-number';
import { SERVICES } from './service-name';
import { Day, Written } from './values';

/** What may wait for a person; which operations read it and end it, the gateway declares (`apps/gateway/src/waiting`). */
export const WAITING_KINDS = [
  'proposedPartnerships',
  'projectsToReview',
  'agreementsEnding',
  'draftRequests',
  'requestsToSubmit',
  'returnedRequests',
  'submittedRequests',
  'requestsToAssess',
  'requestsToRecommend',
  'requestsToDecide',
  'assignmentsToDecide',
  'assignmentsToConfirm',
  'assignmentsWithoutCover',
  'assignmentsToPrepare',
  'assignmentsToDepart',
  'reportsToWrite',
  'reportsToComment',
  'reportsToAccept',
  'payoutsFactual',
  'payoutsArithmetical',
  'payoutsToOrder',
  'payoutsOrdered',
  'payoutsBlocked',
  'runsToSend',
  'runsUnanswered',
  'runsToReinstate',
  'payoutsReturned',
  'answersToSettle',
  'answersToConfirm',
  'hits',
  'sanctionsListOutdated',
  'accountChanges',
  'bankEntries',
  'dismissals',
  'statementFaults',
  'offersToAnswer',
  'draftEvents',
  'eventsToSettle',
  'mailsUndelivered',
  'proofsToWrite',
  'proofQueries',
  'proofsToCheck',
  'proofsToDecide',
  'claimsToPursue',
  'claimsDue',
  'drawdownsToReceive',
  'commitmentsWithoutCover',
  'ratesToConfirm',
  'refixings',
  'ratesOutdated',
  'budgetChanges',
  'rulesToConfirm',
  'deadLetters',
] as const;
export const WaitingKind = z.enum(WAITING_KINDS).meta({ id: 'WaitingKind' });
export type WaitingKind = z.infer<typeof WaitingKind>;

/** So many of each kind; who wants more opens its list. */
export const WAITING_SHOWN = 5;
const LISTS_MAX = 8;
const Path = Written(500);

export const WaitingItem = z
  .strictObject({
    path: Path.meta({ description: 'Where the API has it: `/payouts/{payoutId}`' }),
    caseNumber: CaseNumber.nullable(),
    since: Day.nullable().meta({ description: 'The day since when it waits, as far as its list says so' }),
    dueOn: Day.nullable().meta({ description: 'The day until which it is to be done; null where there is none' }),
  })
  .meta({ id: 'WaitingItem' });
export type WaitingItem = z.infer<typeof WaitingItem>;

export const WaitingGroup = z
  .strictObject({
    kind: WaitingKind,
    total: z.int().positive().meta({ description: 'How many wait, also those that are not shown' }),
    lists: z
      .array(Path)
      .min(1)
      .max(LISTS_MAX)
      .meta({ description: 'The lists, with their filters, that have all of them' }),
    items: z
      .array(WaitingItem)
      .max(WAITING_SHOWN)
      .meta({ description: 'The most urgent: earliest deadline, then oldest' }),
  })
  .meta({ id: 'WaitingGroup', description: 'Things of one kind that wait for the same act.' });
export type WaitingGroup = z.infer<typeof WaitingGroup>;

/** Made by the gateway of what the services' own lists answer to this caller. */
export const WaitingAnswer = z
  .strictObject({
    items: z.array(WaitingGroup).max(WAITING_KINDS.length),
    unavailable: z
      .array(z.enum(SERVICES))
      .meta({ description: 'Services that did not answer: what waits there is missing here' }),
  })
  .meta({ id: 'WaitingAnswer' });
export type WaitingAnswer = z.infer<typeof WaitingAnswer>;
