import { addMonths, Exact, type Period } from '#contracts';
import type { CostInputs } from '#contracts/finance';
import type { RuleBook } from '../instrument-rules/instrument-rules.reader';
import { eurCents, type PlanLine, planLine } from './plan-line';
import type { ServiceTime } from './service-time';
import { Slice } from './slice';

type Inputs = Extract<CostInputs, { instrument: 'LOCAL_EXPERT' }>;

/**
 * Einheimische Fachkraft: the partner municipality employs; the fund pays salary, employer's contributions and other costs
 * to it in instalments ahead of each half-year, never to the person. Source: docs/domain.md#local-experts.
 */
export function localExpertLines(inputs: Inputs, time: ServiceTime, rules: RuleBook): PlanLine[] {
  const { period, agreedTo } = time;
  const salary = Exact.of(eurCents(inputs.salaryMonth, '#/costInputs/salaryMonth'));
  const months = rules.count('instalment-months', period.from);
  const terms = instalmentTerms(period, months);
  const agreedTerms = instalmentTerms({ from: period.from, to: agreedTo }, months);
  const otherCosts = inputs.otherCosts ? eurCents(inputs.otherCosts, '#/costInputs/otherCosts') : 0n;
  const parts = splitEvenly(otherCosts, agreedTerms.length);
  return terms.flatMap((term, index) => {
    const pay = time.paidMonths(term).reduce((total, month) => total.plus(month.pay(salary)), Slice.NONE);
    return [
      planLine('GEHALT_LOKAL', term.from, pay),
      planLine('AG_ABGABEN', term.from, pay.percent(Exact.parse(inputs.employerContributionPercent))),
      planLine('SACHKOSTEN', term.from, time.spread(term, Exact.of(parts[index] ?? 0n))),
    ];
  });
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
