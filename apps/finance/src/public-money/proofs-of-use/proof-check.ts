import type { CostCategory, ProofCheck } from '#contracts/finance';
import type { PublicMoneyRules } from '../public-money-rules/public-money-rules.reader';

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
  /** Those in force on the first day of the period. */
  readonly rules: ReturnType<PublicMoneyRules['inForceOn']>;
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
function itemChecks({ lines, rules }: ProofFacts): ProofCheck[] {
  const tolerance = rules.value('plan-tolerance');
  const { name } = rules.row('plan-tolerance');
  return lines.map((line) => {
    const isWithin = isWithinTolerance(line, tolerance);
    const explained = line.explanation === null ? 'FAILED' : 'EXPLAINED';
    return {
      check: 'ITEM_WITHIN_TOLERANCE',
      verdict: isWithin ? 'PASSED' : explained,
      category: line.category,
      ruleId: name,
      detail: `actual ${line.actualMinor} of planned ${line.plannedMinor} cents, tolerance ${tolerance} %`,
    };
  });
}

export function isWithinTolerance(
  { plannedMinor, actualMinor }: Pick<ProofLine, 'plannedMinor' | 'actualMinor'>,
  tolerancePercent: number,
): boolean {
  return actualMinor * 100n <= plannedMinor * BigInt(100 + tolerancePercent);
}

function ownShareCheck({ ownShare: { plannedMinor, actualMinor } }: ProofFacts): ProofCheck {
  const detail = `own share ${actualMinor} of planned ${plannedMinor} cents`;
  return verdict('OWN_SHARE', actualMinor >= plannedMinor, detail);
}

function inventoryCheck({ receipts, inventoriedReceipts, rules }: ProofFacts): ProofCheck {
  const threshold = rules.value('inventory-threshold');
  const missing = receipts.filter(
    ({ category, amountEurMinor, number }) =>
      category === EQUIPMENT && amountEurMinor > threshold && !inventoriedReceipts.has(number),
  );
  const detail =
    missing.length === 0
      ? 'every item above the threshold is in the inventory'
      : `not in the inventory: ${missing.map(({ number }) => number).join(', ')}`;
  return { ...verdict('INVENTORY', missing.length === 0, detail), ruleId: rules.row('inventory-threshold').name };
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
