import type { UiLanguage } from './language';

/** Amounts come as decimal strings and are shown from them, digit by digit: no float in between. */
export function moneyText(money: { readonly amount: string; readonly currency: string }, language: UiLanguage): string {
  const digits = money.amount.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(money.amount as Intl.StringNumericLiteral);
}

/** A calendar day has no time zone: it is taken apart and shown in UTC, so that it never shifts. */
export function dayText(day: string, language: UiLanguage): string {
  return new Intl.DateTimeFormat(dayFirst(language), {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** The last day of a half-open period, as people say it. */
export function lastDayOf(to: string): string {
  const day = new Date(`${to}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** The day after the last one: what a half-open period stores of what people enter. */
export function dayAfter(last: string): string {
  const day = new Date(`${last}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

export function instantText(instant: string, language: UiLanguage): string {
  return new Intl.DateTimeFormat(dayFirst(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

interface AccountNumber {
  readonly iban: string | null;
  readonly accountNumber: string | null;
}

/** An account number as people read it out: an IBAN in groups of four. */
export function accountText({ iban, accountNumber }: AccountNumber): string {
  return iban === null ? (accountNumber ?? '–') : ibanText(iban);
}

export function ibanText(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** A decimal with all its digits, as it is kept, in the reader's notation. */
export function decimalText(decimal: string, language: UiLanguage): string {
  const digits = decimal.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    decimal as Intl.StringNumericLiteral,
  );
}

export function numberText(value: number, language: UiLanguage): string {
  return new Intl.NumberFormat(language).format(value);
}

/** The name of a country or language in the reader's own. */
export function countryName(code: string, language: UiLanguage): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}

export function languageName(code: string, language: UiLanguage): string {
  return new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** A text in several languages in the reader's own, else in English, German or whatever there is. */
export function localized(text: Readonly<Partial<Record<string, string>>>, language: UiLanguage): string {
  return text[language] ?? text.en ?? text.de ?? Object.values(text)[0] ?? '';
}

// `en` alone is the order of the United States; readers of these pages write the day first.
function dayFirst(language: UiLanguage): string {
  return language === 'en' ? 'en-GB' : language;
}
