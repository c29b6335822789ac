import { addDays, AppError, Exact, minorUnitDigits, type Money, toMinor } from '#contracts';
import type { CostInputs, ExchangeRateView } from '#contracts/finance';
import type { RuleBook } from '../instrument-rules/instrument-rules.reader';
import { type PlanLine, planLine } from './plan-line';
import type { ServiceTime } from './service-time';

type Inputs = Extract<CostInputs, { instrument: 'INTEGRATED_EXPERT' }>;

/**
 * Integrierte Fachkraft: the fund tops up the local salary to the reference, pays a social security subsidy and relocation
 * lump sums at both ends. Source: docs/domain.md#integrated-experts. Monthly amounts fall due on the first served day of the
 * month. A part of a full post is compared with the same part of the local salary, whose amount is that of a full post.
 */
export function integratedExpertLines(time: ServiceTime<Inputs>, rules: RuleBook): PlanLine[] {
  const { period } = time;
  const lines = [planLine('AUSREISE', period.from, time.once(period.from, rules.cents('relocation-out', period.from)))];
  for (const month of time.paidMonths()) {
    const { from } = month;
    const topUp = month.pay(({ inputs, exchangeRate }) =>
      referenceNet(inputs, rules, from).minus(salaryInCents(inputs.localSalaryMonth, exchangeRate)).orZero(),
    );
    lines.push(planLine('GEHALTSZUSCHUSS', from, topUp));
    lines.push(planLine('SOZIALE_SICHERUNG', from, month.pay(rules.cents('social-security', from))));
  }
  const lastDay = addDays(period.to, -1);
  return [...lines, planLine('RUECKREISE', lastDay, time.once(lastDay, rules.cents('relocation-home', lastDay)))];
}

function referenceNet(inputs: Inputs, rules: RuleBook, on: string): Exact {
  const spouse = inputs.hasSpouse ? rules.cents('reference-net-spouse', on) : Exact.of(0);
  const children =
    inputs.children > 0 ? rules.cents('reference-net-child', on).times(Exact.of(inputs.children)) : Exact.of(0);
  return rules.cents('reference-net', on).plus(spouse).plus(children);
}

function salaryInCents(salary: Money, exchangeRate: ExchangeRateView | null): Exact {
  const { amountMinor, currency } = toMinor(salary);
  const units = Exact.of(amountMinor).dividedBy(Exact.of(10n ** BigInt(minorUnitDigits(currency))));
  const cents = units.times(Exact.of(100));
  if (currency === 'EUR') return cents;
  if (exchangeRate?.currency !== currency) throw new AppError('FINANCE_EXCHANGE_RATE_MISSING', { currency });
  return cents.dividedBy(Exact.parse(exchangeRate.rate));
}
