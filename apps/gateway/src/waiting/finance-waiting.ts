import type { Operation } from '#contracts';
import {
  acceptProofOfUse,
  answerProofQuery,
  changeCommitmentRate,
  checkPayoutArithmetically,
  checkPayoutFactually,
  confirmBankAccountChange,
  confirmBankEntryDismissal,
  confirmBudgetChange,
  confirmExchangeRateProposal,
  confirmPaymentAnswerSettlement,
  confirmPaymentRunReinstatement,
  createPaymentRun,
  decideScreening,
  giveBackPayout,
  importBankMessage,
  importExchangeRates,
  importSanctionsList,
  listAllBankAccountChanges,
  listAllBudgetChanges,
  listBankEntries,
  listBankEntryDismissals,
  listClaims,
  listCommitments,
  listDrawdowns,
  listExchangeRateProposals,
  listOutdatedRates,
  listPaymentAnswers,
  listPaymentRuns,
  listPayoutReturns,
  listPayouts,
  listProofsOfUse,
  listRateRefixings,
  listSanctionsLists,
  listScreenings,
  listStatementFaults,
  makeClaimDue,
  matchBankEntry,
  orderPayout,
  proposeBudgetChange,
  proposePaymentAnswerSettlement,
  receiveDrawdown,
  recordClaimPayment,
  recordExchangeRate,
  reissuePayout,
  releaseBudget,
  releasePayout,
  sendPaymentRun,
  startProofCheck,
  submitProofOfUse,
} from '#contracts/finance';
import { type Filter, waits, type WaitingSource } from './waiting-source';

const payouts = (status: string, act: Operation) => ({
  list: listPayouts,
  filter: { status },
  acts: [act],
  dueOn: ({ dueOn }: { dueOn: string }) => dueOn,
});
const runs = (filter: Filter | ((today: string) => Filter), act: Operation) => ({
  list: listPaymentRuns,
  filter,
  acts: [act],
  since: ({ createdAt }: { createdAt: string }) => createdAt,
});
const answers = (state: string, act: Operation) => ({
  list: listPaymentAnswers,
  filter: { state },
  acts: [act],
  since: ({ receivedAt }: { receivedAt: string }) => receivedAt,
});
const proofs = (status: string, acts: readonly Operation[]) => ({
  list: listProofsOfUse,
  filter: { status },
  acts,
  dueOn: ({ dueOn }: { dueOn: string | null }) => dueOn,
});
const claims = (status: string, acts: readonly Operation[]) => ({
  list: listClaims,
  filter: { status },
  acts,
  since: ({ createdAt }: { createdAt: string }) => createdAt,
});

const PAYMENTS: readonly WaitingSource[] = [
  waits('payoutsFactual', payouts('DUE', checkPayoutFactually)),
  waits('payoutsArithmetical', payouts('FACTUALLY_CHECKED', checkPayoutArithmetically)),
  waits('payoutsToOrder', payouts('ARITHMETICALLY_CHECKED', orderPayout)),
  waits('payoutsOrdered', payouts('ORDERED', createPaymentRun)),
  waits('payoutsBlocked', payouts('BLOCKED', releasePayout)),
  waits('runsToSend', { ...runs({ status: 'CREATED' }, sendPaymentRun), dueOn: ({ executionOn }) => executionOn }),
  // Carried out before today, so its answer is in a statement that should be here.
  waits('runsUnanswered', {
    ...runs((today) => ({ status: 'SENT,SETTLING', executionOnTo: today }), importBankMessage),
    since: ({ executionOn }) => executionOn,
  }),
  waits('runsToReinstate', runs({ isReinstatementProposed: 'true' }, confirmPaymentRunReinstatement)),
  waits('payoutsReturned', {
    list: listPayoutReturns,
    filter: { isSettled: 'false' },
    acts: [reissuePayout, giveBackPayout],
    since: ({ occurredOn }) => occurredOn,
  }),
  waits('hits', {
    list: listScreenings,
    filter: { outcome: 'REVIEW' },
    acts: [decideScreening],
    since: ({ screenedAt }) => screenedAt,
  }),
  // At most the one in force; the others are history.
  waits('sanctionsListOutdated', {
    list: listSanctionsLists,
    filter: { isOutdated: 'true' },
    acts: [importSanctionsList],
    path: () => listSanctionsLists.http.path,
    since: ({ generatedAt }) => generatedAt,
  }),
  waits('accountChanges', {
    list: listAllBankAccountChanges,
    filter: { status: 'PROPOSED' },
    acts: [confirmBankAccountChange],
    path: ({ payeeId, id }) => `/payees/${payeeId}/bank-account-changes/${id}`,
    since: ({ proposedAt }) => proposedAt,
  }),
];

