import { type CostPlanView, type Money, toMinor, toMoney } from '#contracts';
import { buildCostPlan, type PlanRequest } from './cost-plan';
import { PLAN_CURRENCY } from './plan-line';

export type Instalment = CostPlanView['instalments'][number];

export interface ReplanRequest extends PlanRequest {
  readonly changes: NonNullable<PlanRequest['changes']>;
  /** Ordered or paid: they stay as they are. */
  readonly ordered: readonly Instalment[];
  /** Not ordered yet: kept where the new plan has the same, replaced where it has not. */
  readonly open: readonly Instalment[];
  /** The highest number that was ever given, so that none is given twice. */
  readonly lastInstalment: number;
  /** Nothing new is bound in an earlier year: those before are closed. */
  readonly firstOpenYear: number;
}

interface Owed extends Instalment {
  minor: bigint;
}

/**
 * The plan made anew after an extension, interruption, rate change or early end. What was ordered stays; what is owed beyond it
 * becomes new instalments; what was ordered and is no longer owed lowers the instalments that follow. Instalments and years add up
 * to the total, to the cent. Pure.
 */
export function replan(request: ReplanRequest): CostPlanView {
  const target = buildCostPlan(request);
  const { owed, creditMinor } = stillOwed(target.instalments, request.ordered);
  const overpaidMinor = offset(owed, creditMinor);
  let last = request.lastInstalment;
  const open = [...request.open];
  const next = owed
    .filter((it) => it.minor > 0n)
    .map(({ minor, ...it }) => {
      const wanted = {
        ...it,
        year: Math.max(it.year, request.firstOpenYear),
        amount: toMoney(minor, PLAN_CURRENCY),
      };
      const index = open.findIndex((other) => isSame(other, wanted));
      const [kept] = index < 0 ? [] : open.splice(index, 1);
      return kept ?? { ...wanted, instalment: (last += 1) };
    });
  const instalments = [...request.ordered, ...next].sort((a, b) =>
    a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0,
  );
  return {
    ...target,
    instalments,
    total: sumOf(instalments),
    byYear: yearsOf(instalments),
    ...(overpaidMinor > 0n && { overpaid: toMoney(overpaidMinor, PLAN_CURRENCY) }),
  };
}

/** What the target asks for beyond what was ordered for the same day and category, and what was ordered beyond the target. */
function stillOwed(target: readonly Instalment[], ordered: readonly Instalment[]) {
  const orderedBy = new Map<string, bigint>();
  for (const it of ordered) orderedBy.set(keyOf(it), (orderedBy.get(keyOf(it)) ?? 0n) + minorOf(it));
  const owed: Owed[] = [];
  for (const it of target) {
    const before = orderedBy.get(keyOf(it)) ?? 0n;
    const used = before < minorOf(it) ? before : minorOf(it);
    orderedBy.set(keyOf(it), before - used);
    owed.push({ ...it, minor: minorOf(it) - used });
  }
  return { owed, creditMinor: [...orderedBy.values()].reduce((sum, it) => sum + it, 0n) };
}

/** Sets what was ordered too much off against what is owed, earliest first; answers what is left over. */
function offset(owed: Owed[], creditMinor: bigint): bigint {
  let left = creditMinor;
  for (const it of owed) {
    const used = left < it.minor ? left : it.minor;
    it.minor -= used;
    left -= used;
  }
  return left;
}

function isSame(one: Instalment, other: Omit<Instalment, 'instalment'>): boolean {
  return (
    keyOf(one) === keyOf(other) &&
    one.year === other.year &&
    one.amount.amount === other.amount.amount &&
    one.requiredReports === other.requiredReports
  );
}

/** What each budget year needs for these instalments. */
export function yearsOf(instalments: readonly Instalment[]): CostPlanView['byYear'] {
  const all = [...new Set(instalments.map((it) => it.year))].sort((a, b) => a - b);
  return all.map((year) => ({ year, amount: sumOf(instalments.filter((it) => it.year === year)) }));
}

function sumOf(instalments: readonly Instalment[]): Money {
  return toMoney(
    instalments.reduce((sum, it) => sum + minorOf(it), 0n),
    PLAN_CURRENCY,
  );
}

function keyOf({ dueOn, category }: Pick<Instalment, 'dueOn' | 'category'>): string {
  return `${dueOn} ${category}`;
}

function minorOf({ amount }: Pick<Instalment, 'amount'>): bigint {
  return toMinor(amount).amountMinor;
}
