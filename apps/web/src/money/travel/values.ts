import type { RequestInputOf } from '#contracts';
import type { calculateTravelClaim, submitTravelClaim } from '#contracts/finance';

type Request = RequestInputOf<typeof submitTravelClaim>;
type Draft = RequestInputOf<typeof calculateTravelClaim>;
type Journey = Request['journey'];
type Leg = Omit<Journey['legs'][number], 'means' | 'kilometres'> & {
  readonly means: string;
  readonly kilometres: number | string;
};
interface Day {
  readonly on: string;
  readonly freeMeals: readonly string[];
  readonly night: string;
}
interface Cost {
  readonly kind: string;
  readonly paidOn: string;
  readonly what: string;
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly documentId: string;
}

export interface TravelValues {
  readonly assignmentId: string;
  readonly payeeId: string;
  readonly fundId: string;
  readonly purpose: string;
  readonly journey: {
    readonly start: { readonly place: string; readonly country: string };
    readonly legs: readonly Leg[];
    readonly days: readonly Day[];
    readonly costs: readonly Cost[];
    readonly paidByOthers: { readonly amount: string; readonly currency: string };
  };
}

export const BLANK_LEG: Leg = {
  departedOn: '',
  departedAt: '',
  arrivedOn: '',
  arrivedAt: '',
  place: '',
  country: '',
  means: '',
  kilometres: '',
  isCarNeeded: false,
};

export const BLANK_COST: Cost = {
  kind: '',
  paidOn: '',
  what: '',
  amount: { amount: '', currency: 'EUR' },
  documentId: '',
};

export const NO_JOURNEY: TravelValues = {
  assignmentId: '',
  payeeId: '',
  fundId: '',
  purpose: '',
  journey: {
    start: { place: '', country: 'DE' },
    legs: [BLANK_LEG, BLANK_LEG],
    days: [],
    costs: [],
    paidByOthers: { amount: '', currency: 'EUR' },
  },
};

const DAYS_MAX = 62;
const DAY_MS = 86_400_000;

/** The calendar days of a journey with what was said of them; none until it has a beginning and an end that fit. */
export function daysOf({ legs = [], days = [] }: Partial<TravelValues['journey']>): readonly Day[] {
  const [from, to] = [legs[0]?.departedOn ?? '', legs.at(-1)?.arrivedOn ?? ''];
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (!(count >= 1 && count <= DAYS_MAX)) return [];
  return Array.from({ length: count }, (_, index) => {
    const on = new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10);
    const known = days.find((day) => day.on === on);
    const isLast = index === count - 1;
    const night = isLast ? 'NONE' : known?.night === 'NONE' ? '' : (known?.night ?? '');
    return { on, freeMeals: known?.freeMeals ?? [], night };
  });
}

/** What the form holds as a journey of the request; blanks were taken out before. */
export function journeyOf({ journey }: Partial<TravelValues>): Journey {
  const { paidByOthers, legs = [], days = [], costs = [], ...rest } = journey ?? {};
  return {
    ...rest,
    legs: legs.map(({ kilometres, isCarNeeded, ...leg }) => ({
      ...leg,
      departedAt: timeOf(leg.departedAt),
      arrivedAt: timeOf(leg.arrivedAt),
      ...(leg.means === 'CAR' && { kilometres, isCarNeeded }),
    })),
    days: days.map(({ freeMeals, ...day }) => ({ ...day, freeMeals: freeMeals || [] })),
    costs,
    ...(paidByOthers?.amount !== undefined && { paidByOthers }),
  } as Journey;
}

/** The same without the files, to be computed while it is written. */
export function draftOf(values: Partial<TravelValues>): Draft {
  const journey = journeyOf(values);
  return { journey: { ...journey, costs: journey.costs.map(({ documentId: _, ...cost }) => cost) } };
}

/** People write 6:30 and 6.30. */
function timeOf(text: string | undefined): string {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(text ?? '') ?? [];
  return hours === '' ? (text ?? '') : `${hours.padStart(2, '0')}:${minutes}`;
}
