import type { CostCategory, Instrument } from '#contracts/finance';

/** What a payment is for, as far as the payee has to know it. */
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
const MONTH = new Intl.DateTimeFormat('de', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * The text that tells the payee what is paid, after the number to call about: "AZ-2027-0001 Zuschuss lokale Fachkraft, März 2027,
 * Moshi". In the fund's language; the bank's field holds 140 characters.
 */
export function purposeText({ caseNumber, instrument, expense, category, dueOn, place }: Purpose): string {
  // The payee's own reference comes first: its books look for it.
  if (expense !== null || instrument === null) return [expense, caseNumber].filter((part) => part !== null).join(', ');
  const what = category === 'PERSONAL' ? PAY[instrument] : COSTS[category];
  const parts = [what, MONTH.format(new Date(dueOn)), ...(place === null ? [] : [place])];
  return `${caseNumber} ${parts.join(', ')}`;
}
