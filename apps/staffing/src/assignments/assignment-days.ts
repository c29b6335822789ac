import { addMonths, AppError, type ErrorCode } from '#contracts';

/** What the days of an assignment lie between. */
interface Days {
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly preparationStartedOn: string | null;
  readonly departedOn: string | null;
  readonly interruptions: readonly { readonly from: string }[];
}

/** A day that is to be recorded, and the field that says it. */
interface Told {
  readonly on: string;
  readonly pointer: string;
  readonly today: string;
}

/** Refuses a preparation that has not begun yet, or so long before the period or so late that it is a typing error. */
export function refusePreparation(days: Days, { monthsMax, ...told }: Told & { monthsMax: number }): void {
  refuseFuture(told);
  const earliest = addMonths(days.periodFrom, -monthsMax);
  const latest = days.departedOn ?? days.periodTo;
  if (earliest <= told.on && told.on <= latest) return;
  throw refusal('STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE', told, { earliest, latest });
}

/** Refuses a departure outside the period, one that has not happened, before the preparation or after the first interruption. */
export function refuseDeparture(days: Days, told: Told): void {
  const { periodFrom: from, periodTo: to, preparationStartedOn, interruptions } = days;
  if (told.on < from || told.on >= to) throw refusal('STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD', told, { from, to });
  refuseFuture(told);
  const [earliest, latest] = [preparationStartedOn ?? from, interruptions.at(0)?.from ?? to];
  if (earliest <= told.on && told.on <= latest) return;
  throw refusal('STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED', told, { earliest, latest });
}

/** The days as corrected, checked as when they were recorded. */
export function correctedDays(
  days: Days,
  given: { preparationStartedOn: string | undefined; departedOn: string | undefined },
  known: { today: string; monthsMax: number },
): Pick<Days, 'preparationStartedOn' | 'departedOn'> {
  const preparationStartedOn = given.preparationStartedOn ?? days.preparationStartedOn;
  const departedOn = given.departedOn ?? days.departedOn;
  const { periodFrom, periodTo, interruptions } = days;
  const all = { periodFrom, periodTo, interruptions, preparationStartedOn, departedOn };
  if (departedOn !== null) refuseDeparture(all, { on: departedOn, pointer: '#/departedOn', ...known });
  if (preparationStartedOn !== null) {
    refusePreparation(all, { on: preparationStartedOn, pointer: '#/preparationStartedOn', ...known });
  }
  return { preparationStartedOn, departedOn };
}

/** What is recorded has happened. */
function refuseFuture(told: Told): void {
  if (told.on > told.today) throw refusal('STAFFING_ASSIGNMENT_DAY_IN_FUTURE', told, { today: told.today });
}

function refusal(code: ErrorCode, { on, pointer }: Told, limits: Record<string, string>): AppError {
  const detail = Object.entries({ day: on, ...limits })
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  return new AppError(code, { day: on, ...limits }, { errors: [{ pointer, code, detail }] });
}
