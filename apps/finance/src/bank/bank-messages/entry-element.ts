import type { BankEntryObstacle, Direction } from '#contracts/finance';
import type { XmlElement } from '../../files/xml/xml-element';
import type { ParsedEntry, ParsedTransaction } from '../bank-entries/parsed-message';
import { at, type BankAmount, dayAt, exceeded, readAmount, referenceAt, textOf } from './bank-values';

/** Of one entry: a collective booking names its file, at times several. */
export const BATCH_REFERENCES_MAX = 100;
/** Of one payment, all its lines together: 9,000 is the most that payment schemes carry. */
export const REMITTANCE_CHARACTERS_MAX = 10_000;
/** What a bank writes where the payer gave no reference. */
const NO_REFERENCE = new Set(['NOTPROVIDED', 'NONREF', 'NOREF']);
/** ISO 20022, ExternalEntryStatus1Code: what the bank has not booked, and may never book. */
const NOT_BOOKED = new Set(['PDNG', 'INFO', 'FUTR']);

/** An entry of a state that ISO 20022 does not know may be booked: a person sees it. */
export function isPending(entry: XmlElement): boolean {
  return NOT_BOOKED.has(statusOf(entry) ?? '');
}

function statusOf(entry: XmlElement): string | null {
  return entry.textAt('Sts', 'Cd') ?? entry.textAt('Sts');
}

/** What stands around an entry and says what it leaves open. */
export interface AroundEntry {
  /** Of the account. */
  readonly currency: string | undefined;
  /** For an entry without a day of its own. */
  readonly statementDay: string;
  readonly number: number;
}

/** What can be read of an entry is read; what keeps it from being booked is its obstacle. */
export function parseEntry(
  entry: XmlElement,
  transactions: readonly ParsedTransaction[],
  { currency, statementDay, number }: AroundEntry,
): ParsedEntry {
  const amount = readAmount(at(entry, 'Amt'));
  const direction = directionOf(entry) ?? 'CREDIT';
  const [booked, value] = ['BookgDt', 'ValDt'].map((name) => dayAt(entry, name, 'Dt') ?? dayAt(entry, name, 'DtTm'));
  const parts = partsOf(entry, transactions, { ...amount, direction });
  return {
    number,
    direction,
    amountMinor: amount.amountMinor,
    currency: amount.currency,
    bookedOn: booked ?? value ?? statementDay,
    valueOn: value ?? null,
    bankReference: references(referenceAt(entry, 'AcctSvcrRef'))[0] ?? null,
    batchReferences: batchReferencesOf(entry),
    obstacle: obstacleOf(entry, {
      isUnclear: !amount.isExact,
      isForeign: amount.currency !== (currency ?? amount.currency),
      isUndated: (booked ?? value ?? null) === null,
      ofParts: obstacleOfParts(parts, { ...amount, direction }),
      direction,
    }),
    transactions: parts,
  };
}

function obstacleOf(
  entry: XmlElement,
  about: {
    readonly isUnclear: boolean;
    readonly isForeign: boolean;
    readonly isUndated: boolean;
    readonly ofParts: BankEntryObstacle | null;
    readonly direction: Direction;
  },
): BankEntryObstacle | null {
  if (statusOf(entry) !== 'BOOK' || entry.find('Sts', 'Prtry')) return 'STATUS_UNKNOWN';
  if (about.isForeign) return 'FOREIGN_CURRENCY';
  if (about.isUnclear) return 'AMOUNT_UNCLEAR';
  if (about.isUndated) return 'NO_BOOKING_DAY';
  // A credit with the mark is a debit that comes back; a debit with it takes a credit back, or is a mistake of the bank's program.
  if (about.direction === 'DEBIT' && isTrue(entry, 'RvslInd')) return 'REVERSAL';
  return about.ofParts;
}

