import type { RequestInputOf } from '#contracts';
import type { createEvent, EventView } from '#contracts/events';
import { instantOf, wallTimeOf, type WallTime } from './zoned';

type Texts = Readonly<Partial<Record<string, string>>>;

interface QuotaValues {
  readonly group: string;
  readonly attendanceMode: string;
  readonly capacity: number | string;
}

/** What the form of an event holds: its times by the clock of the place. */
export interface EventValues {
  readonly kind: string;
  readonly mode: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly venue: string;
  readonly timeZone: string;
  readonly startsAt: WallTime;
  readonly endsAt: WallTime;
  readonly registrationDeadlineAt: WallTime;
  readonly capacity: number | string;
  readonly quotas: readonly QuotaValues[];
  readonly offerHours: number | string;
  readonly municipalitySeatsMax: number | string;
  readonly fieldsOfAction: readonly string[];
}

const WHOLE_DAY = { startsAt: '09:00', endsAt: '17:00', registrationDeadlineAt: '23:59' };
const NO_TEXTS = { de: '', en: '', fr: '', es: '', pt: '' };

export const EMPTY: EventValues = {
  kind: '',
  mode: '',
  title: NO_TEXTS,
  description: NO_TEXTS,
  venue: '',
  timeZone: 'Europe/Berlin',
  startsAt: { day: '', time: WHOLE_DAY.startsAt },
  endsAt: { day: '', time: WHOLE_DAY.endsAt },
  registrationDeadlineAt: { day: '', time: WHOLE_DAY.registrationDeadlineAt },
  capacity: '',
  quotas: [],
  offerHours: '',
  municipalitySeatsMax: '',
  fieldsOfAction: [],
};

export type EventContent = Omit<RequestInputOf<typeof createEvent>, 'id'>;

/** Blanks were taken out before, so anything may be missing; the check of the request says what. */
export function contentOf(values: Partial<EventValues>): EventContent {
  const { startsAt, endsAt, registrationDeadlineAt, timeZone = 'UTC' } = values;
  return {
    ...values,
    description: values.description ?? null,
    venue: values.venue ?? null,
    startsAt: instantText(startsAt, timeZone),
    endsAt: instantText(endsAt, timeZone),
    registrationDeadlineAt: instantText(registrationDeadlineAt, timeZone),
    quotas: (values.quotas ?? []).map(({ group, attendanceMode, capacity }) => ({
      group: group ?? null,
      attendanceMode: attendanceMode ?? null,
      capacity,
    })),
    municipalitySeatsMax: values.municipalitySeatsMax ?? null,
    fieldsOfAction: values.fieldsOfAction ?? [],
  } as EventContent;
}

export function valuesOf(event: EventView): EventValues {
  const { timeZone } = event;
  return {
    kind: event.kind,
    mode: event.mode,
    title: { ...NO_TEXTS, ...event.title },
    description: { ...NO_TEXTS, ...event.description },
    venue: event.venue ?? '',
    timeZone,
    startsAt: wallTimeOf(event.startsAt, timeZone),
    endsAt: wallTimeOf(event.endsAt, timeZone),
    registrationDeadlineAt: wallTimeOf(event.registrationDeadlineAt, timeZone),
    capacity: event.capacity,
    quotas: event.quotas.map(({ group, attendanceMode, capacity }) => ({
      group: group ?? '',
      attendanceMode: attendanceMode ?? '',
      capacity,
    })),
    offerHours: event.offerHours,
    municipalitySeatsMax: event.municipalitySeatsMax ?? '',
    fieldsOfAction: event.fieldsOfAction,
  };
}

/** The members that differ from what the form began with. */
export function changesOf(before: EventContent, now: EventContent): Partial<EventContent> {
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof EventContent]),
  );
  return Object.fromEntries(changed);
}

// What is no time goes as it was written: the check refuses it at its field.
function instantText(written: Partial<WallTime> | undefined, timeZone: string): string | undefined {
  if (written?.day === undefined) return undefined;
  const { day, time = '' } = written;
  return instantOf({ day, time }, timeZone) ?? `${day} ${time}`;
}
