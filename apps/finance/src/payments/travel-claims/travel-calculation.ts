import { Exact, fieldError, type Money, toMinor, toMoney } from '#contracts';
import type { ExchangeRateView, TravelLine } from '#contracts/finance';
import type { RuleRow } from '#rules';
import {
  countryOfDay,
  dayOfStay,
  INLAND,
  isAtHome,
  type Journey,
  minutesOn,
  type Place,
  placesAtNight,
  startOf,
} from './travel-journey';
import { rateMissing, type TravelRate, type TravelRule, type TravelRules } from './travel-rules.reader';

/** Travel costs are computed in euros: the law's amounts are. */
const EUR = 'EUR';
const KEPT = { BREAKFAST: 'breakfast-kept', LUNCH: 'lunch-kept', DINNER: 'dinner-kept' } as const;

/** A receipt in euros. */
export interface CountedCost {
  readonly amountMinor: bigint;
  readonly exchangeRate: ExchangeRateView | null;
}

export interface Calculated {
  readonly totalMinor: bigint;
  readonly lines: TravelLine[];
  readonly rules: RuleRow[];
}

/**
 * What a journey is worth, line by line; each line is rounded once, commercially. `costs` are those of the journey, in its order.
 * Source: BRKG 3 to 10; docs/domain.md#travel-costs.
 */
export function calculate(journey: Journey, costs: readonly CountedCost[], rules: TravelRules): Calculated {
  const sheet = new Sheet(rules);
  const nights = placesAtNight(journey);
  for (const [index] of journey.days.entries()) {
    addDayAllowance(sheet, journey, nights, index);
    addNight(sheet, journey, nights, index);
  }
  addKilometres(sheet, journey);
  for (const [index, { kind, paidOn, what, amount }] of journey.costs.entries()) {
    const { amountMinor = 0n, exchangeRate = null } = costs[index] ?? {};
    sheet.add({ kind, on: paidOn, what, paid: amount, exchangeRate, amount: toMoney(amountMinor, EUR) });
  }
  const { paidByOthers } = journey;
  if (paidByOthers && toMinor(paidByOthers).amountMinor > 0n) {
    assertEuros(paidByOthers);
    sheet.add({ kind: 'PAID_BY_OTHERS', amount: { ...paidByOthers, amount: `-${paidByOthers.amount}` } });
  }
  const { lines, totalMinor } = sheet;
  if (totalMinor <= 0n) throw fieldError('FINANCE_TRAVEL_NOTHING_DUE', '#/journey', 'nothing is left to be paid');
  return { totalMinor, lines, rules: [...sheet.rules.values()] };
}

function assertEuros({ currency }: Money): void {
  if (currency === EUR) return;
  throw fieldError('FINANCE_AMOUNT_CURRENCY_MISMATCH', '#/journey/paidByOthers/currency', `must be ${EUR}`);
}

type Part = Partial<TravelLine> & Pick<TravelLine, 'kind' | 'amount'>;

/** The lines as they come, and the rule rows that they were made from. */
class Sheet {
  readonly lines: TravelLine[] = [];
  readonly rules = new Map<string, RuleRow>();

  constructor(readonly of: TravelRules) {}

  get totalMinor(): bigint {
    return this.lines.reduce((total, { amount }) => total + toMinor(amount).amountMinor, 0n);
  }

  add(part: Part, ...rows: RuleRow[]): void {
    for (const row of rows) this.rules.set(row.name, row);
    const names = [...this.rules.keys()];
    this.lines.push({ ...NOTHING, ...part, rules: rows.map(({ name }) => names.indexOf(name)) });
  }

  row(key: TravelRule, on: string): RuleRow {
    return this.of.on(on).row(key);
  }
}

const NOTHING = {
  on: null,
  country: null,
  meal: null,
  rate: null,
  percent: null,
  kilometres: null,
  what: null,
  paid: null,
  exchangeRate: null,
};

const percentOf = (minor: bigint, percent: number) =>
  Exact.of(minor)
    .percent(Exact.parse(String(percent)))
    .round();
const min = (one: bigint, other: bigint) => (one < other ? one : other);

/** Whole days and parts of one. Source: BRKG 6 (1) with EStG 9 (4a). */
type Absence = { readonly isPart: boolean; readonly row?: RuleRow } | undefined;

function absenceOn(sheet: Sheet, journey: Journey, nights: readonly Place[], index: number): Absence {
  const { days } = journey;
  const [on, last] = [days[index]?.on ?? '', days.length - 1];
  if (isAtHome(journey, nights, index)) return undefined;
  // A day, or a night that was travelled and slept through nowhere: both days count as the one with more absence.
  if (days.slice(0, last).every(({ night }) => night === 'NONE') && last <= 1) {
    const minutes = days.map((_, at) => minutesOn(journey, at));
    const total = minutes.reduce((sum, each) => sum + each, 0);
    const isLong = total > 60 * sheet.of.on(on).value('day-allowance-hours');
    const isCounted = minutes.indexOf(Math.max(...minutes)) === index;
    return isLong && isCounted ? { isPart: true, row: sheet.row('day-allowance-hours', on) } : undefined;
  }
  const isPart = index === 0 || index === last || [index - 1, index].some((at) => days[at]?.night === 'NONE');
  return { isPart };
}