/** Reads one payment of an entry; what the entry says holds where the payment is silent. */
export function parseTransaction(transaction: XmlElement, entry: XmlElement): ParsedTransaction {
  const { currency } = readAmount(at(entry, 'Amt'));
  const direction = directionOf(transaction) ?? directionOf(entry) ?? 'CREDIT';
  const party = direction === 'DEBIT' ? 'Cdtr' : 'Dbtr';
  const reason = transaction.find('RtrInf');
  const account = (name: string) => referenceAt(transaction, 'RltdPties', `${name}Acct`, 'Id', 'IBAN');
  const [amountMinor, chargesMinor] = [paidOf(transaction, currency), chargesOf(transaction, currency)];
  return {
    direction,
    amountMinor: amountMinor ?? 0n,
    isAmountTold: amountMinor !== undefined,
    chargesMinor,
    ...orderedOf(transaction, currency),
    endToEndId: references(referenceAt(transaction, 'Refs', 'EndToEndId'))[0] ?? null,
    batchReferences: references(
      referenceAt(transaction, 'Refs', 'PmtInfId'),
      referenceAt(transaction, 'Refs', 'MsgId'),
    ),
    counterpartyName:
      transaction.textAt('RltdPties', party, 'Pty', 'Nm') ??
      transaction.textAt('RltdPties', party, 'Agt', 'FinInstnId', 'Nm'),
    // In a return the original creditor stays the creditor at some banks and becomes the debtor at others.
    counterpartyIban: account(party) ?? (reason ? (account('Cdtr') ?? account('Dbtr')) : null),
    remittance: remittanceOf(transaction),
    returnReason: reason ? (reason.textAt('Rsn', 'Cd') ?? reason.textAt('Rsn', 'Prtry') ?? 'UNSTATED') : null,
  };
}

/** Where a payment states its amount: first what the account was moved by, then what was ordered. */
const AMOUNTS = [
  ['Amt'],
  ['AmtDtls', 'TxAmt', 'Amt'],
  ['AmtDtls', 'InstdAmt', 'Amt'],
  ['AmtDtls', 'CntrValAmt', 'Amt'],
];

/** In the currency of the account alone: an amount in another one says nothing about what was booked. */
function paidOf(transaction: XmlElement, currency: string): bigint | undefined {
  return AMOUNTS.map((path) => amountIn(transaction.find(...path), currency)).find((it) => it !== undefined);
}

/** What was ordered in another currency; one that is unclear is not told. */
function orderedOf(
  transaction: XmlElement,
  currency: string,
): Pick<ParsedTransaction, 'instructedMinor' | 'instructedCurrency'> {
  const element = transaction.find('AmtDtls', 'InstdAmt', 'Amt');
  const amount = element && readAmount(element);
  if (!amount?.isExact || amount.currency === currency) return { instructedMinor: null, instructedCurrency: null };
  return { instructedMinor: amount.amountMinor, instructedCurrency: amount.currency };
}

function amountIn(element: XmlElement | undefined, currency: string): bigint | undefined {
  if (!element) return undefined;
  const amount = readAmount(element);
  return amount.isExact && amount.currency === currency ? amount.amountMinor : undefined;
}

/** What the bank took; refunds of charges and other currencies are left to a person. */
function chargesOf(element: XmlElement, currency: string): bigint {
  const charges = element.find('Chrgs');
  const records = charges?.all('Rcrd') ?? [];
  if (records.length === 0) return amountIn(charges?.find('TtlChrgsAndTaxAmt'), currency) ?? 0n;
  return records
    .filter((record) => directionOf(record) !== 'CREDIT')
    .reduce((sum, record) => sum + (amountIn(record.find('Amt'), currency) ?? 0n), 0n);
}

type OfEntry = BankAmount & { readonly direction: Direction };