const BANK: readonly WaitingSource[] = [
  waits('answersToSettle', answers('OPEN', proposePaymentAnswerSettlement)),
  waits('answersToConfirm', answers('PROPOSED', confirmPaymentAnswerSettlement)),
  waits('bankEntries', {
    list: listBankEntries,
    filter: { status: 'UNMATCHED,PARTLY_MATCHED' },
    acts: [matchBankEntry],
    since: ({ bookedOn }) => bookedOn,
  }),
  waits('dismissals', {
    list: listBankEntryDismissals,
    filter: { status: 'PROPOSED' },
    acts: [confirmBankEntryDismissal],
    since: ({ proposal }) => proposal.at,
  }),
  waits('statementFaults', {
    list: listStatementFaults,
    acts: [importBankMessage],
    path: ({ fundId }) => `/funds/${fundId}/reconciliation`,
  }),
];

const FUNDS: readonly WaitingSource[] = [
  waits('proofsToWrite', { ...proofs('OPEN', [submitProofOfUse]), only: ['municipality-partner'] }),
  waits('proofQueries', proofs('QUERIES', [answerProofQuery])),
  waits('proofsToCheck', proofs('SUBMITTED', [startProofCheck])),
  waits('proofsToDecide', proofs('IN_CHECK', [acceptProofOfUse])),
  waits('claimsToPursue', claims('DRAFT,HEARING,DECIDED,OBJECTED', [makeClaimDue])),
  waits('claimsDue', { ...claims('DUE', [recordClaimPayment]), dueOn: ({ nextDueOn }) => nextDueOn }),
  waits('drawdownsToReceive', {
    list: listDrawdowns,
    filter: { status: 'REQUESTED' },
    acts: [receiveDrawdown],
    since: ({ requestedOn }) => requestedOn,
  }),
  // Cover comes with money: a release, or a plan that allows one.
  waits('commitmentsWithoutCover', {
    list: listCommitments,
    filter: { lacksCover: 'true' },
    acts: [releaseBudget, proposeBudgetChange],
    since: ({ createdAt }) => createdAt,
  }),
  waits('ratesToConfirm', {
    list: listExchangeRateProposals,
    filter: { status: 'PROPOSED' },
    acts: [confirmExchangeRateProposal],
    path: () => listExchangeRateProposals.http.path,
    since: ({ proposedAt }) => proposedAt,
  }),
  waits('refixings', {
    list: listRateRefixings,
    acts: [changeCommitmentRate],
    path: ({ commitmentId }) => `/commitments/${commitmentId}`,
  }),
  waits('ratesOutdated', {
    list: listOutdatedRates,
    acts: [recordExchangeRate, importExchangeRates],
    path: () => listOutdatedRates.http.path,
    since: ({ outdatedSince }) => outdatedSince,
  }),
  waits('budgetChanges', {
    list: listAllBudgetChanges,
    filter: { status: 'PROPOSED' },
    acts: [confirmBudgetChange],
    path: ({ fundId }) => `/funds/${fundId}`,
    since: ({ proposedAt }) => proposedAt,
  }),
];

export const FINANCE_WAITING: readonly WaitingSource[] = [...PAYMENTS, ...BANK, ...FUNDS];
