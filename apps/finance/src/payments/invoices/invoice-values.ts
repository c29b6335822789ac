import { type Money, parseMinor, toMoney } from '#contracts';
import type { InvoiceFormat } from '#contracts/finance';

/** The business terms of EN 16931 as they stand in the invoice; null for what it leaves out or nobody can read. */
export interface InvoiceTerms {
  readonly format: InvoiceFormat;
  readonly typeCode: string | null;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly dueOn: string | null;
  readonly currency: string | null;
  readonly supplier: {
    readonly name: string | null;
    readonly vatId: string | null;
    readonly street: string | null;
    readonly postCode: string | null;
    readonly town: string | null;
    readonly country: string | null;
  } | null;
  readonly payeeName: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly net: string | null;
  readonly vat: string | null;
  readonly prepaid: string | null;
  readonly rounding: string | null;
  readonly total: string | null;
  readonly buyerReference: string | null;
  readonly paymentReference: string | null;
}

/** What a document without a structured invoice says to a machine. */
export const NOTHING_READ: InvoiceTerms = {
  format: 'NONE',
  typeCode: null,
  number: null,
  issuedOn: null,
  dueOn: null,
  currency: null,
  supplier: null,
  payeeName: null,
  iban: null,
  bic: null,
  net: null,
  vat: null,
  prepaid: null,
  rounding: null,
  total: null,
  buyerReference: null,
  paymentReference: null,
};

/** Types of EN 16931 (UNTDID 1001) that give money back. */
const CREDIT_NOTES = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532']);

export function isCreditNote({ typeCode }: Pick<InvoiceTerms, 'typeCode'>): boolean {
  return typeCode !== null && CREDIT_NOTES.has(typeCode);
}

/** An amount as the invoice writes it, with more or fewer decimals than its currency; null where it says less than nothing clear. */
export function amountOf(text: string | null, currency: string | null): Money | null {
  const [, whole, decimals = ''] = /^([-+]?\d{1,15})(?:\.(\d{1,10}))?$/.exec(text?.trim() ?? '') ?? [];
  if (whole === undefined || currency === null || !/^[A-Z]{3}$/.test(currency)) return null;
  const digits = decimals.replace(/0+$/, '');
  const minor = parseMinor(`${whole.replace('+', '')}${digits === '' ? '' : `.${digits}`}`, currency);
  return minor === undefined ? null : toMoney(minor, currency);
}

/** `2027-02-28`, or `20270228` as CII writes it; null for what is no day. */
export function dayOf(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text?.trim() ?? '') ?? [];
  if (year === undefined) return null;
  const on = `${year}-${month}-${day}`;
  const parsed = new Date(`${on}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== on ? null : on;
}

/** The reference in its printed-together form where it is a creditor reference of ISO 11649: RF, two check digits, up to 21 more. */
export function creditorReferenceIn(reference: string | null | undefined): string | null {
  const text = (reference ?? '').replace(/\s/g, '').toUpperCase();
  if (!/^RF\d{2}[0-9A-Z]{1,21}$/.test(text)) return null;
  const moved = `${text.slice(4)}${text.slice(0, 4)}`;
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n ? text : null;
}
