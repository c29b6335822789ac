import { encode } from 'iconv-lite';
import { formatMinor } from '#contracts';
import type { BankBooking } from './bank-booking.reader';
import { type DatevAccount, type DatevAccounts, EXPENSE_ACCOUNTS } from './datev-accounts.reader';
import { CHART_OF_ACCOUNTS, DATEV_COLUMNS, DATEV_FORMAT } from './datev.data';

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

/**
 * How a DATEV booking batch (EXTF, Buchungsstapel) begins: CP1252, semicolon, CRLF. A character that CP1252 does not have becomes
 * a question mark. Source: see `datev.data.ts`.
 */
export function datevHead(head: DatevHead): Buffer {
  return lines([header(head), DATEV_COLUMNS.join(';')]);
}

/** The bookings: decimal comma, amounts without sign; what came to the bank account stands to the credit of the other one. */
export function datevRows(bookings: readonly BankBooking[], accounts: DatevAccounts): Buffer {
  return lines(bookings.map((booking) => bookingRow(booking, accounts)));
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

function bookingRow(booking: BankBooking, accounts: DatevAccounts): string {
  const { amountMinor, currency, category, bookedOn, payoutId, id } = booking;
  const isIncome = amountMinor < 0n;
  const inForce = accounts.inForceOn(bookedOn);
  const cells = new Map<string, string>([
    ['Umsatz (ohne Soll/Haben-Kz)', formatMinor(isIncome ? -amountMinor : amountMinor, currency).replace('.', ',')],
    ['Soll/Haben-Kennzeichen', quoted(isIncome ? 'H' : 'S')],
    ['WKZ Umsatz', quoted(currency)],
    ['Konto', inForce.value(accountOf(booking))],
    ['Gegenkonto (ohne BU-Schlüssel)', inForce.value('account-bank')],
    ['Belegdatum', bookedOn.slice(8, 10) + bookedOn.slice(5, 7)],
    // Finds the voucher again; 36 letters, digits and few signs at most.
    ['Belegfeld 1', quoted((payoutId ?? id).replaceAll('-', ''))],
    ['Buchungstext', quoted(text(booking).slice(0, TEXT_MAX))],
    ['KOST1 - Kostenstelle', quoted(String(booking.budgetYear))],
    ['KOST2 - Kostenstelle', quoted(category ?? '')],
    ['Festschreibung', '0'],
  ]);
  return DATEV_COLUMNS.map((column) => cells.get(column) ?? '').join(';');
}

function accountOf({ kind, category }: BankBooking): DatevAccount {
  if (kind === 'CHARGE') return 'account-charge';
  if (kind === 'CLAIM') return 'account-claim';
  if (kind === 'CLAIM_INTEREST') return 'account-claim-interest';
  return category ? EXPENSE_ACCOUNTS[category] : 'account-transit';
}

function text({ kind, amountMinor, payee, instalment, isPart }: BankBooking): string {
  const isIncome = amountMinor < 0n;
  const instalmentOf = `Rate ${instalment ?? ''} ${payee ?? ''}`;
  switch (kind) {
    case 'PAYMENT':
      return isPart ? `Teil ${instalmentOf}` : instalmentOf;
    case 'RETURN':
      return `Rückläufer ${instalmentOf}`;
    case 'CHARGE':
      return isIncome ? 'Bankentgelt zurück' : 'Bankentgelt';
    case 'CLAIM':
      return isIncome ? 'Erstattung eines Schuldners' : 'Erstattung weitergegeben oder storniert';
    case 'CLAIM_INTEREST':
      return isIncome ? 'Zinsen eines Schuldners' : 'Zinsen weitergegeben oder storniert';
    case 'OTHER':
      return 'Buchung laut Journal';
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`;
}
