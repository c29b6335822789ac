import assert from 'node:assert/strict';
import { AppError, type Money, type Period, toMoney, yearOf } from '#contracts';
import {
  COST_CATEGORIES,
  COST_ITEMS,
  type CostCategory,
  type CostInputs,
  type CostPlanView,
  type ExchangeRateView,
  type FullTimePart,
  localCurrencyOf,
  type PayeeKind,
  type PlanChanges,
} from '#contracts/finance';
import { type InstrumentRules, RuleBook } from '../instrument-rules/instrument-rules.reader';
import { developmentWorkerLines } from './development-worker.plan';
import { integratedExpertLines } from './integrated-expert.plan';
import { localExpertLines } from './local-expert.plan';
import { type LocalCurrency, PLAN_CURRENCY, type PlanLine } from './plan-line';
import { ServiceTime } from './service-time';
import { FULL_TIME } from './slice';

export interface PlanRequest {
  readonly costInputs: CostInputs;
  readonly period: Period;
  /** Which part of the person's full post it is from the first day on; the whole unless stated. */
  readonly fullTime?: FullTimePart;
  /** Needed when a local salary is not in EUR. */
  readonly exchangeRate: ExchangeRateView | null;
  /** Set aside above the amounts of a local contract in another currency; nothing unless stated. */
  readonly reservePercent?: number;
  /** What happened since the period was first covered. */
  readonly changes?: PlanChanges;
}

const PAYEE_KIND: Readonly<Record<CostInputs['instrument'], PayeeKind>> = {
  INTEGRATED_EXPERT: 'EXPERT',
  DEVELOPMENT_WORKER: 'EXPERT',
  LOCAL_EXPERT: 'MUNICIPALITY',
};

/**
 * The cost and payment plan of an assignment over its full term. A pure function of its inputs, the dated rules and one
 * exchange rate. Years, items and instalments are sums of the same rounded lines, so they agree to the cent.
 * A budget year is the year in which the instalment is due (BHO 72).
 */
export function buildCostPlan(request: PlanRequest, all: InstrumentRules): CostPlanView {
  const { costInputs, period, fullTime = FULL_TIME, exchangeRate, changes } = request;
  const local = localCurrency(request);
  const rules = new RuleBook(costInputs.instrument, all);
  const timeOf = <Inputs extends CostInputs>(inputs: Inputs) =>
    new ServiceTime(period, { inputs, exchangeRate, fullTime }, changes, (on) =>
      paidInterruptionWeeks(inputs, rules, on),
    );
  const lines = linesOf(costInputs, timeOf, { rules, local }).filter((line) => line.amountMinor > 0n);
  if (lines.length === 0 && !changes) throw new AppError('FINANCE_PLAN_WITHOUT_PAYMENT');
  return {
    instrument: costInputs.instrument,
    period: timeOf(costInputs).period,
    fullTime,
    currency: PLAN_CURRENCY,
    total: sum(lines),
    byYear: groups(lines, (line) => String(yearOf(line.dueOn))).map(([year, of]) => ({
      year: Number(year),
      amount: sum(of),
    })),
    byItem: groups(lines, (line) => `${yearOf(line.dueOn)} ${line.item}`).map(([, of]) => ({
      item: first(of).item,
      category: categoryOf(first(of)),
      year: yearOf(first(of).dueOn),
      amount: sum(of),
      ...(local && { local: sumLocal(of, local) }),
    })),
    instalments: groups(lines, (line) => `${line.dueOn} ${COST_CATEGORIES.indexOf(categoryOf(line))}`).map(
      ([, of], index) => ({
        instalment: index + 1,
        dueOn: first(of).dueOn,
        year: yearOf(first(of).dueOn),
        category: categoryOf(first(of)),
        payeeKind: PAYEE_KIND[costInputs.instrument],
        amount: sum(of),
        ...(local && { local: { amount: sumLocal(of, local), rate: local.rate } }),
        requiredReports: requiredReports(costInputs, lines, first(of).dueOn),
      }),
    ),
    ...(local && { local: { total: sumLocal(lines, local), reservePercent: local.reservePercent } }),
    exchangeRate,
    ruleIds: rules.usedIds(),
    ...(changes && { changes }),
  };
}

