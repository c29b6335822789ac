import type { CostCategory, ProofCheck, RuleSet } from '#contracts/finance';
import { centsOn, ruleOn } from '../public-money-rules/public-money-rule';

export interface ProofLine {
  readonly category: CostCategory;
  readonly plannedMinor: bigint;
  readonly actualMinor: bigint;
  readonly explanation: string | null;
}

export interface CheckedReceipt {
  readonly number: string;
  readonly category: CostCategory;
  readonly amountEurMinor: bigint;
}

export interface ProofFacts {
  readonly ruleSet: RuleSet;
  /** The day whose rules hold: the first one of the period. */
  readonly from: string;
  readonly dueOn: string;
  readonly submittedOn: string;
  readonly lines: readonly ProofLine[];
  readonly ownShare: { readonly plannedMinor: bigint; readonly actualMinor: bigint };
  readonly receipts: readonly CheckedReceipt[];
  readonly inventoriedReceipts: ReadonlySet<string>;
}

/** The category whose items are kept in the inventory. */
const EQUIPMENT: CostCategory = 'AUSSTATTUNG';

/** The checks of a proof that a machine can make, each with the rule it rests on. Source: docs/domain.md#proof-of-use. */
export function checkProof(facts: ProofFacts): ProofCheck[] {
  return [totalCheck(facts), ...itemChecks(facts), ownShareCheck(facts), inventoryCheck(facts), inTimeCheck(facts)];
}

/** The plan binds as to its total. */
function totalCheck({ lines }: ProofFacts): ProofCheck {
  const planned = sum(lines.map(({ plannedMinor }) => plannedMinor));
  const actual = sum(lines.map(({ actualMinor }) => actualMinor));
  return verdict('TOTAL_WITHIN_PLAN', actual <= planned, `actual ${actual} of planned ${planned} cents`);
}

/** One item may exceed its plan by the tolerance, if it is saved elsewhere; beyond that it has to be explained. */
function itemChecks({ lines, ruleSet, from }: ProofFacts): ProofCheck[] {
  const { id, value } = ruleOn(ruleSet, 'plan-tolerance', from);
  return lines.map((line) => {
    const isWithin = isWithinTolerance(line, BigInt(value));
    const explained = line.explanation === null ? 'FAILED' : 'EXPLAINED';
    return {
      check: 'ITEM_WITHIN_TOLERANCE',
      verdict: isWithin ? 'PASSED' : explained,
      category: line.category,
      ruleId: id,
      detail: `actual ${line.actualMinor} of planned ${line.plannedMinor} cents, tolerance ${value} %`,
    };
  });
}

export function isWithinTolerance(
  { plannedMinor, actualMinor }: Pick<ProofLine, 'plannedMinor' | 'actualMinor'>,
  tolerancePercent: bigint,
): boolean {
  return actualMinor * 100n <= plannedMinor * (100n + tolerancePercent);
}

function ownShareCheck({ ownShare: { plannedMinor, actualMinor } }: ProofFacts): ProofCheck {
  const detail = `own share ${actualMinor} of planned ${plannedMinor} cents`;
  return verdict('OWN_SHARE', actualMinor >= plannedMinor, detail);
}

function inventoryCheck({ receipts, inventoriedReceipts, ruleSet, from }: ProofFacts): ProofCheck {
  const threshold = centsOn(ruleSet, 'inventory-threshold', from);
  const missing = receipts.filter(
    ({ category, amountEurMinor, number }) =>
      category === EQUIPMENT && amountEurMinor > threshold && !inventoriedReceipts.has(number),
  );
  const detail =
    missing.length === 0
      ? 'every item above the threshold is in the inventory'
      : `not in the inventory: ${missing.map(({ number }) => number).join(', ')}`;
  const { id } = ruleOn(ruleSet, 'inventory-threshold', from);
  return { ...verdict('INVENTORY', missing.length === 0, detail), ruleId: id };
}

function inTimeCheck({ dueOn, submittedOn }: ProofFacts): ProofCheck {
  return verdict('IN_TIME', submittedOn <= dueOn, `submitted on ${submittedOn}, due on ${dueOn}`);
}

function verdict(check: ProofCheck['check'], hasPassed: boolean, detail: string): ProofCheck {
  return { check, verdict: hasPassed ? 'PASSED' : 'FAILED', category: null, ruleId: null, detail };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
