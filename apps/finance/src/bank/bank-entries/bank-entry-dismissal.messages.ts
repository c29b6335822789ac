import { toMoney } from '#contracts';
import type { BankEntryDismissalView } from '#contracts/finance';
import type { Columns } from '#database';
import type { BankEntryDismissal } from './bank-entry-dismissal.entity';

export function bankEntryDismissalView(dismissal: Columns<BankEntryDismissal>): BankEntryDismissalView {
  const { fundId, budgetYear } = dismissal;
  return {
    id: dismissal.id,
    version: dismissal.version,
    bankEntryId: dismissal.bankEntryId,
    status: dismissal.status,
    category: dismissal.category,
    amount: toMoney(dismissal.amountMinor, dismissal.currency),
    charge: fundId !== null && budgetYear !== null ? { fundId, budgetYear } : null,
    proposal: { by: dismissal.proposedBy, at: dismissal.proposedAt.toISOString(), reason: dismissal.reason },
    decision: act(dismissal.decidedBy, dismissal.decidedAt, dismissal.decisionReason),
    revocation: act(dismissal.revokedBy, dismissal.revokedAt, dismissal.revocationReason),
  };
}

function act(by: string | null, at: Date | null, reason: string | null): BankEntryDismissalView['decision'] {
  return by !== null && at !== null && reason !== null ? { by, at: at.toISOString(), reason } : null;
}
