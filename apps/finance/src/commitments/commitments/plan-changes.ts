import { addDays, type Period } from '#contracts';
import type { CostInputs, ExchangeRateView, PlanChanges, TermsChange } from '#contracts/finance';
import { paidInterruptionWeeks } from '../cost-plans/cost-plan';
import { type InstrumentRules, RuleBook } from '../instrument-rules/instrument-rules.reader';
import type { AssignmentChange } from './assignment-facts.rows';
import type { ShareChange } from './share.rows';

export interface RateChange {
  readonly from: string;
  readonly exchangeRate: ExchangeRateView;
}

/** What was decided about the money of an assignment since it was first covered. */
export interface Decided {
  readonly rateChanges: readonly RateChange[];
  readonly shareChanges: readonly ShareChange[];
  readonly termsChanges: readonly TermsChange[];
}

export const NOTHING_DECIDED: Decided = { rateChanges: [], shareChanges: [], termsChanges: [] };

/** The changes of a plan as they follow from what is known: interruptions that ended, an early end, other rates, shares and terms. */
export function planChanges(
  agreedTo: string,
  changes: readonly AssignmentChange[],
  { rateChanges, shareChanges, termsChanges }: Decided,
): PlanChanges {
  const interruptions: PlanChanges['interruptions'][number][] = [];
  let open: AssignmentChange | undefined;
  let earlyEnd: PlanChanges['earlyEnd'] = null;
  for (const change of changes) {
    if (change.kind === 'INTERRUPTED') {
      open = change;
      continue;
    }
    if (open && open.changedOn < change.changedOn) {
      interruptions.push({ from: open.changedOn, to: change.changedOn, attributableToExpert: open.isAttributable });
    }
    open = undefined;
    if (change.kind === 'ENDED_EARLY') {
      earlyEnd = { endedOn: change.changedOn, attributableToExpert: change.isAttributable };
    }
  }
  // A plan of a version that knew no share or terms has no such member, and is the same plan.
  const shares = shareChanges.length > 0 && { shareChanges: [...shareChanges] };
  const terms = termsChanges.length > 0 && { termsChanges: [...termsChanges] };
  return { agreedTo, interruptions, rateChanges: [...rateChanges], earlyEnd, ...shares, ...terms };
}

/** The day from which pay pauses while an interruption lasts; null when none does. */
export function pausedFrom(
  costInputs: Pick<CostInputs, 'instrument'>,
  changes: readonly AssignmentChange[],
  rules: InstrumentRules,
): string | null {
  const last = changes.at(-1);
  if (last?.kind !== 'INTERRUPTED') return null;
  if (last.isAttributable) return last.changedOn;
  const weeks = paidInterruptionWeeks(costInputs, new RuleBook(costInputs.instrument, rules), last.changedOn);
  return addDays(last.changedOn, 7 * weeks);
}

export function hasChanges(changes: PlanChanges, period: Period): boolean {
  return (
    changes.agreedTo !== period.to ||
    changes.interruptions.length > 0 ||
    changes.rateChanges.length > 0 ||
    changes.shareChanges !== undefined ||
    changes.termsChanges !== undefined ||
    changes.earlyEnd !== null
  );
}
