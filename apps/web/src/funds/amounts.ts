import { minorUnitDigits, type Money, parseMinor } from '#contracts';
import type { UiLanguage } from '../i18n/language';

/** For the eye alone: where a bar ends on a picture. What is read as a figure is always the amount itself. */
export function drawn({ amount, currency }: Money): number {
  return Number(parseMinor(amount, currency)) / 10 ** minorUnitDigits(currency);
}

/** `1,2 Mio. €` beside an axis. */
export function shortAmount(currency: string, language: UiLanguage): (value: number) => string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  return (value) => format.format(value);
}

/** `2026-11` as `Nov`. */
export function monthName(month: string, language: UiLanguage): string {
  return new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** `2026-11` as `November 2026`. */
export function monthAndYear(month: string, language: UiLanguage): string {
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** `2026-11` as `11/26`, where many months stand beside each other. */
export function monthOfYear(month: string): string {
  return `${month.slice(5)}/${month.slice(2, 4)}`;
}
