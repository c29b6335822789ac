import { AppError, formatMinor } from '#contracts';
import type { BudgetChangeKind } from '#contracts/finance';

/** What a change of the budget stands on: the plan of a year, and what its ledger accounts hold. */
export interface BudgetOfYear {
  readonly year: number;
  readonly status: 'OPEN' | 'CLOSING' | 'CLOSED';
  readonly isProvisional: boolean;
  readonly planMinor: bigint;
  readonly releasedMinor: bigint;
  readonly availableMinor: bigint;
  readonly blockedMinor: bigint;
}

export interface AskedChange {
  readonly kind: BudgetChangeKind;
  readonly amountMinor: bigint | null;
  readonly currency: string;
}

/**
 * How much of a year a change may take: a cut what was not released and what of the releases nobody has bound, a block what is
 * available, the end of a block what is blocked. Undefined where nothing limits it.
 */
export function freeFor(kind: BudgetChangeKind, it: BudgetOfYear): bigint | undefined {
  switch (kind) {
    case 'CUT': {
      // Carried over money came from the plan of another year: a cut of this one does not reach it.
      const unbound = it.availableMinor < it.releasedMinor ? it.availableMinor : it.releasedMinor;
      return it.planMinor - it.releasedMinor + unbound;
    }
    case 'BLOCK':
      return it.availableMinor;
    case 'BLOCK_LIFTING':
      return it.blockedMinor;
    case 'SUPPLEMENT':
    case 'ENACTMENT':
      return undefined;
  }
}

/** The plan after a change. FINANCE_BUDGET_FREE_EXCEEDED with the free amount where the year does not allow it. */
export function newPlan({ kind, amountMinor, currency }: AskedChange, it: BudgetOfYear): bigint {
  const { year, planMinor } = it;
  if (it.status === 'CLOSED') throw new AppError('FINANCE_BUDGET_YEAR_CLOSED', { year });
  if (kind === 'ENACTMENT' && !it.isProvisional) throw new AppError('FINANCE_BUDGET_YEAR_IN_FORCE', { year });
  const asked = amountMinor ?? 0n;
  const freeMinor = freeFor(kind, it);
  if (freeMinor !== undefined && asked > freeMinor) {
    const code = 'FINANCE_BUDGET_FREE_EXCEEDED';
    // The same in every language.
    const detail = `max. ${formatMinor(freeMinor, currency)} ${currency}`;
    throw new AppError(
      code,
      { year, freeMinor: freeMinor.toString() },
      { errors: [{ pointer: '#/amount', code, detail }] },
    );
  }
  if (kind === 'SUPPLEMENT') return planMinor + asked;
  return kind === 'CUT' ? planMinor - asked : planMinor;
}

/** What a cut takes back of the money that was released: first goes what was not. */
export function takenBack(cutMinor: bigint, { planMinor, releasedMinor }: BudgetOfYear): bigint {
  const unreleased = planMinor - releasedMinor;
  return cutMinor > unreleased ? cutMinor - unreleased : 0n;
}
