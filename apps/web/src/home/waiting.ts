import type { z } from 'zod';
import type { Operation, Page, Role } from '#contracts';
import { listEvents, listRegistrationsOfAllEvents } from '#contracts/events';
import {
  listAllBankAccountChanges,
  listBankEntries,
  listBankEntryDismissals,
  listPayoutReturns,
  listScreenings,
  listClaims,
  listCommitments,
  listDrawdowns,
  listFinanceRuleProposals,
  listPaymentRuns,
  listPayouts,
  listProofsOfUse,
} from '#contracts/finance';
import { listPartnerships } from '#contracts/partnership';
import { listAssignments, listExpertRequests } from '#contracts/staffing';
import { mayCall } from '../api/may';
import { read, type Read } from '../api/query';
import type { HomeTexts } from './texts/de';

export interface Waiting {
  readonly name: keyof HomeTexts['items'];
  /** The list that the number opens. */
  readonly to: string;
  readonly query: Read<Page<unknown>>;
}

interface Task extends Waiting {
  readonly roles: readonly Role[];
  readonly operation: List;
}

type List = Operation<z.ZodObject, z.ZodType<Page<unknown>>>;

const COUNTED_MAX = 100;

const TOWNS: readonly Role[] = ['municipality-de', 'municipality-partner'];
const OPEN_ENTRIES = 'UNMATCHED,PARTLY_MATCHED';
const OFFICE: readonly Role[] = ['programme-officer', 'adviser'];

const TASKS: readonly Task[] = [
  task('proposedPartnerships', ['programme-officer', 'adviser'], '/partnerships?status=PROPOSED', listPartnerships, {
    status: 'PROPOSED',
  }),
  task(
    'activePartnerships',
    ['municipality-de', 'municipality-partner', 'programme-officer', 'adviser'],
    '/partnerships?status=ACTIVE',
    listPartnerships,
    { status: 'ACTIVE' },
  ),
  task('draftRequests', TOWNS, '/requests?status=DRAFT', listExpertRequests, { status: 'DRAFT' }),
  task('returnedRequests', TOWNS, '/requests?status=RETURNED', listExpertRequests, { status: 'RETURNED' }),
  task('submittedRequests', OFFICE, '/requests?status=SUBMITTED,FORMAL_CHECK', listExpertRequests, {
    status: 'SUBMITTED,FORMAL_CHECK',
  }),
  task('requestsToAssess', OFFICE, '/requests?status=ASSESSMENT', listExpertRequests, { status: 'ASSESSMENT' }),
  task('requestsToDecide', ['programme-officer'], '/requests?status=RECOMMENDED', listExpertRequests, {
    status: 'RECOMMENDED',
  }),
  task('assignmentsToDecide', ['municipality-partner'], '/assignments?status=PLANNED', listAssignments, {
    status: 'PLANNED',
  }),
  task('assignmentsWithoutCover', ['programme-officer'], '/assignments?status=FUNDING_REFUSED', listAssignments, {
    status: 'FUNDING_REFUSED',
  }),
  task('payoutsFactual', ['programme-officer'], '/money/payouts?status=DUE', listPayouts, { status: 'DUE' }),
  task('payoutsArithmetical', ['finance-officer'], '/money/payouts?status=FACTUALLY_CHECKED', listPayouts, {
    status: 'FACTUALLY_CHECKED',
  }),
  task('payoutsToOrder', ['payment-orderer'], '/money/payouts?status=ARITHMETICALLY_CHECKED', listPayouts, {
    status: 'ARITHMETICALLY_CHECKED',
  }),
  task('payoutsOrdered', ['cashier'], '/money/payouts?status=ORDERED', listPayouts, { status: 'ORDERED' }),
  task('runsToSend', ['cashier'], '/money/runs?status=CREATED', listPaymentRuns, { status: 'CREATED' }),
  task(
    'runsToReinstate',
    ['finance-officer', 'payment-orderer'],
    '/money/runs?isReinstatementProposed=true',
    listPaymentRuns,
    { isReinstatementProposed: 'true' },
  ),
  task('payoutsReturned', ['finance-officer'], '/bank/returned?isSettled=false', listPayoutReturns, {
    isSettled: 'false',
  }),
  task('hits', ['finance-officer'], '/bank/hits?outcome=REVIEW', listScreenings, { outcome: 'REVIEW' }),
  task(
    'accountChanges',
    ['finance-officer', 'payment-orderer'],
    '/bank/account-changes?status=PROPOSED',
    listAllBankAccountChanges,
    { status: 'PROPOSED' },
  ),
  task('bankEntries', ['cashier'], `/bank/entries?status=${OPEN_ENTRIES}`, listBankEntries, { status: OPEN_ENTRIES }),
  task(
    'dismissals',
    ['finance-officer', 'payment-orderer'],
    '/bank/dismissals?status=PROPOSED',
    listBankEntryDismissals,
    {
      status: 'PROPOSED',
    },
  ),
  task('offersToAnswer', [...TOWNS, 'expert'], '/registrations?status=OFFERED', listRegistrationsOfAllEvents, {
    status: 'OFFERED',
  }),
  task('draftEvents', OFFICE, '/events?when=any&status=DRAFT', listEvents, { status: 'DRAFT' }),
  task('eventsToSettle', OFFICE, '/events?when=any&status=HELD', listEvents, { status: 'HELD' }),
  task('proofsToWrite', ['municipality-partner'], '/funds/proofs?status=OPEN', listProofsOfUse, { status: 'OPEN' }),
  task('proofQueries', ['municipality-partner', 'programme-officer'], '/funds/proofs?status=QUERIES', listProofsOfUse, {
    status: 'QUERIES',
  }),
  task('proofsToCheck', ['finance-officer'], '/funds/proofs?status=SUBMITTED', listProofsOfUse, {
    status: 'SUBMITTED',
  }),
  task('commitmentsWithoutCover', ['budget-officer'], '/funds/commitments?lacksCover=true', listCommitments, {
    lacksCover: 'true',
  }),
  task('drawdownsToReceive', ['cashier', 'budget-officer'], '/funds/drawdowns?status=REQUESTED', listDrawdowns, {
    status: 'REQUESTED',
  }),
  task('claimsDue', ['finance-officer', 'budget-officer'], '/funds/claims?status=DUE', listClaims, { status: 'DUE' }),
  task('rulesToConfirm', ['budget-officer'], '/funds/rules/proposals?status=PROPOSED', listFinanceRuleProposals, {
    status: 'PROPOSED',
  }),
];

export function waitingFor(roles: readonly Role[]): readonly Waiting[] {
  return TASKS.filter((each) => each.roles.some((role) => roles.includes(role)) && mayCall(each.operation, roles));
}

function task(
  name: Waiting['name'],
  roles: readonly Role[],
  to: string,
  operation: List,
  filter: Readonly<Record<string, string>>,
): Task {
  const query = read(operation, Object.assign({ limit: COUNTED_MAX }, filter));
  return { name, roles, to, operation, query };
}