/** What a long stay at the same place takes off. Source: BRKG 8; abroad an ordinance (BRKG 14 (3)). */
function longStayCut(sheet: Sheet, nights: readonly Place[], { on, index }: { on: string; index: number }) {
  const rates = sheet.of.on(on);
  if (dayOfStay(nights, index) <= rates.value('long-stay-days')) return undefined;
  const isInland = nights[index]?.country === INLAND;
  if (isInland) return { percent: rates.value('long-stay-cut'), row: rates.row('long-stay-cut') };
  const percent = rates.valueIfAny('abroad-long-stay-cut');
  if (percent === undefined) {
    const row = { ruleSet: 'TRAVEL', key: 'abroad-long-stay-cut', on };
    throw rateMissing(row, `#/journey/days/${index}/on`);
  }
  return { percent, row: rates.row('abroad-long-stay-cut') };
}

/** The day's allowance, less what is kept back for meals that were free. Source: BRKG 6, 8. */
function addDayAllowance(sheet: Sheet, journey: Journey, nights: readonly Place[], index: number): void {
  const absence = absenceOn(sheet, journey, nights, index);
  const day = journey.days[index];
  if (!absence || !day) return;
  const { on } = day;
  const rates = sheet.of.on(on);
  const country = countryOfDay(journey, index, nights);
  const isInland = country === INLAND;
  const inland = (key: 'day-allowance-full' | 'day-allowance-part') => ({
    row: rates.row(key),
    minor: rates.value(key),
  });
  const full = isInland ? inland('day-allowance-full') : sheet.of.dayAbroad(country, on, `#/journey/days/${index}/on`);
  const rate = isInland && absence.isPart ? inland('day-allowance-part') : full;
  const share = !isInland && absence.isPart ? rates.value('abroad-part-share') : 100;
  const cut = longStayCut(sheet, nights, { on, index });
  const percent = (share * (100 - (cut?.percent ?? 0))) / 100;
  const allowanceMinor = percentOf(rate.minor, percent);
  const rows = [rate.row, absence.row, share === 100 ? undefined : rates.row('abroad-part-share'), cut?.row];
  const dayOf = { on, country, rate: toMoney(rate.minor, EUR), percent: String(percent) };
  sheet.add(
    { kind: 'DAY_ALLOWANCE', ...dayOf, amount: toMoney(allowanceMinor, EUR) },
    ...rows.filter((row) => row !== undefined),
  );
  addMeals(sheet, day, { full, country, allowanceMinor });
}

/** What is kept back is a share of a full day's allowance, and no more than there is. Source: BRKG 6 (2). */
function addMeals(
  sheet: Sheet,
  { on, freeMeals }: Journey['days'][number],
  { full, country, allowanceMinor }: { full: TravelRate; country: string; allowanceMinor: bigint },
): void {
  let leftMinor = allowanceMinor;
  for (const meal of new Set(freeMeals)) {
    const percent = sheet.of.on(on).value(KEPT[meal]);
    const keptMinor = min(percentOf(full.minor, percent), leftMinor);
    leftMinor -= keptMinor;
    const of = { on, meal, country, rate: toMoney(full.minor, EUR), percent: String(percent) };
    sheet.add({ kind: 'MEAL_KEPT', ...of, amount: toMoney(-keptMinor, EUR) }, sheet.row(KEPT[meal], on), full.row);
  }
}

/** A night without receipt. Source: BRKG 7, 8. */
function addNight(sheet: Sheet, { days }: Journey, nights: readonly Place[], index: number): void {
  const day = days[index];
  if (day?.night !== 'LUMP_SUM') return;
  const { on } = day;
  const rates = sheet.of.on(on);
  const pointer = `#/journey/days/${index}/night`;
  const country = nights[index]?.country ?? INLAND;
  if (country !== INLAND) {
    const rate = sheet.of.nightAbroad(country, on, pointer);
    const percent = rates.value('abroad-night-share');
    const amountMinor = min(percentOf(rate.minor, percent), rates.value('abroad-night-max'));
    const of = { on, country, rate: toMoney(rate.minor, EUR), percent: String(percent) };
    const rows = [rate.row, rates.row('abroad-night-share'), rates.row('abroad-night-max')];
    return sheet.add({ kind: 'NIGHT', ...of, amount: toMoney(amountMinor, EUR) }, ...rows);
  }
  if (dayOfStay(nights, index) > rates.value('long-stay-days')) {
    throw fieldError('FINANCE_TRAVEL_NIGHT_INVALID', pointer, 'a long stay is paid by receipts alone (BRKG 8)');
  }
  const rate = toMoney(rates.value('night'), EUR);
  sheet.add({ kind: 'NIGHT', on, country, rate, percent: '100', amount: rate }, rates.row('night'));
}

/** The way with a vehicle of one's own; what is capped is capped for the whole journey. Source: BRKG 5. */
function addKilometres(sheet: Sheet, journey: Journey): void {
  const rates = sheet.of.on(startOf(journey));
  const byCar = (isNeeded: boolean) =>
    journey.legs.reduce((sum, leg) => sum + (leg.isCarNeeded === isNeeded ? (leg.kilometres ?? 0) : 0), 0);
  const add = (kilometres: number, key: 'kilometre' | 'kilometre-needed', maxMinor?: bigint) => {
    if (kilometres === 0) return;
    const minor = BigInt(kilometres) * rates.value(key);
    const amountMinor = maxMinor === undefined ? minor : min(minor, maxMinor);
    const rows = maxMinor === undefined ? [rates.row(key)] : [rates.row(key), rates.row('kilometre-max')];
    const rate = toMoney(rates.value(key), EUR);
    sheet.add({ kind: 'KILOMETRES', kilometres, rate, amount: toMoney(amountMinor, EUR) }, ...rows);
  };
  add(byCar(false), 'kilometre', rates.value('kilometre-max'));
  add(byCar(true), 'kilometre-needed');
}
