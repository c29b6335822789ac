import { addDays, Exact, type Money, toMinor, toMoney } from '#contracts';
import type { CostPlanView } from '#contracts/finance';
import type { InstrumentRules } from '../instrument-rules/instrument-rules.reader';
import { buildCostPlan, type PlanRequest } from './cost-plan';
import { PLAN_CURRENCY } from './plan-line';

export type Instalment = CostPlanView['instalments'][number];

export interface ReplanRequest extends PlanRequest {
  readonly changes: NonNullable<PlanRequest['changes']>;
  /** Ordered or paid: they stay as they are. */
  readonly ordered: readonly Instalment[];
  /** Not ordered yet: kept where the new plan has the same, replaced where it has not. */
  readonly open: readonly Instalment[];
  /** Taken out of the plan by a person: not owed again by a later plan. */
  readonly cancelled: readonly Cancelled[];
  /** The highest number that was ever given, so that none is given twice. */
  readonly lastInstalment: number;
  /** Nothing new is bound in an earlier year: those before are closed. */
  readonly firstOpenYear: number;
}

export type Cancelled = Pick<Instalment, 'dueOn' | 'category' | 'amount' | 'local'>;

interface Owed extends Instalment {
  minor: bigint;
}

/**
 * The plan made anew after an extension, interruption, rate change or early end. What was ordered stays; what is owed beyond it
 * becomes new instalments; what was ordered and is no longer owed lowers the instalments that follow. Instalments and years add up
 * to the total, to the cent. Pure.
 *
 * What a person cancelled with a reason stays cancelled, up to its amount: money is spent only as far as it is needed (BHO 34), a
 * reduction releases it for good, and no rule may overturn a person's decision unseen. Only what the new plan owes above it, such
 * as the rise of a re-fixed rate, becomes an instalment. It lowers no other instalment, for nothing was paid.
 *
 * A local contract in another currency is compared in that: what was set aside or debited for an ordered instalment in EUR changes
 * nothing of what is owed.
 */
