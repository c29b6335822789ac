import { type ClaimView, toMoney } from '#contracts';
import type { Claim } from './claim.entity';

export interface ClaimPayment {
  readonly claimId: string;
  readonly paidOn: string;
  readonly amountMinor: bigint;
  readonly reference: string;
}

export function claimView(claim: Claim, payments: readonly ClaimPayment[]): ClaimView {
  const { currency } = claim;
  return {
    id: claim.id,
    version: claim.version,
    fundId: claim.fundId,
    proofOfUseId: claim.proofOfUseId,
    debtorName: claim.debtorName,
    ruleSet: claim.ruleSet,
    ground: claim.ground,
    reason: claim.reason,
    amount: toMoney(claim.amountMinor, currency),
    paid: toMoney(claim.paidMinor, currency),
    open: toMoney(claim.openMinor, currency),
    isMinor: claim.isMinor,
    interestFrom: claim.interestFrom,
    status: claim.status,
    draftedBy: claim.draftedBy,
    hearingUntil: claim.hearingUntil,
    statement: claim.statement,
    decision: decisionView(claim),
    objection: objectionView(claim),
    dueOn: claim.dueOn,
    instalments: claim.instalments,
    payments: payments.map(({ paidOn, amountMinor, reference }) => ({
      paidOn,
      amount: toMoney(amountMinor, currency),
      reference,
    })),
    closing:
      claim.closingReason === null ? null : { reason: claim.closingReason, consentReference: claim.consentReference },
    createdAt: claim.createdAt.toISOString(),
  };
}

function decisionView({ decidedBy, decidedOn, decisionReference }: Claim): ClaimView['decision'] {
  if (decidedBy === null || decidedOn === null || decisionReference === null) return null;
  return { by: decidedBy, decidedOn, reference: decisionReference };
}

function objectionView({ objectedOn, objection }: Claim): ClaimView['objection'] {
  return objectedOn === null || objection === null ? null : { objectedOn, text: objection };
}
