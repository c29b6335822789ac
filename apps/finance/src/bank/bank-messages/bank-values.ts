import { AppError, parseMinor } from '#contracts';
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

/** ISO 20022 allows more decimals than the currency has, as long as they are zeros. */
export function amountOf(element: XmlElement): BankAmount {
  const { path } = element;
  const currency = element.attribute('Ccy');
  if (currency === undefined) throw unreadable(`${path}/@Ccy`, 'is missing');
  if (!/^[A-Z]{3}$/.test(currency)) throw unreadable(`${path}/@Ccy`, 'is no currency');
  const text = textOf(element);
  // Before any pattern sees it.
  if (text.length > AMOUNT_CHARACTERS_MAX) throw exceeded(path, element, 'amountCharacters', AMOUNT_CHARACTERS_MAX);
  const [, whole = '', fraction = ''] = /^\+?(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  const decimals = fraction.replace(/0+$/, '');
  const plain = `${whole.replace(/^0+/, '') || '0'}${decimals && `.${decimals}`}`;
  const amountMinor = whole + fraction === '' ? undefined : parseMinor(plain, currency);
  if (amountMinor === undefined) throw unreadable(path, 'is no amount of its currency');
  if (amountMinor > AMOUNT_MINOR_MAX) throw exceeded(path, element, 'amountMinor', Number(AMOUNT_MINOR_MAX));
  return { amountMinor, currency };
}

/** A day, given as a date or as an instant. */
export function dayOf(element: XmlElement): string {
  const day = dayAt(element, 'Dt') ?? dayAt(element, 'DtTm');
  if (day === null) throw unreadable(element.path, 'is no date');
  return day;
}

export function dayAt(element: XmlElement, ...names: readonly string[]): string | null {
  const text = element.textAt(...names);
  if (text === null) return null;
  const day = text.slice(0, 10);
  const isDay = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (!isDay) throw unreadable(`${element.path}/${names.join('/')}`, 'is no date');
  return day;
}

/** A counting number of a statement or page; null when the bank does not count. */
export function numberAt(element: XmlElement, ...names: readonly string[]): number | null {
  const text = element.textAt(...names);
  if (text === null) return null;
  const path = `${element.path}/${names.join('/')}`;
  if (text.length > SEQUENCE_DIGITS_MAX) throw exceeded(path, element, 'digits', SEQUENCE_DIGITS_MAX);
  if (!/^[0-9]+$/.test(text)) throw unreadable(path, 'is no number');
  return Number(text);
}

export function unreadable(path: string, detail: string): AppError {
  return new AppError('FINANCE_BANK_MESSAGE_UNREADABLE', { path, detail });
}

export function exceeded(path: string, { line }: XmlElement, limit: string, max: number): AppError {
  return limitExceeded({ limit, max, element: path, line });
}
