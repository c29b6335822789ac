import { encode } from 'iconv-lite';
import { formatMinor } from '#contracts';
import type { CostCategory } from '#contracts/finance';
import { BANK_ACCOUNT, CHART_OF_ACCOUNTS, DATEV_COLUMNS, DATEV_FORMAT, EXPENSE_ACCOUNTS } from './datev.data';

export interface DatevBooking {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly category: CostCategory;
  readonly budgetYear: number;
  /** Belegfeld 1: what finds the voucher again; letters, digits and `$ & % * + - /`, 36 at most. */
  readonly voucher: string;
  readonly text: string;
  /** Money that came back: to the credit of the expense account. */
  readonly isReturn: boolean;
}

export interface DatevHead {
  readonly createdAt: Date;
  readonly consultantNumber: number;
  readonly clientNumber: number;
  readonly from: string;
  /** The last day. */
  readonly until: string;
}

const ACCOUNT_DIGITS = 4;
const TEXT_MAX = 60;
const VOUCHER_MAX = 36;

/**
 * How a DATEV booking batch (EXTF, Buchungsstapel) begins: CP1252, semicolon, CRLF. A character that CP1252 does not have becomes
 * a question mark. Source: see `datev.data.ts`.
 */
export function datevHead(head: DatevHead): Buffer {
  return lines([header(head), DATEV_COLUMNS.join(';')]);
}

/** The bookings: decimal comma, amounts without sign. */
export function datevRows(bookings: readonly DatevBooking[]): Buffer {
  return lines(bookings.map(bookingRow));
}

function lines(rows: readonly string[]): Buffer {
  return encode(rows.map((row) => `${row}\r\n`).join(''), 'win1252');
}

function header({ createdAt, consultantNumber, clientNumber, from, until }: DatevHead): string {
  const digits = (text: string) => text.replaceAll(/\D/g, '');
  return [
    quoted('EXTF'),
    DATEV_FORMAT.header,
    DATEV_FORMAT.category,
    quoted('Buchungsstapel'),
    DATEV_FORMAT.version,
    digits(createdAt.toISOString()),
    '',
    quoted('RE'),
    quoted(''),
    quoted(''),
    consultantNumber,
    clientNumber,
    `${from.slice(0, 4)}0101`,
    ACCOUNT_DIGITS,
    digits(from),
    digits(until),
    quoted('Fachkräftefonds'),
    quoted(''),
    1,
    0,
    0,
    quoted('EUR'),
    '',
    quoted(''),
    '',
    '',
    quoted(CHART_OF_ACCOUNTS),
    '',
    '',
    quoted(''),
    quoted(''),
  ].join(';');
}

function bookingRow(booking: DatevBooking): string {
  const cells = new Map<string, string>([
    ['Umsatz (ohne Soll/Haben-Kz)', formatMinor(booking.amountMinor, booking.currency).replace('.', ',')],
    ['Soll/Haben-Kennzeichen', quoted(booking.isReturn ? 'H' : 'S')],
    ['WKZ Umsatz', quoted(booking.currency)],
    ['Konto', EXPENSE_ACCOUNTS[booking.category]],
    ['Gegenkonto (ohne BU-Schlüssel)', BANK_ACCOUNT],
    ['Belegdatum', booking.bookedOn.slice(8, 10) + booking.bookedOn.slice(5, 7)],
    ['Belegfeld 1', quoted(booking.voucher.replaceAll(/[^A-Za-z0-9$&%*+/-]/g, '').slice(0, VOUCHER_MAX))],
    ['Buchungstext', quoted(booking.text.slice(0, TEXT_MAX))],
    ['KOST1 - Kostenstelle', quoted(String(booking.budgetYear))],
    ['KOST2 - Kostenstelle', quoted(booking.category)],
    ['Festschreibung', '0'],
  ]);
  return DATEV_COLUMNS.map((column) => cells.get(column) ?? '').join(';');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`;
}
