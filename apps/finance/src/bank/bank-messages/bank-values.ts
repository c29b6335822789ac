import { AppError, minorUnitDigits } from '#contracts';
import { limitExceeded } from '../../files/xml/bounded-xml';
import type { XmlElement } from '../../files/xml/xml-element';

/** 18 digits, a point and a sign (ISO 20022, ActiveOrHistoricCurrencyAndAmount). */
const AMOUNT_CHARACTERS_MAX = 20;
/** Ten thousand billion of a currency with cents: sums over tens of thousands of entries stay within 64 bits. */
const AMOUNT_MINOR_MAX = 10n ** 15n;
/** ISO 20022, Max35Text: identifications and references. */
export const REFERENCE_CHARACTERS_MAX = 35;
/** As many digits as a number keeps exactly. */
const SEQUENCE_DIGITS_MAX = 15;

/** What stands there must be there. */
export function at(element: XmlElement, name: string): XmlElement {
  const found = element.find(name);
  if (!found) throw unreadable(`${element.path}/${name}`, 'is missing');
  return found;
}

export function textOf(element: XmlElement): string {
  if (element.hasChildren) throw unreadable(element.path, 'has no text');
  return element.ownText.trim();
}

/** An identification of the bank's or ours; null when there is none. */
export function referenceAt(element: XmlElement, ...names: readonly string[]): string | null {
  const text = element.textAt(...names);
  if (text !== null && text.length > REFERENCE_CHARACTERS_MAX) {
    throw exceeded(`${element.path}/${names.join('/')}`, element, 'referenceCharacters', REFERENCE_CHARACTERS_MAX);
  }
  return text;
}

export function requiredReferenceAt(element: XmlElement, name: string): string {
  const text = referenceAt(element, name);
  if (text === null) throw unreadable(`${element.path}/${name}`, 'is missing');
  return text;
}

export interface BankAmount {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Amounts of ISO 20022 have up to five decimals, whatever their currency has: what is beyond it is rounded up and not exact. */
export function readAmount(element: XmlElement): BankAmount & { readonly isExact: boolean } {
  const { path } = element;
  const currency = element.attribute('Ccy');
  if (currency === undefined) throw unreadable(`${path}/@Ccy`, 'is missing');
  if (!/^[A-Z]{3}$/.test(currency)) throw unreadable(`${path}/@Ccy`, 'is no currency');
  const text = textOf(element);
  // Before any pattern sees it.
  if (text.length > AMOUNT_CHARACTERS_MAX) throw exceeded(path, element, 'amountCharacters', AMOUNT_CHARACTERS_MAX);
  const [, whole = '', fraction = ''] = /^\+?(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + fraction === '') throw unreadable(path, 'is no amount');
  const digits = minorUnitDigits(currency);
  const isExact = /^0*$/.test(fraction.slice(digits));
  const amountMinor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0')) + (isExact ? 0n : 1n);
  if (amountMinor > AMOUNT_MINOR_MAX) throw exceeded(path, element, 'amountMinor', Number(AMOUNT_MINOR_MAX));
  return { amountMinor, currency, isExact };
}

/** The day of a date or an instant, as the bank writes it; null where it is none that a calendar has. */
export function dayAt(element: XmlElement, ...names: readonly string[]): string | null {
  const day = element.textAt(...names)?.slice(0, 10) ?? '';
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) || day < '0001') return null;
  return new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : null;
}

/** A counting number of a statement or page; null when the bank does not count. */
export function numberAt(element: XmlElement, ...names: readonly string[]): number | null {
  const text = element.textAt(...names) ?? '';
  return /^\+?[0-9]+$/.test(text) && text.length <= SEQUENCE_DIGITS_MAX ? Number(text) : null;
}

export function unreadable(path: string, detail: string): AppError {
  return new AppError('FINANCE_BANK_MESSAGE_UNREADABLE', { path, detail });
}

export function exceeded(path: string, { line }: XmlElement, limit: string, max: number): AppError {
  return limitExceeded({ limit, max, element: path, line });
}