export function replan(request: ReplanRequest, rules: InstrumentRules): CostPlanView {
  const target = buildCostPlan(request, rules);
  const { owed, creditMinor } = stillOwed(target.instalments, request.ordered);
  const cancelledMinor = leaveOut(owed, request.cancelled, addDays(target.period.to, -1));
  const overpaidMinor = offset(owed, creditMinor);
  let last = request.lastInstalment;
  const open = [...request.open];
  const next = owed
    .filter((it) => it.minor > 0n)
    .map(({ minor, ...it }) => {
      const wanted = {
        ...it,
        year: Math.max(it.year, request.firstOpenYear),
        ...amountsOf(it, minor),
      };
      const index = open.findIndex((other) => isSame(other, wanted));
      const [kept] = index < 0 ? [] : open.splice(index, 1);
      return kept ?? { ...wanted, instalment: (last += 1) };
    });
  const instalments = [...request.ordered, ...next].sort((a, b) =>
    a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0,
  );
  return {
    ...withInstalments(target, instalments),
    ...(overpaidMinor > 0n && { overpaid: toMoney(overpaidMinor, unitOf(target)) }),
    ...(cancelledMinor > 0n && { cancelled: toMoney(cancelledMinor, unitOf(target)) }),
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

/**
 * Takes what was cancelled out of what is owed for the same day and category; answers how much that was. The pay of a month falls
 * due on its first paid day, which an interruption moves within the month; what falls due on the last day is not pay of a month.
 */
function leaveOut(owed: readonly Owed[], cancelled: readonly Cancelled[], lastDay: string): bigint {
  let leftOutMinor = 0n;
  for (const one of cancelled) {
    const sameMonth = (it: Owed): boolean =>
      it.category === one.category && it.dueOn.slice(0, 7) === one.dueOn.slice(0, 7) && it.dueOn !== lastDay;
    const same = owed.filter((it) => keyOf(it) === keyOf(one));
    let restMinor = minorOf(one);
    for (const it of same.length > 0 ? same : owed.filter(sameMonth)) {
      const used = restMinor < it.minor ? restMinor : it.minor;
      it.minor -= used;
      restMinor -= used;
      leftOutMinor += used;
    }
  }
  return leftOutMinor;
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
    one.local?.amount.amount === other.local?.amount.amount &&
    one.requiredReports === other.requiredReports
  );
}

/** A plan with other instalments; its total and its years follow. */
export function withInstalments(plan: CostPlanView, instalments: Instalment[]): CostPlanView {
  const total = { total: sumOf(instalments), byYear: yearsOf(instalments) };
  if (!plan.local) return { ...plan, instalments, ...total };
  const localMinor = instalments.reduce((sum, it) => sum + minorOf(it), 0n);
  return { ...plan, instalments, ...total, local: { ...plan.local, total: toMoney(localMinor, unitOf(plan)) } };
}

/**
 * A plan without what a person took out of one of its instalments. What was ordered too much falls first: it is no longer to be
 * claimed back once its order is cancelled.
 */
export function withoutAmount(plan: CostPlanView, instalment: number, taken: Withdrawn): CostPlanView {
  const instalments = plan.instalments
    .map((it) => (it.instalment === instalment ? less(it, taken) : it))
    .filter((it) => eurOf(it) > 0n);
  const { overpaid, cancelled, ...rest } = withInstalments(plan, instalments);
  const amountMinor = taken.localMinor ?? taken.amountMinor;
  const beforeMinor = overpaid ? toMinor(overpaid).amountMinor : 0n;
  const usedMinor = beforeMinor < amountMinor ? beforeMinor : amountMinor;
  const cancelledMinor = (cancelled ? toMinor(cancelled).amountMinor : 0n) + amountMinor - usedMinor;
  return {
    ...rest,
    ...(beforeMinor > usedMinor && { overpaid: toMoney(beforeMinor - usedMinor, unitOf(plan)) }),
    ...(cancelledMinor > 0n && { cancelled: toMoney(cancelledMinor, unitOf(plan)) }),
  };
}

/** What is taken out of an instalment: EUR cents, and of a local contract in another currency what of the promise goes with them. */
export interface Withdrawn {
  readonly amountMinor: bigint;
  readonly localMinor?: bigint | undefined;
}

/** A plan in which so much more, or less, is set aside for an instalment; what is promised stays. */
export function withSetAside(plan: CostPlanView, instalment: number, moreMinor: bigint): CostPlanView {
  const instalments = plan.instalments.map((it) =>
    it.instalment === instalment ? less(it, { amountMinor: -moreMinor }) : it,
  );
  return withInstalments(plan, instalments);
}

function less(it: Instalment, { amountMinor, localMinor = 0n }: Withdrawn): Instalment {
  const amount = toMoney(eurOf(it) - amountMinor, PLAN_CURRENCY);
  if (!it.local) return { ...it, amount };
  const { amount: promised, rate } = it.local;
  return {
    ...it,
    amount,
    local: { amount: toMoney(toMinor(promised).amountMinor - localMinor, promised.currency), rate },
  };
}

/** The currency in which a plan is compared. */
function unitOf(plan: CostPlanView): string {
  return plan.local?.total.currency ?? PLAN_CURRENCY;
}

/** What of an instalment is still owed; of a local contract with the EUR for it. */
function amountsOf(target: Instalment, minor: bigint): Pick<Instalment, 'amount' | 'local'> {
  if (!target.local) return { amount: toMoney(minor, PLAN_CURRENCY) };
  const { amount, rate } = target.local;
  const cents = Exact.of(eurOf(target))
    .times(Exact.of(minor))
    .dividedBy(Exact.of(minorOf(target)))
    .round();
  return {
    amount: toMoney(cents > 0n ? cents : 1n, PLAN_CURRENCY),
    local: { amount: toMoney(minor, amount.currency), rate },
  };
}

/**
 * The part of a plan that the budget years cover: what was there before stays, and of the new instalments of a year the earliest
 * that fit. The rest is `uncovered`, until there is money for it. Pure.
 */
export function coveredPart(
  plan: CostPlanView,
  { lastInstalment, roomOf }: { lastInstalment: number; roomOf: (year: number) => bigint },
): CostPlanView {
  const isNew = (it: Instalment): boolean => it.instalment > lastInstalment;
  const rooms = new Map<number, bigint>();
  const uncovered: Instalment[] = [];
  const instalments = plan.instalments.filter((it) => {
    if (!isNew(it)) return true;
    const room =
      rooms.get(it.year) ?? roomOf(it.year) - sumMinor(plan.instalments.filter((o) => o.year === it.year && !isNew(o)));
    const fits = eurOf(it) <= room;
    rooms.set(it.year, fits ? room - eurOf(it) : room);
    if (!fits) uncovered.push(it);
    return fits;
  });
  return {
    ...withInstalments(plan, instalments),
    ...(uncovered.length > 0 && { uncovered: sumOf(uncovered) }),
  };
}

/** What each budget year needs for these instalments. */
export function yearsOf(instalments: readonly Instalment[]): CostPlanView['byYear'] {
  const all = [...new Set(instalments.map((it) => it.year))].sort((a, b) => a - b);
  return all.map((year) => ({ year, amount: sumOf(instalments.filter((it) => it.year === year)) }));
}

function sumOf(instalments: readonly Instalment[]): Money {
  return toMoney(sumMinor(instalments), PLAN_CURRENCY);
}

function sumMinor(instalments: readonly Instalment[]): bigint {
  return instalments.reduce((sum, it) => sum + eurOf(it), 0n);
}

function keyOf({ dueOn, category }: Pick<Instalment, 'dueOn' | 'category'>): string {
  return `${dueOn} ${category}`;
}

function eurOf({ amount }: Pick<Instalment, 'amount'>): bigint {
  return toMinor(amount).amountMinor;
}

/** In the currency in which the plan is compared. */
function minorOf({ amount, local }: Pick<Instalment, 'amount' | 'local'>): bigint {
  return toMinor(local?.amount ?? amount).amountMinor;
}
