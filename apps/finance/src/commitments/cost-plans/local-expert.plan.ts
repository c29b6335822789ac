import { addMonths, Exact, type Period, toMinor } from '#contracts';
import type { CostInputs } from '#contracts/finance';
import type { RuleBook } from '../instrument-rules/instrument-rules.reader';
import { type LocalCurrency, localLine, minorIn, PLAN_CURRENCY, type PlanLine, planLine } from './plan-line';
import type { PaidPart, ServiceTime } from './service-time';
import { Slice } from './slice';

type Inputs = Extract<CostInputs, { instrument: 'LOCAL_EXPERT' }>;
type Part = PaidPart<Inputs>;

/**
 * Einheimische Fachkraft: the partner municipality employs; the fund pays salary, employer's contributions and other costs
 * to it in instalments ahead of each half-year, never to the person. All in the currency of the contract. Source:
 * docs/domain.md#local-experts.
 */
export function localExpertLines(
  time: ServiceTime<Inputs>,
  rules: RuleBook,
  local: LocalCurrency | undefined,
): PlanLine[] {
  const { period, agreedTo } = time;
  const currency = local?.currency ?? PLAN_CURRENCY;
  const line = (item: PlanLine['item'], dueOn: string, amount: Slice) =>
    local ? localLine(item, dueOn, amount, local) : planLine(item, dueOn, amount);
  const { otherCosts: all } = time.inputsOn(period.from);
  const length = rules.count('instalment-months', period.from);
  const terms = instalmentTerms(period, length);
  const agreedTerms = instalmentTerms({ from: period.from, to: agreedTo }, length);
  const otherCosts = all ? minorIn(currency, all, '#/costInputs/otherCosts') : 0n;
  const parts = splitEvenly(otherCosts, agreedTerms.length);
  return terms.flatMap((term, index) => {
    const months = time.paidMonths(term);
    const payOf = (perMonth: (part: Part) => Exact) =>
      months.reduce((total, month) => total.plus(month.pay(perMonth)), Slice.NONE);
    return [
      line('GEHALT_LOKAL', term.from, payOf(salaryOf)),
      line('AG_ABGABEN', term.from, payOf(contributionOf)),
      line('SACHKOSTEN', term.from, time.spread(term, Exact.of(parts[index] ?? 0n))),
    ];
  });
}

function salaryOf({ inputs }: Part): Exact {
  return Exact.of(toMinor(inputs.salaryMonth).amountMinor);
}

function contributionOf(part: Part): Exact {
  return salaryOf(part).percent(Exact.parse(part.inputs.employerContributionPercent));
}

function instalmentTerms({ from, to }: Period, months: number): Period[] {
  const terms: Period[] = [];
  for (let count = 0; addMonths(from, count) < to; count += months) {
    const end = addMonths(from, count + months);
    terms.push({ from: addMonths(from, count), to: end < to ? end : to });
  }
  return terms;
}

/** Parts that differ by a cent at most and add up to the whole; the first ones carry the odd cents. */
function splitEvenly(amount: bigint, parts: number): bigint[] {
  const count = BigInt(parts);
  return Array.from({ length: parts }, (_, index) => amount / count + (BigInt(index) < amount % count ? 1n : 0n));
}
