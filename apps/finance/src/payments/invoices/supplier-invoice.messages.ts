import { toMoney } from '#contracts';
import type { SupplierInvoiceView } from '#contracts/finance';
import type { Columns } from '#database';
import type { SupplierInvoice } from './supplier-invoice.entity';

export function supplierInvoiceView(
  invoice: Columns<SupplierInvoice>,
  more: Pick<SupplierInvoiceView, 'document' | 'payouts'>,
): SupplierInvoiceView {
  const { currency } = invoice;
  return {
    id: invoice.id,
    version: invoice.version,
    fundId: invoice.fundId,
    budgetYear: invoice.budgetYear,
    category: invoice.category,
    subject: invoice.subject,
    payeeId: invoice.payeeId,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    net: toMoney(invoice.netMinor, currency),
    vat: toMoney(invoice.vatMinor, currency),
    prepaid: toMoney(invoice.prepaidMinor, currency),
    total: toMoney(invoice.totalMinor, currency),
    buyerReference: invoice.buyerReference,
    paymentReference: invoice.paymentReference,
    creditorReference: invoice.creditorReference,
    assignmentId: invoice.assignmentId,
    eventId: invoice.eventId,
    document: more.document,
    format: invoice.format,
    typedOver: invoice.typedOver,
    recordedBy: invoice.recordedBy,
    recordedAt: invoice.recordedAt.toISOString(),
    payouts: more.payouts,
  };
}