/** The currency whose rate the plan needs, if any. */
export function currencyToConvert(costInputs: CostInputs): string | undefined {
  const currency = localCurrencyOf(costInputs);
  return currency === PLAN_CURRENCY ? undefined : currency;
}

/** The currency in which the instalments are promised, where that is not the ledger's; a top-up is converted and paid in EUR. */
export function instructedCurrency(costInputs: CostInputs): string | undefined {
  return costInputs.instrument === 'LOCAL_EXPERT' ? currencyToConvert(costInputs) : undefined;
}

/** A rate that was fixed anew holds for all that is not ordered by then: what is ordered keeps what was set aside for it. */
function localCurrency({
  costInputs,
  exchangeRate,
  reservePercent = 0,
  changes,
}: PlanRequest): LocalCurrency | undefined {
  const currency = instructedCurrency(costInputs);
  if (currency === undefined) return undefined;
  const fixed = changes?.rateChanges.at(-1)?.exchangeRate ?? exchangeRate;
  if (fixed?.currency !== currency) throw new AppError('FINANCE_EXCHANGE_RATE_MISSING', { currency });
  return { currency, rate: fixed.rate, reservePercent };
}

function linesOf(
  costInputs: CostInputs,
  timeOf: <Inputs extends CostInputs>(inputs: Inputs) => ServiceTime<Inputs>,
  { rules, local }: { rules: RuleBook; local: LocalCurrency | undefined },
): PlanLine[] {
  switch (costInputs.instrument) {
    case 'INTEGRATED_EXPERT':
      return integratedExpertLines(timeOf(costInputs), rules);
    case 'DEVELOPMENT_WORKER':
      return developmentWorkerLines(timeOf(costInputs), rules);
    case 'LOCAL_EXPERT':
      return localExpertLines(timeOf(costInputs), rules, local);
  }
}

/** Weeks of an interruption that are paid on; the statute knows them for development workers only. */
export function paidInterruptionWeeks(
  { instrument }: Pick<CostInputs, 'instrument'>,
  rules: RuleBook,
  on: string,
): number {
  return instrument === 'DEVELOPMENT_WORKER' ? rules.count('interruption-pay-weeks', on) : 0;
}

/** Instalment n + 1 of a local expert waits for n accepted reports; all lines of one day are one instalment of that count. */
function requiredReports(costInputs: CostInputs, lines: readonly PlanLine[], dueOn: string): number {
  if (costInputs.instrument !== 'LOCAL_EXPERT') return 0;
  return new Set(lines.map((line) => line.dueOn).filter((day) => day < dueOn)).size;
}

function groups(lines: readonly PlanLine[], key: (line: PlanLine) => string): [string, PlanLine[]][] {
  const grouped = new Map<string, PlanLine[]>();
  for (const line of lines) grouped.set(key(line), [...(grouped.get(key(line)) ?? []), line]);
  return [...grouped].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sum(lines: readonly PlanLine[]): Money {
  return toMoney(
    lines.reduce((total, line) => total + line.amountMinor, 0n),
    PLAN_CURRENCY,
  );
}

function sumLocal(lines: readonly PlanLine[], { currency }: LocalCurrency): Money {
  return toMoney(
    lines.reduce((total, line) => total + (line.localMinor ?? 0n), 0n),
    currency,
  );
}

function categoryOf(line: PlanLine): CostCategory {
  return COST_ITEMS[line.item];
}

function first(lines: readonly PlanLine[]): PlanLine {
  const [line] = lines;
  assert(line, 'an empty group');
  return line;
}
