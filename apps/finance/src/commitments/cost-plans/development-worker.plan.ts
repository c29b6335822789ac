import { addDays, addMonths, Exact } from '#contracts';
import type { CostInputs } from '#contracts/finance';
import type { RuleBook } from '../instrument-rules/instrument-rules.reader';
import { minorIn, PLAN_CURRENCY, type PlanLine, planLine } from './plan-line';
import type { PaidPart, ServiceTime } from './service-time';
import { Slice } from './slice';

type Inputs = Extract<CostInputs, { instrument: 'DEVELOPMENT_WORKER' }>;
type Part = PaidPart<Inputs>;

/**
 * Entwicklungshelfer*in: maintenance allowance, overseas bonus with family shares, purchasing-power adjustment on the
 * adjustable part, rent up to the ceiling, pension subsidy, equipment per contract year, travel, and the reintegration
 * allowance, which accrues per full month and is committed from day one. Source: EhfG 4, 7, 11;
 * docs/domain.md#development-workers.
 */
export function developmentWorkerLines(time: ServiceTime<Inputs>, rules: RuleBook): PlanLine[] {
  const { period } = time;
  const lines = [planLine('AUSREISE', period.from, time.once(period.from, rules.cents('travel-out', period.from)))];
  for (const month of time.paidMonths()) {
    const { from } = month;
    const base = rules.cents('base-allowance', from);
    const overseas = ({ inputs }: Part) => withFamily(inputs, rules, 'overseas-bonus', from);
    const adjustment = (part: Part) =>
      base
        .plus(overseas(part))
        .percent(rules.percent('cost-of-living-share', from))
        .percent(costOfLiving(part.inputs, rules, from));
    const rent = ({ inputs }: Part) => rentOf(inputs).atMost(rules.cents('rent-ceiling', from));
    lines.push(planLine('UNTERHALTSGELD', from, month.pay(base)));
    lines.push(planLine('AUSLANDSZULAGE', from, month.pay(overseas)));
    lines.push(planLine('KKA', from, month.pay(adjustment)));
    lines.push(planLine('MIETE', from, month.pay(rent)));
    lines.push(planLine('RV', from, month.pay(rules.cents('pension-subsidy', from))));
  }
  return [...lines, ...equipmentLines(time, rules), ...endLines(time, rules)];
}

function equipmentLines(time: ServiceTime<Inputs>, rules: RuleBook): PlanLine[] {
  const { period } = time;
  const contractYears = Array.from({ length: rules.count('equipment-years', period.from) }, (_, year) =>
    addMonths(period.from, 12 * year),
  );
  return contractYears
    .filter((start) => start < period.to)
    .map((start) => {
      const cents = withFamily(time.inputsOn(start), rules, 'equipment', start);
      return planLine('EINRICHTUNG', start, time.once(start, cents));
    });
}

function endLines(time: ServiceTime, rules: RuleBook): PlanLine[] {
  const lastDay = addDays(time.period.to, -1);
  const months = hasReintegration(time, rules) ? time.fullMonths() : [];
  const accrued = months.reduce(
    (total, month) => total.plus(month.pay(rules.cents('reintegration-allowance', month.from))),
    Slice.NONE,
  );
  const home = time.once(lastDay, rules.cents('travel-home', lastDay));
  return [planLine('WEB', lastDay, accrued), planLine('RUECKREISE', lastDay, home)];
}

/** By the place, and of plans that name none as it was typed. */
function costOfLiving({ costOfLivingPlace: place, costOfLivingPercent }: Inputs, rules: RuleBook, on: string): Exact {
  return place === undefined ? Exact.parse(costOfLivingPercent) : rules.costOfLiving(place, on);
}

function rentOf({ rentMonth }: Inputs): Exact {
  return rentMonth ? Exact.of(minorIn(PLAN_CURRENCY, rentMonth, '#/costInputs/rentMonth')) : Exact.of(0);
}

function withFamily(inputs: Inputs, rules: RuleBook, key: 'overseas-bonus' | 'equipment', on: string): Exact {
  const spouse = inputs.hasSpouse ? rules.cents(`${key}-spouse`, on) : Exact.of(0);
  const children = inputs.children > 0 ? rules.cents(`${key}-child`, on).times(Exact.of(inputs.children)) : Exact.of(0);
  return rules.cents(key, on).plus(spouse).plus(children);
}

/** Who ends before six months of service and is responsible for it has no claim to the reintegration allowance (EhfG 4). */
function hasReintegration({ period, changes }: ServiceTime, rules: RuleBook): boolean {
  if (!changes?.earlyEnd?.attributableToExpert) return true;
  return addMonths(period.from, rules.count('reintegration-minimum-months', period.from)) <= period.to;
}