/** The only payment of an entry has the entry's amount, and the one without an amount what the others leave of it. */
function partsOf(entry: XmlElement, transactions: readonly ParsedTransaction[], whole: OfEntry): ParsedTransaction[] {
  const [first] = transactions;
  if (first && transactions.length === 1) return [onlyPart(first, whole, chargesOf(entry, whole.currency))];
  const untold = transactions.filter((it) => !it.isAmountTold);
  const left = whole.amountMinor - netOf(transactions, whole.direction);
  if (untold.length !== 1 || untold[0]?.direction !== whole.direction || left <= 0n) return [...transactions];
  return transactions.map((it) => (it.isAmountTold ? it : { ...it, amountMinor: left, isAmountTold: true }));
}

function onlyPart(part: ParsedTransaction, whole: OfEntry, chargesOfEntry: bigint): ParsedTransaction {
  const chargesMinor = part.chargesMinor === 0n ? chargesOfEntry : part.chargesMinor;
  const amountMinor = part.isAmountTold ? part.amountMinor : whole.amountMinor;
  // Of a payment that came back less a charge, what came in counts.
  const isReduced =
    whole.direction === 'CREDIT' && chargesMinor > 0n && amountMinor - chargesMinor === whole.amountMinor;
  return { ...part, chargesMinor, amountMinor: isReduced ? whole.amountMinor : amountMinor, isAmountTold: true };
}

/** What the parts change together, in the direction of their entry. */
function netOf(parts: readonly ParsedTransaction[], direction: Direction): bigint {
  return parts.reduce((sum, it) => sum + (it.direction === direction ? it.amountMinor : -it.amountMinor), 0n);
}

function obstacleOfParts(parts: readonly ParsedTransaction[], whole: OfEntry): BankEntryObstacle | null {
  if (parts.some((it) => !it.isAmountTold)) return 'PART_WITHOUT_AMOUNT';
  const isNet = parts.some((it) => it.direction !== whole.direction);
  return isNet && netOf(parts, whole.direction) !== whole.amountMinor ? 'PARTS_CONTRADICT' : null;
}

function batchReferencesOf(entry: XmlElement): string[] {
  const found = entry
    .all('NtryDtls')
    .flatMap((detail) => references(referenceAt(detail, 'Btch', 'PmtInfId'), referenceAt(detail, 'Btch', 'MsgId')));
  if (found.length > BATCH_REFERENCES_MAX) throw exceeded(entry.path, entry, 'batchReferences', BATCH_REFERENCES_MAX);
  return found;
}

function remittanceOf(transaction: XmlElement): string | null {
  const information = transaction.find('RmtInf');
  if (!information) return null;
  const structured = information.all('Strd').flatMap(structuredReferences);
  const remittance = [...information.all('Ustrd').map(textOf), ...structured].join(' ');
  if (remittance.length > REMITTANCE_CHARACTERS_MAX) {
    throw exceeded(`${transaction.path}/RmtInf`, transaction, 'remittanceCharacters', REMITTANCE_CHARACTERS_MAX);
  }
  return remittance === '' ? null : remittance;
}

/** What a payer without free text refers to: invoices, the creditor's reference, and what else was said of it. */
function structuredReferences(structured: XmlElement): string[] {
  const documents = structured.all('RfrdDocInf').flatMap((it) => it.textAt('Nb') ?? []);
  const reference = structured.textAt('CdtrRefInf', 'Ref');
  return [...documents, ...(reference === null ? [] : [reference]), ...structured.all('AddtlRmtInf').map(textOf)];
}

function directionOf(element: XmlElement): Direction | undefined {
  const indicator = element.textAt('CdtDbtInd');
  if (indicator === null) return undefined;
  return indicator === 'DBIT' ? 'DEBIT' : 'CREDIT';
}

function isTrue(element: XmlElement, name: string): boolean {
  return ['true', '1'].includes(element.textAt(name) ?? '');
}

function references(...texts: (string | null)[]): string[] {
  return texts.filter((text): text is string => text !== null && !NO_REFERENCE.has(text.toUpperCase()));
}
