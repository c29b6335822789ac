import type { RequestInputOf } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { AssignmentView, ExpertRequestView, planAssignment } from '#contracts/staffing';
import { dayAfter, lastDayOf } from '../i18n/format';

/** What the form holds: the plan, with the last day in place of the day after it. */
export interface PlanValues {
  readonly expertId: string;
  readonly employerMunicipalityId: string;
  readonly fundId: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly fullTimePercent: number | string;
  readonly costInputs: Readonly<Record<string, unknown>>;
  readonly overrideReason?: string;
  readonly overrideReference?: string;
}

type Plan = Pick<RequestInputOf<typeof planAssignment>, 'fundId' | 'period' | 'fullTimePercent' | 'costInputs'>;

const EUR = { amount: '', currency: 'EUR' };
const FAMILY = { hasSpouse: false, children: '' };
const BLANK: Readonly<Record<Instrument, Readonly<Record<string, unknown>>>> = {
  INTEGRATED_EXPERT: { localSalaryMonth: EUR, ...FAMILY },
  DEVELOPMENT_WORKER: { costOfLivingPlace: '', rentMonth: EUR, ...FAMILY },
  LOCAL_EXPERT: { salaryMonth: EUR, employerContributionPercent: '', otherCosts: EUR },
};

export function blankInputs(instrument: Instrument): Readonly<Record<string, unknown>> {
  return BLANK[instrument];
}

export function initialPlan(
  { desiredPeriod, placeOfWorkMunicipalityId }: ExpertRequestView,
  instrument: Instrument,
): PlanValues {
  return {
    expertId: '',
    employerMunicipalityId: placeOfWorkMunicipalityId,
    fundId: '',
    period: { from: desiredPeriod.from, to: lastDayOf(desiredPeriod.to) },
    fullTimePercent: '100',
    costInputs: BLANK[instrument],
  };
}

export function valuesOfPlan({
  expertId,
  employerMunicipalityId,
  fundId,
  period,
  fullTimePercent,
  instrument,
  costInputs,
}: AssignmentView): PlanValues {
  return {
    expertId,
    employerMunicipalityId,
    fundId,
    period: { from: period.from, to: lastDayOf(period.to) },
    fullTimePercent,
    costInputs: { ...BLANK[instrument], ...costInputs },
  };
}

/** Blanks were taken out before; a currency without an amount is a blank, too. */
export function planOf(values: Omit<PlanValues, 'expertId' | 'employerMunicipalityId'>, instrument: Instrument): Plan {
  const { fundId, period, fullTimePercent, costInputs } = values;
  return {
    fundId,
    fullTimePercent,
    period: period && { from: period.from, to: isDay(period.to) ? dayAfter(period.to) : period.to },
    costInputs: { ...withoutBlankMoney(inOneCurrency(costInputs ?? {})), instrument },
  } as Plan;
}

/** A local contract is in one currency, that of its salary. */
function inOneCurrency(costInputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { salaryMonth, otherCosts, ...rest } = costInputs;
  if (!isMoney(salaryMonth)) return { ...costInputs };
  return {
    ...rest,
    salaryMonth,
    ...(isMoney(otherCosts) && { otherCosts: { ...otherCosts, currency: salaryMonth.currency } }),
  };
}

function isMoney(value: unknown): value is { readonly currency: unknown } {
  return typeof value === 'object' && value !== null && 'currency' in value;
}

export function withoutBlankMoney(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isMoneyWithoutAmount(value)));
}

function isMoneyWithoutAmount(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'currency' in value && !('amount' in value && value.amount !== '')
  );
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
}
