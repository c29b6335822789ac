import { addDays, type Operation, type Role, SERVICE_OPERATIONS, SERVICES } from '#contracts';
import {
  confirmEventsRuleProposal,
  confirmRegistration,
  listEvents,
  listEventsRuleProposals,
  listRegistrationsOfAllEvents,
  listUndeliveredMails,
  publishEvent,
  replaceParticipant,
  requestAddressConfirmation,
  settleEvent,
} from '#contracts/events';
import {
  activatePartnership,
  confirmPartnershipRuleProposal,
  decideGateReview,
  listEndingAgreements,
  listPartnershipRuleProposals,
  listPartnerships,
  listProjects,
  recordAgreement,
} from '#contracts/partnership';
import {
  acceptReport,
  assessExpertRequest,
  checkExpertRequest,
  commentReport,
  confirmAssignment,
  confirmStaffingRuleProposal,
  decideOnAssignment,
  departAssignment,
  listAssignments,
  listExpertRequests,
  listReports,
  listStaffingRuleProposals,
  prepareAssignment,
  recommendExpertRequest,
  replanAssignment,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
  submitReport,
} from '#contracts/staffing';
import { confirmFinanceRuleProposal, listFinanceRuleProposals } from '#contracts/finance';
import { FINANCE_WAITING } from './finance-waiting';
import { type Filter, waits, type WaitingSource } from './waiting-source';

const TOWNS: readonly Role[] = ['municipality-de', 'municipality-partner'];
/** A report is written in the weeks before its day, not from the start of the term on. */
const REPORT_AHEAD_DAYS = 30;
/** Councils meet a few times a year: what both of them have to sign again is begun half a year ahead. */
const AGREEMENT_AHEAD_DAYS = 180;

const PARTNERSHIP: readonly WaitingSource[] = [
  waits('proposedPartnerships', {
    list: listPartnerships,
    filter: { status: 'PROPOSED' },
    acts: [activatePartnership],
    since: ({ statusSince }) => statusSince,
  }),
  waits('projectsToReview', {
    list: listProjects,
    filter: { status: 'IN_REVIEW' },
    acts: [decideGateReview],
    since: ({ updatedAt }) => updatedAt,
  }),
  waits('agreementsEnding', {
    list: listEndingAgreements,
    filter: (today) => ({ isFollowed: 'false', endsOnTo: addDays(today, AGREEMENT_AHEAD_DAYS) }),
    acts: [recordAgreement],
    path: ({ partnershipId }) => `/partnerships/${partnershipId}`,
    dueOn: ({ period }) => period.to,
  }),
];

const request = (status: string, acts: readonly Operation[], more: Filter = {}) => ({
  list: listExpertRequests,
  filter: { status, ...more },
  acts,
  since: (item: { waitingFor: readonly { since: string }[] }) => item.waitingFor[0]?.since ?? null,
});
const draft = (waitingFor: string, act: Operation) => request('DRAFT', [act], { waitingFor });
const assignment = (filter: Filter, ...acts: readonly Operation[]) => ({
  list: listAssignments,
  filter,
  acts,
  since: ({ createdAt }: { createdAt: string }) => createdAt,
  dueOn: ({ period }: { period: { from: string } }) => period.from,
});
const report = (act: Operation) => ({
  list: listReports,
  acts: [act],
  since: ({ submittedAt }: { submittedAt: string | null }) => submittedAt,
});

