import { AppError, fieldError, type Money, type RequestOf, toMinor } from '#contracts';
import type { InvoiceFinding, recordSupplierInvoice } from '#contracts/finance';
import { isIban, normalIban } from '../../budget/funds/account-number';
import { amountOf, creditorReferenceIn, type InvoiceTerms, isCreditNote } from './invoice-values';

type Request = RequestOf<typeof recordSupplierInvoice>;

/** What must hold of an invoice whatever document it came in. */
export function assertInvoice({ net, vat, prepaid, total, issuedOn, dueOn }: Request, today: string): void {
  if (issuedOn > today) throw fieldError('FINANCE_INVOICE_DATES_INVALID', '#/issuedOn', 'lies in the future');
  if (dueOn < issuedOn)
    throw fieldError('FINANCE_INVOICE_DATES_INVALID', '#/dueOn', 'lies before the day of the invoice');
  if (minorOf(net) + minorOf(vat) - (prepaid ? minorOf(prepaid) : 0n) !== minorOf(total)) {
    throw fieldError('FINANCE_INVOICE_TOTAL_MISMATCH', '#/total', 'is not net and VAT less what was paid before');
  }
}

/** An invoice that asks for money on another account is how most invoice fraud begins. */
export function assertAccount({ iban }: InvoiceTerms, payeeIban: string | null): void {
  if (iban === null || (payeeIban !== null && normalIban(iban) === normalIban(payeeIban))) return;
  throw new AppError('FINANCE_INVOICE_ACCOUNT_DIFFERS', { iban: normalIban(iban).slice(0, 42) });
}

/** Fields that were read and that a person confirmed with another value. */
export function typedOver(read: InvoiceTerms, request: Request): string[] {
  const isOther = (mine: string | undefined, its: string | null) => its !== null && (mine ?? '') !== its.trim();
  const isOtherAmount = (mine: Money, its: string | null) =>
    its !== null && amountOf(its, mine.currency)?.amount !== mine.amount;
  return Object.entries({
    number: isOther(request.number, read.number),
    issuedOn: isOther(request.issuedOn, read.issuedOn),
    dueOn: isOther(request.dueOn, read.dueOn),
    currency: isOther(request.total.currency, read.currency),
    net: isOtherAmount(request.net, read.net),
    vat: isOtherAmount(request.vat, read.vat),
    total: isOtherAmount(request.total, read.total),
    buyerReference: isOther(request.buyerReference, read.buyerReference),
    paymentReference: isOther(request.paymentReference, read.paymentReference),
  }).flatMap(([field, differs]) => (differs ? [field] : []));
}

/** What a person has to look at, as far as the document alone tells it. */
export function findingsIn(terms: InvoiceTerms): InvoiceFinding[] {
  const { currency, net, vat, prepaid, rounding, total, iban, payeeName, supplier } = terms;
  if (terms.format === 'NONE') return [];
  const [of, and, before, rounded, due] = [net, vat, prepaid ?? '0', rounding ?? '0', total].map((text) =>
    amountOf(text, currency),
  );
  const isReadable = of && and && before && rounded && due;
  const sum = isReadable ? minorOf(of) + minorOf(and) - minorOf(before) + minorOf(rounded) : 0n;
  return [
    ...(isCreditNote(terms) ? (['CREDIT_NOTE'] as const) : []),
    ...(isReadable ? [] : (['AMOUNT_UNREADABLE'] as const)),
    ...(isReadable && sum !== minorOf(due) ? (['TOTALS_CONTRADICT'] as const) : []),
    ...(iban !== null && !isIban(normalIban(iban)) ? (['ACCOUNT_INVALID'] as const) : []),
    ...(payeeName !== null && payeeName !== supplier?.name ? (['OTHER_PAYEE'] as const) : []),
  ];
}

/** What the payee reads on the payment: its own reference first, where that is words. One of ISO 11649 goes structured. */
export function purposeOf({ number, paymentReference }: Request): string {
  const isInWords = paymentReference !== undefined && paymentReference !== number;
  const reference = isInWords && creditorReferenceIn(paymentReference) === null ? `${paymentReference} ` : '';
  return `${reference}Rechnung ${number}`;
}

function minorOf(money: Money): bigint {
  return toMinor(money).amountMinor;
}
