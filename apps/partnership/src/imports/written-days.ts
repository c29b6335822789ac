/** What a cell says of a day: the day, or why it is in doubt and which days it may mean. */
export type WrittenDay =
  | { readonly day: string }
  | { readonly code: 'DAY_AMBIGUOUS' | 'DAY_INCOMPLETE' | 'DAY_UNKNOWN'; readonly days: readonly string[] };

/** Which end of a period a day is: a bare year means its first day or its last. */
export type PeriodEnd = 'FIRST' | 'LAST';

const EXCEL_EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const UNKNOWN: WrittenDay = { code: 'DAY_UNKNOWN', days: [] };

/** Months by the beginning of their names in German, English, French and Spanish. */
const MONTHS: readonly RegExp[] = [
  /^(jan|jän|ene)/i,
  /^(feb|fev|fév)/i,
  /^(mär|mar|maer|mrz)/i,
  /^(apr|avr|abr)/i,
  /^(mai|may)/i,
  /^(jun|juin)/i,
  /^(jul|juil)/i,
  /^(aug|aou|aoû|ago)/i,
  /^sep/i,
  /^(okt|oct)/i,
  /^nov/i,
  /^(dez|dec|déc|dic)/i,
];

/** Reads the forms in which days stand in tables. What can be read in two ways, or says no day, is answered with what it may mean. */
export function readDay(text: string, end: PeriodEnd): WrittenDay {
  const written = text.trim();
  return (
    iso(written) ??
    dotted(written) ??
    slashed(written) ??
    named(written, end) ??
    partial(written, end) ??
    serial(written) ??
    UNKNOWN
  );
}

function iso(text: string): WrittenDay | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text);
  return match ? dayOf(match[1], match[2], match[3]) : undefined;
}

function dotted(text: string): WrittenDay | undefined {
  const match = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  if (match) return dayOf(match[3], match[2], match[1]);
  const short = /^(\d{1,2})\.(\d{1,2})\.(\d\d)$/.exec(text);
  if (!short) return undefined;
  const days = ['20', '19'].flatMap((century) => known(dayOf(`${century}${short[3] ?? ''}`, short[2], short[1])));
  return { code: 'DAY_AMBIGUOUS', days };
}

/** `3/4/2020` is the third of April here and the fourth of March there. */
function slashed(text: string): WrittenDay | undefined {
  const match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (!match) return undefined;
  const [, first, second, year] = match;
  const days = [...new Set([...known(dayOf(year, second, first)), ...known(dayOf(year, first, second))])];
  const [only] = days;
  if (only === undefined) return UNKNOWN;
  return days.length === 1 ? { day: only } : { code: 'DAY_AMBIGUOUS', days };
}

/** `1. Mai 2014`, `May 2014`. */
function named(text: string, end: PeriodEnd): WrittenDay | undefined {
  const match = /^(?:(\d{1,2})\.?\s+)?(\p{L}{3,})\.?\s+(\d{4})$/u.exec(text);
  if (!match) return undefined;
  const month = MONTHS.findIndex((form) => form.test(match[2] ?? '')) + 1;
  if (month === 0) return undefined;
  return match[1] === undefined ? inMonth(match[3], month, end) : dayOf(match[3], String(month), match[1]);
}

/** A year, or a month of one. */
function partial(text: string, end: PeriodEnd): WrittenDay | undefined {
  const year = /^(1[89]\d\d|20\d\d)$/.exec(text);
  if (year) return { code: 'DAY_INCOMPLETE', days: [`${text}-${end === 'FIRST' ? '01-01' : '12-31'}`] };
  const month = /^(\d{1,2})[./](\d{4})$/.exec(text);
  if (month) return inMonth(month[2], Number(month[1]), end);
  const turned = /^(\d{4})-(\d\d)$/.exec(text);
  return turned ? inMonth(turned[1], Number(turned[2]), end) : undefined;
}

/** Spreadsheets count days; a number of them is a day only if a person says so. */
function serial(text: string): WrittenDay | undefined {
  if (!/^[1-7]\d{4}$/.test(text)) return undefined;
  return { code: 'DAY_INCOMPLETE', days: [dayOfMs(EXCEL_EPOCH + Number(text) * DAY_MS)] };
}

function inMonth(year: string | undefined, month: number, end: PeriodEnd): WrittenDay {
  if (month < 1 || month > 12) return UNKNOWN;
  const day = end === 'FIRST' ? Date.UTC(Number(year), month - 1, 1) : Date.UTC(Number(year), month, 0);
  return { code: 'DAY_INCOMPLETE', days: [dayOfMs(day)] };
}

function dayOf(year = '', month = '', day = ''): WrittenDay {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return Number(year) >= 1000 && dayOfMs(ms) === written ? { day: written } : UNKNOWN;
}

function dayOfMs(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function known(read: WrittenDay): string[] {
  return 'day' in read ? [read.day] : [];
}
