import { toMoney } from '#contracts';
import { type ClaimSummary, type ClaimView, PAYMENTS_SHOWN } from '#contracts/finance';
import type { Columns } from '#database';
import type { RepaymentClaim } from './repayment-claim.entity';
import type { ClaimPayment } from './repayment-claim.rows';

/** What a list does not show of a claim. */
export const LONG_COLUMNS = ['reason', 'statement', 'objection', 'instalments', 'closingReason'] as const;
export type ClaimListRow = Omit<Columns<RepaymentClaim>, (typeof LONG_COLUMNS)[number] | 'openMinor' | 'isMinor'>;

export function claimView(claim: RepaymentClaim, payments: readonly ClaimPayment[]): ClaimView {
  const { currency } = claim;
  return {
    ...claimSummary(claim, claim),
    reason: claim.reason,
    statement: claim.statement,
    objection: objectionView(claim),
    instalments: claim.instalments,
    payments: payments
      .slice(-PAYMENTS_SHOWN)
      .map(({ number, paidOn, amountMinor, reference, budgetYear, outcome, outcomeReason }) => ({
        number,
        paidOn,
        amount: toMoney(amountMinor, currency),
        reference,
        budgetYear,
        outcome: outcome === null ? null : { kind: outcome, reason: outcomeReason ?? '' },
      })),
    closing:
      claim.closingReason === null ? null : { reason: claim.closingReason, consentReference: claim.consentReference },
  };
}

export function claimSummary(
  claim: ClaimListRow,
  computed: Pick<RepaymentClaim, 'openMinor' | 'isMinor'>,
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
    open: toMoney(computed.openMinor, currency),
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