const STAFFING: readonly WaitingSource[] = [
  waits('draftRequests', { ...draft('DE', signExpertRequest), only: ['municipality-de'] }),
  waits('draftRequests', { ...draft('PARTNER', signExpertRequest), only: ['municipality-partner'] }),
  waits('requestsToSubmit', { ...draft('APPLICANTS', submitExpertRequest), only: TOWNS }),
  waits('returnedRequests', { ...request('RETURNED', [submitExpertRequest]), only: TOWNS }),
  waits('submittedRequests', request('SUBMITTED,FORMAL_CHECK', [checkExpertRequest])),
  waits('requestsToAssess', request('ASSESSMENT', [assessExpertRequest], { isMineToAssess: 'true' })),
  waits('requestsToRecommend', request('ASSESSMENT', [recommendExpertRequest], { areAllReviewersIn: 'true' })),
  waits('requestsToDecide', request('RECOMMENDED,NOT_RECOMMENDED,WAITLISTED', [selectExpertRequest])),
  waits('assignmentsToDecide', assignment({ status: 'PLANNED', isPartnerAccepted: 'false' }, decideOnAssignment)),
  waits('assignmentsToConfirm', assignment({ status: 'PLANNED', isPartnerAccepted: 'true' }, confirmAssignment)),
  waits('assignmentsWithoutCover', assignment({ status: 'FUNDING_REFUSED' }, replanAssignment)),
  waits('assignmentsToPrepare', assignment({ status: 'CONFIRMED' }, prepareAssignment, departAssignment)),
  waits('assignmentsToDepart', assignment({ status: 'PREPARATION' }, departAssignment)),
  waits('reportsToWrite', {
    ...report(submitReport),
    filter: (today) => ({ status: 'DRAFT', dueOnTo: addDays(today, REPORT_AHEAD_DAYS) }),
    dueOn: ({ dueOn }) => dueOn,
  }),
  waits('reportsToWrite', { ...report(submitReport), filter: { status: 'RETURNED' }, dueOn: ({ dueOn }) => dueOn }),
  waits('reportsToComment', { ...report(commentReport), filter: { status: 'SUBMITTED' } }),
  waits('reportsToAccept', { ...report(acceptReport), filter: { status: 'SUBMITTED,COMMENTED' } }),
];

const EVENTS: readonly WaitingSource[] = [
  waits('offersToAnswer', {
    list: listRegistrationsOfAllEvents,
    filter: { status: 'OFFERED' },
    acts: [confirmRegistration],
    only: [...TOWNS, 'expert'],
    since: ({ registeredAt }) => registeredAt,
    dueOn: ({ offerExpiresAt }) => offerExpiresAt,
  }),
  waits('draftEvents', {
    list: listEvents,
    filter: { status: 'DRAFT' },
    acts: [publishEvent],
    dueOn: ({ startsAt }) => startsAt,
  }),
  waits('eventsToSettle', {
    list: listEvents,
    filter: { status: 'HELD' },
    acts: [settleEvent],
    since: ({ endsAt }) => endsAt,
  }),
  waits('mailsUndelivered', {
    list: listUndeliveredMails,
    filter: { isOpen: 'true' },
    acts: [replaceParticipant, requestAddressConfirmation],
    path: ({ registrationId }) => `/registrations/${registrationId}`,
    since: ({ givenUpAt }) => givenUpAt,
  }),
];

const RULES = [
  [listPartnershipRuleProposals, confirmPartnershipRuleProposal],
  [listStaffingRuleProposals, confirmStaffingRuleProposal],
  [listFinanceRuleProposals, confirmFinanceRuleProposal],
  [listEventsRuleProposals, confirmEventsRuleProposal],
] as const;

/** Everything that waits for people, each kind declared once: its list, the acts that end it, and with them the roles that see it. */
export const WAITING_SOURCES: readonly WaitingSource[] = [
  ...PARTNERSHIP,
  ...STAFFING,
  ...FINANCE_WAITING,
  ...EVENTS,
  ...RULES.map(([list, act]) =>
    waits('rulesToConfirm', {
      list,
      filter: { status: 'PROPOSED' },
      acts: [act],
      since: ({ proposedAt }) => proposedAt,
      dueOn: ({ validFrom }) => validFrom,
    }),
  ),
  ...SERVICES.map((service) => {
    const { listDeadLetters: list, replayDeadLetter } = SERVICE_OPERATIONS[service];
    return waits('deadLetters', {
      list,
      acts: [replayDeadLetter],
      path: () => list.http.path,
      since: ({ diedAt }) => diedAt,
    });
  }),
];
