import { toMoney } from '#contracts';
import { CLAIM_STEPS_SHOWN, type ClaimSummary, type ClaimView, PAYMENTS_SHOWN } from '#contracts/finance';
import type { Columns } from '#database';
import { claimReference } from './claim-reference';
import type { RepaymentClaim } from './repayment-claim.entity';
import type { ClaimRecords } from './repayment-claim.rows';

/** What a list does not show of a claim. */
export const LONG_COLUMNS = ['reason', 'statement', 'objection', 'instalments', 'closingReason'] as const;
export type ClaimListRow = Omit<Columns<RepaymentClaim>, (typeof LONG_COLUMNS)[number] | Computed>;
/** What follows from the columns. */
type Computed = 'openMinor' | 'openInterestMinor' | 'isMinor';

export function claimView(claim: RepaymentClaim, records: ClaimRecords, today: string): ClaimView {
  const { currency } = claim;
  const { payments, interestDemands, waivers } = records;
  return {
    ...claimSummary(claim, claim, today),
    reason: claim.reason,
    paymentReference: claimReference(claim.caseNumber),
    statement: claim.statement,
    objection: objectionView(claim),
    instalments: claim.instalments,
    payments: payments
      .slice(-PAYMENTS_SHOWN)
      .map(({ amountMinor, outcome, outcomeReason, claimId: _claim, ...payment }) => ({
        ...payment,
        amount: toMoney(amountMinor, currency),
        outcome: outcome === null ? null : { kind: outcome, reason: outcomeReason ?? '' },
      })),
    interestDemands: interestDemands
      .slice(-CLAIM_STEPS_SHOWN)
      .map(({ number, amountMinor, until, dueOn, demandedBy }) => ({
        number,
        amount: toMoney(amountMinor, currency),
        until,
        dueOn,
        by: demandedBy,
      })),
    waivers: waivers.slice(-CLAIM_STEPS_SHOWN).map(({ number, amountMinor, waivedOn, reason, waivedBy }) => ({
      number,
      amount: toMoney(amountMinor, currency),
      waivedOn,
      reason,
      by: waivedBy,
    })),
    closing:
      claim.closingReason === null ? null : { reason: claim.closingReason, consentReference: claim.consentReference },
  };
}

export function claimSummary(
  claim: ClaimListRow,
  computed: Pick<RepaymentClaim, Computed>,
  today: string,
): ClaimSummary {
  const { currency } = claim;
  return {
    id: claim.id,
    version: claim.version,
    caseNumber: claim.caseNumber,
    fundId: claim.fundId,
    proofOfUseId: claim.proofOfUseId,
    debtorName: claim.debtorName,
    ruleSet: claim.ruleSet,
    ground: claim.ground,
    amount: toMoney(claim.amountMinor, currency),
    paid: toMoney(claim.paidMinor, currency),
    waived: toMoney(claim.waivedMinor, currency),
    open: toMoney(computed.openMinor, currency),
    interest: {
      demanded: toMoney(claim.interestDemandedMinor, currency),
      paid: toMoney(claim.interestPaidMinor, currency),
      open: toMoney(computed.openInterestMinor, currency),
    },
    nextDueOn: claim.nextDueOn,
    isOverdue: claim.nextDueOn !== null && claim.nextDueOn < today,
    isMinor: computed.isMinor,
    interestFrom: claim.interestFrom,
    status: claim.status,
    draftedBy: claim.draftedBy,
    hearingUntil: claim.hearingUntil,
    decision: decisionView(claim),
    dueOn: claim.dueOn,
    createdAt: claim.createdAt.toISOString(),
  };
}

function decisionView({ decidedBy, decidedOn, decisionReference }: ClaimListRow): ClaimView['decision'] {
  if (decidedBy === null || decidedOn === null || decisionReference === null) return null;
  return { by: decidedBy, decidedOn, reference: decisionReference };
}

function objectionView({ objectedOn, objection }: RepaymentClaim): ClaimView['objection'] {
  return objectedOn === null || objection === null ? null : { objectedOn, text: objection };
}
