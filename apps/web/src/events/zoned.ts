/** A day and a time as a clock on the wall shows them somewhere. */
export interface WallTime {
  readonly day: string;
  readonly time: string;
}

/** What the clock of a time zone shows at an instant. */
export function wallTimeOf(instant: string, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/**
 * When the clock of a time zone shows this; undefined where that is no day or no time. An hour that is skipped in spring is the one
 * after it, an hour that comes twice in autumn its first.
 */
export function instantOf({ day, time }: WallTime, timeZone: string): string | undefined {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time) || Number.isNaN(asUtc)) return undefined;
  // The offsets of the day before and the day after: between them lies a change of the clocks, if there is one.
  const instants = [asUtc - A_DAY_MS, asUtc + A_DAY_MS].map((near) => asUtc - offsetAt(near, timeZone));
  const right = instants.filter((instant) => instant + offsetAt(instant, timeZone) === asUtc);
  return new Date(Math.min(...(right.length > 0 ? right : [Math.max(...instants)]))).toISOString();
}

/** `9:30`, `9.30` and `0930` as `09:30`; anything else stays as it is, for the check to refuse. */
export function timeOf(text: string): string {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2})[:.h]?(\d{2})\s*$/.exec(text) ?? [];
  return hours === '' || Number(hours) > 23 || Number(minutes) > 59 ? text : `${hours.padStart(2, '0')}:${minutes}`;
}

const A_DAY_MS = 86_400_000;

function offsetAt(instant: number, timeZone: string): number {
  const { day, time } = wallTimeOf(new Date(instant).toISOString(), timeZone);
  return Date.parse(`${day}T${time}:00Z`) - Math.floor(instant / 60_000) * 60_000;
}
