import { toMoney } from '#contracts';
import type { TravelClaimSummary, TravelClaimView } from '#contracts/finance';
import type { Columns } from '#database';
import type { TravelClaim } from './travel-claim.entity';

export function travelClaimSummary(
  claim: Columns<TravelClaim>,
  payouts: TravelClaimSummary['payouts'],
): TravelClaimSummary {
  return {
    id: claim.id,
    version: claim.version,
    fundId: claim.fundId,
    budgetYear: claim.budgetYear,
    assignmentId: claim.assignmentId,
    payeeKind: claim.payeeKind,
    payeeOwnerId: claim.payeeOwnerId,
    purpose: claim.purpose,
    destination: claim.destination,
    startsOn: claim.startsOn,
    endsOn: claim.endsOn,
    total: toMoney(claim.totalMinor, claim.currency),
    submittedBy: claim.submittedBy,
    submittedAt: claim.submittedAt.toISOString(),
    payouts,
  };
}

export function travelClaimView(
  claim: Columns<TravelClaim>,
  { payouts, receipts }: Pick<TravelClaimView, 'payouts' | 'receipts'>,
): TravelClaimView {
  const { claimableUntil, journey, lines, rules } = claim;
  return { ...travelClaimSummary(claim, payouts), claimableUntil, journey, lines, rules, receipts };
}
