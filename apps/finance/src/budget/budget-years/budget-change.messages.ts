import { toMoney } from '#contracts';
import type { BudgetChangeView } from '#contracts/finance';
import type { Columns } from '#database';
import type { BudgetChange } from './budget-change.entity';

export function budgetChangeView(change: Columns<BudgetChange>): BudgetChangeView {
  const { id, version, fundId, year, kind, amountMinor, currency, reason, status } = change;
  const { planBeforeMinor: before, planAfterMinor: after, proposedBy, decidedBy: by, decidedAt: at } = change;
  return {
    id,
    version,
    fundId,
    year,
    kind,
    amount: amountMinor === null ? null : toMoney(amountMinor, currency),
    reason,
    status,
    plan:
      before === null || after === null ? null : { before: toMoney(before, currency), after: toMoney(after, currency) },
    proposedBy,
    proposedAt: change.proposedAt.toISOString(),
    decision: by === null || at === null ? null : { by, at: at.toISOString(), reason: change.decisionReason ?? '' },
  };
}
