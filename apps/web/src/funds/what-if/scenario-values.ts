import type { RequestInputOf } from '#contracts';
import type { SimulatedChange, simulateFund } from '#contracts/finance';
import { dayAfter } from '../../i18n/format';

/** What can change, as a form offers it: more money and less are two choices, so that nobody has to write a minus. */
export type ChangeKind = 'MORE' | 'LESS' | Exclude<SimulatedChange['kind'], 'BUDGET'>;

/** The fields of all kinds; those of the chosen one are on screen. */
export interface ChangeValues {
  readonly kind?: ChangeKind;
  readonly year?: string;
  readonly amount?: { readonly amount?: string; readonly currency: string };
  readonly months?: number;
  readonly currency?: string;
  readonly rate?: string;
  readonly from?: string;
  readonly count?: number;
  readonly instrument?: string;
  readonly country?: string;
  readonly period?: { readonly from?: string; readonly to?: string };
}

export interface ScenarioValues {
  readonly scenarios?: readonly { readonly changes?: readonly ChangeValues[] }[];
}

export const BLANK_CHANGE = { kind: '', period: { from: '', to: '' }, amount: { amount: '', currency: 'EUR' } };
export const BLANK_SCENARIOS: ScenarioValues = { scenarios: [{ changes: [] }, { changes: [] }] };

type Request = RequestInputOf<typeof simulateFund>;

/** What was entered, as the request wants it; a second scenario without changes is none. */
export function scenariosOf(fundId: string, values: ScenarioValues, names: readonly string[]): Request {
  const [first = {}, second = {}] = values.scenarios ?? [];
  const asked = (second.changes?.length ?? 0) > 0 ? [first, second] : [first];
  return {
    fundId,
    // What is not filled in yet has not the shape of any change: the check of the request says so at its field.
    scenarios: asked.map(({ changes = [] }, index) => ({
      name: names[index] ?? '',
      changes: changes.map(changeOf),
    })) as Request['scenarios'],
  };
}

function changeOf(values: ChangeValues): unknown {
  const { kind, year, amount, months, currency, rate, from, count, instrument, country, period } = values;
  switch (kind) {
    case 'MORE':
      return { kind: 'BUDGET', year: Number(year), amount };
    case 'LESS':
      return { kind: 'BUDGET', year: Number(year), amount: amount?.amount ? less(amount) : amount };
    case 'LATER_START':
      return { kind, months };
    case 'EXCHANGE_RATE':
      return { kind, currency: currency?.trim().toUpperCase(), rate, from };
    case 'EXPERTS':
      return { kind, count, instrument, country, period: { from: period?.from, to: after(period?.to) } };
    case undefined:
      return { kind };
  }
}

function less({ amount, currency }: { readonly amount?: string; readonly currency: string }) {
  return { amount: `-${amount ?? ''}`, currency };
}

function after(day: string | undefined): string | undefined {
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? dayAfter(day) : day;
}
