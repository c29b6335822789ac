import { addDays, type Period } from '#contracts';
import type { CostInputs, ExchangeRateView, PlanChanges } from '#contracts/finance';
import { paidInterruptionWeeks } from '../cost-plans/cost-plan';
import { type InstrumentRules, RuleBook } from '../instrument-rules/instrument-rules.reader';
import type { AssignmentChange } from './assignment-facts.rows';

export interface RateChange {
  readonly from: string;
  readonly exchangeRate: ExchangeRateView;
}

/** The changes of a plan as they follow from what is known: interruptions that ended, rates that were re-fixed, an early end. */
export function planChanges(
  agreedTo: string,
  changes: readonly AssignmentChange[],
  rateChanges: readonly RateChange[],
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
  return { agreedTo, interruptions, rateChanges: [...rateChanges], earlyEnd };
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
    changes.earlyEnd !== null
  );
}
