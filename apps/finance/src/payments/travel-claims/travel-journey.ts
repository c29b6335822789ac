import { addDays, addMonths, daysBetween, type ErrorCode, fieldError, type RequestOf } from '#contracts';
import type { calculateTravelClaim } from '#contracts/finance';

/** A journey as it is claimed; receipts are named beside it. */
export type Journey = RequestOf<typeof calculateTravelClaim>['journey'];

export const INLAND = 'DE';

/** Where somebody is. */
export interface Place {
  readonly place: string;
  readonly country: string;
}

export function startOf({ legs }: Journey): string {
  return legs[0]?.departedOn ?? '';
}

export function endOf({ legs }: Journey): string {
  return legs.at(-1)?.arrivedOn ?? '';
}

/** The last day on which a journey can be claimed. Source: BRKG 3 (2), BGB 188 (2). */
export function claimableUntil(journey: Journey, months: number): string {
  return addMonths(endOf(journey), months);
}

/** Refuses a journey that cannot have been as it is told; each refusal names its field. */
export function assertJourney(journey: Journey, today: string): void {
  assertLegs(journey);
  if (endOf(journey) > today) {
    const pointer = `#/journey/legs/${journey.legs.length - 1}/arrivedOn`;
    throw fieldError('FINANCE_TRAVEL_NOT_ENDED', pointer, 'lies in the future');
  }
  assertDays(journey);
  assertNights(journey);
  const late = journey.costs.findIndex(({ paidOn }) => paidOn > today);
  if (late >= 0) {
    throw fieldError('FINANCE_TRAVEL_COST_DATE_INVALID', `#/journey/costs/${late}/paidOn`, 'lies in the future');
  }
}

function assertLegs({ legs }: Journey): void {
  let before = '';
  for (const [index, leg] of legs.entries()) {
    const [departure, arrival] = [`${leg.departedOn} ${leg.departedAt}`, `${leg.arrivedOn} ${leg.arrivedAt}`];
    const refuse = (code: ErrorCode, field: string, detail: string) =>
      fieldError(code, `#/journey/legs/${index}/${field}`, detail);
    if (departure < before) {
      throw refuse('FINANCE_TRAVEL_LEGS_INVALID', 'departedOn', 'lies before the arrival of the leg before');
    }
    if (arrival <= departure) {
      throw refuse('FINANCE_TRAVEL_LEGS_INVALID', 'arrivedOn', 'does not lie after the departure');
    }
    if ((leg.means === 'CAR') !== (leg.kilometres !== undefined)) {
      const detail = leg.means === 'CAR' ? 'are missing' : 'belong to a car of one’s own';
      throw refuse('FINANCE_TRAVEL_KILOMETRES_INVALID', 'kilometres', detail);
    }
    before = arrival;
  }
}

function assertDays(journey: Journey): void {
  const [from, { days }] = [startOf(journey), journey];
  const count = daysBetween(from, endOf(journey)) + 1;
  const wrong = days.findIndex(({ on }, index) => index >= count || on !== addDays(from, index));
  if (wrong < 0 && days.length === count) return;
  const at = wrong < 0 ? days.length : wrong;
  const pointer = wrong < 0 ? '#/journey/days' : `#/journey/days/${at}/on`;
  throw fieldError(
    'FINANCE_TRAVEL_DAYS_INVALID',
    pointer,
    at < count ? `must be ${addDays(from, at)}` : 'is after the journey',
  );
}

function assertNights({ days, legs, costs }: Journey): void {
  const refuse = (pointer: string, detail: string) =>
    fieldError('FINANCE_TRAVEL_NIGHT_INVALID', `#/journey/${pointer}`, detail);
  for (const [index, { on, night }] of days.entries()) {
    if (index === days.length - 1 && night !== 'NONE') {
      throw refuse(`days/${index}/night`, 'no night follows on the last day');
    }
    const isOnTheWay = legs.some(({ departedOn, arrivedOn }) => departedOn <= on && on < arrivedOn);
    if (night === 'IN_TRANSPORT' && !isOnTheWay) throw refuse(`days/${index}/night`, 'no leg goes on past midnight');
  }
  const byReceipt = days.findIndex(({ night }) => night === 'RECEIPT');
  const receipt = costs.findIndex(({ kind }) => kind === 'LODGING');
  if (byReceipt >= 0 && receipt < 0) throw refuse(`days/${byReceipt}/night`, 'there is no receipt of a night');
  if (receipt >= 0 && byReceipt < 0) throw refuse(`costs/${receipt}/kind`, 'no night is claimed by receipt');
}

/** Where the traveller was at the end of each day; on the way, where the way began. */
export function placesAtNight({ start, legs, days }: Journey): Place[] {
  return days.map(({ on }) => legs.findLast(({ arrivedOn }) => arrivedOn <= on) ?? start);
}

/**
 * Whose rate a day has: that of the place that was reached last before midnight; coming home from abroad, that of the last place
 * abroad.
 */
export function countryOfDay({ start, legs, days }: Journey, index: number, nights: readonly Place[]): string {
  const on = days[index]?.on;
  const reached = [nights[index - 1] ?? start, ...legs.filter(({ arrivedOn }) => arrivedOn === on)];
  const last = nights[index]?.country ?? INLAND;
  // Whoever only leaves on that day and is still at home at midnight has been nowhere else.
  return last === INLAND ? (reached.findLast(({ country }) => country !== INLAND)?.country ?? INLAND) : last;
}

/** Minutes of absence on a day, by the clocks of the places. */
export function minutesOn(journey: Journey, index: number): number {
  const [first, last] = [journey.legs[0], journey.legs.at(-1)];
  const from = index === 0 ? minutesOf(first?.departedAt) : 0;
  const to = index === journey.days.length - 1 ? minutesOf(last?.arrivedAt) : 24 * 60;
  return to - from;
}

function minutesOf(time = '00:00'): number {
  const [hours, minutes] = time.split(':').map(Number);
  return 60 * (hours ?? 0) + (minutes ?? 0);
}

/** The how manieth day at the same place a day is that ends there. */
export function dayOfStay(nights: readonly Place[], index: number): number {
  const keyOf = (at: number) => `${nights[at]?.country} ${nights[at]?.place.trim().toLowerCase()}`;
  let first = index;
  while (first > 0 && keyOf(first - 1) === keyOf(index)) first -= 1;
  return index - first + 1;
}

/** Whether a day was spent where the journey began, without a leg. */
export function isAtHome({ start, legs, days }: Journey, nights: readonly Place[], index: number): boolean {
  const on = days[index]?.on ?? '';
  const night = nights[index];
  const isMoving = legs.some(({ departedOn, arrivedOn }) => departedOn <= on && on <= arrivedOn);
  return !isMoving && night?.place === start.place && night.country === start.country;
}
