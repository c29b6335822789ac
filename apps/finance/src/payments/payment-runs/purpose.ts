import type { CostCategory, Instrument } from '#contracts/finance';
import { sepaText } from '../../budget/funds/sepa-text';

/** What a payout is for, as far as its payee has to know it. */
export interface Purpose {
  readonly caseNumber: string;
  /** Null for an expense, which says itself what it is. */
  readonly instrument: Instrument | null;
  readonly expense: string | null;
  readonly category: CostCategory;
  readonly dueOn: string;
  /** Where the expert serves; null where the municipality is not known here yet. */
  readonly place: string | null;
}

/** The bank's field (ISO 20022, Max140Text), in the characters of SEPA: there a text is longer than people write it. */
export const PURPOSE_MAX = 140;

const PAY: Readonly<Record<Instrument, string>> = {
  INTEGRATED_EXPERT: 'Gehaltszuschuss',
  DEVELOPMENT_WORKER: 'Unterhaltsgeld',
  LOCAL_EXPERT: 'Zuschuss lokale Fachkraft',
};
const COSTS: Readonly<Record<Exclude<CostCategory, 'PERSONAL'>, string>> = {
  SOZIALES: 'Soziale Sicherung',
  FAMILIE: 'Leistungen für die Familie',
  MOBILITAET: 'Reise und Umzug',
  AUSSTATTUNG: 'Ausstattung',
  PROJEKT: 'Sachkosten',
};
const MONTH = new Intl.DateTimeFormat('de', { month: 'long', timeZone: 'UTC' });

/**
 * The text that tells the payee what is paid, after the number to call about, which is that of the first payout: "AZ-2027-0001 Zuschuss
 * lokale Fachkraft, März–Mai 2027, Moshi". In the fund's language. Where it is too long for the bank's field it says all kinds of cost
 * for all months together, then leaves out the place, then months at the end. Source: docs/finance.md#transfers.
 */
export function purposeText(payouts: readonly Purpose[]): string {
  const [first] = payouts;
  if (!first) return '';
  const { caseNumber, instrument, expense, place } = first;
  // The payee's own reference comes first: its books look for it.
  if (expense !== null) return [fitted(expense, ' ', `, ${caseNumber}`), caseNumber].join(', ');
  if (instrument === null) return caseNumber;
  const where = place === null ? [] : [place];
  const each = clausesOf(payouts);
  const whole = [[...new Set(payouts.map(kindOf))].join(' + '), monthsText(payouts)];
  const texts = [[...each, ...where], [...whole, ...where], whole].map((parts) => `${caseNumber} ${parts.join(', ')}`);
  return texts.find((text) => lengthOf(text) <= PURPOSE_MAX) ?? fitted(texts.at(-1) ?? caseNumber, ', ');
}

/** What is paid for the same months is said together. */
function clausesOf(payouts: readonly Purpose[]): string[] {
  const months = [...Map.groupBy(payouts, kindOf)].map(([kind, some]) => ({ kind, months: monthsText(some) }));
  return [...Map.groupBy(months, (it) => it.months)].flatMap(([text, some]) => [
    some.map(({ kind }) => kind).join(' + '),
    text,
  ]);
}

function kindOf({ instrument, category }: Purpose): string {
  if (category !== 'PERSONAL') return COSTS[category];
  return instrument === null ? '' : PAY[instrument];
}

/** "März 2027", "März–Mai 2027", "November 2026–Januar 2027"; what is not in a row stands one after the other. */
function monthsText(payouts: readonly Purpose[]): string {
  const months = [...new Set(payouts.map(({ dueOn }) => monthOf(dueOn)))].sort((a, b) => a - b);
  const rows: { first: number; last: number }[] = [];
  for (const month of months) {
    const row = rows.at(-1);
    if (row?.last === month - 1) row.last = month;
    else rows.push({ first: month, last: month });
  }
  return rows.map(rowText).join(', ');
}

function rowText({ first, last }: { readonly first: number; readonly last: number }): string {
  const until = `${nameOf(last)} ${yearOf(last)}`;
  if (first === last) return until;
  return yearOf(first) === yearOf(last) ? `${nameOf(first)}–${until}` : `${nameOf(first)} ${yearOf(first)}–${until}`;
}

/** Counted on through the years. */
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const yearOf = (month: number): number => Math.floor(month / 12);
const nameOf = (month: number): string => MONTH.format(Date.UTC(yearOf(month), month % 12));

/** As much of it as leaves room for what follows: words, or what stands between commas, are there as a whole or not at all. */
function fitted(text: string, separator: string, rest = ''): string {
  const max = PURPOSE_MAX - lengthOf(rest);
  const parts = text.split(separator);
  while (parts.length > 1 && lengthOf(parts.join(separator)) > max) parts.pop();
  const fits = parts.join(separator).replace(/[\s,]+$/, '');
  return lengthOf(fits) <= max ? fits : sepaText(fits, max);
}

function lengthOf(text: string): number {
  return sepaText(text, Number.POSITIVE_INFINITY).length;
}
