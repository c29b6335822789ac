import { z } from 'zod';
import { DocumentView } from '../document';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  MachineText,
  pageOf,
  pageQuery,
  Subject,
  Version,
  Written,
} from '../values';
import { CostCategory } from './cost-category';
import { FINANCE_READERS, Year } from './fund.operations';
import { PayoutStatus } from './payout.operations';

/** How a document holds its invoice. NONE: there is nothing that a machine could read, such as a scan. */
export const INVOICE_FORMATS = ['UBL', 'CII', 'NONE'] as const;
export const InvoiceFormat = z.enum(INVOICE_FORMATS).meta({
  id: 'InvoiceFormat',
  description:
    'UBL and CII: the two syntaxes of EN 16931, as XRechnung or in a PDF (ZUGFeRD, Factur-X). NONE: no machine can read it.',
});
export type InvoiceFormat = z.infer<typeof InvoiceFormat>;

/** What a person has to look at before the invoice is recorded. */
export const INVOICE_FINDINGS = [
  'CREDIT_NOTE',
  'TOTALS_CONTRADICT',
  'AMOUNT_UNREADABLE',
  'ACCOUNT_INVALID',
  'OTHER_PAYEE',
  'SUPPLIER_UNKNOWN',
  'DUPLICATE',
] as const;
export const InvoiceFinding = z.enum(INVOICE_FINDINGS).meta({
  id: 'InvoiceFinding',
  description:
    'CREDIT_NOTE: it gives money back (type 381 and the like). TOTALS_CONTRADICT: net, VAT and amount due do not add up. OTHER_PAYEE: somebody else than the seller is to be paid (BG-10). SUPPLIER_UNKNOWN: no payee has its account. DUPLICATE: the invoice of that supplier and number was recorded.',
});
export type InvoiceFinding = z.infer<typeof InvoiceFinding>;

const PAYEES_SHOWN = 5;

/** The business terms (BT) of EN 16931 that a payment needs. */
export const InvoiceReading = z
  .strictObject({
    documentId: Id,
    format: InvoiceFormat,
    number: Written(100).nullable().meta({ description: 'BT-1' }),
    issuedOn: Day.nullable().meta({ description: 'BT-2' }),
    dueOn: Day.nullable().meta({ description: 'BT-9' }),
    currency: CurrencyCode.nullable().meta({ description: 'BT-5' }),
    supplier: z
      .strictObject({
        name: Written(140).nullable().meta({ description: 'BT-27' }),
        vatId: Written(50).nullable().meta({ description: 'BT-31' }),
        street: Written(140).nullable(),
        postCode: Written(50).nullable(),
        town: Written(140).nullable(),
        country: Written(2).nullable(),
      })
      .nullable(),
    payeeName: Written(140).nullable().meta({ description: 'BT-59; null: the seller is paid' }),
    iban: Written(42).nullable().meta({ description: 'BT-84' }),
    bic: Written(11).nullable().meta({ description: 'BT-86' }),
    net: Money.nullable().meta({ description: 'BT-109' }),
    vat: Money.nullable().meta({ description: 'BT-110' }),
    prepaid: Money.nullable().meta({ description: 'BT-113' }),
    total: Money.nullable().meta({ description: 'BT-115: what is due' }),
    buyerReference: Written(100).nullable().meta({ description: 'BT-10; to German authorities the Leitweg-ID' }),
    paymentReference: Written(140)
      .nullable()
      .meta({ description: 'BT-83: what the supplier wants to read on the payment' }),
    payees: z
      .array(z.strictObject({ id: Id, name: Written(70) }))
      .max(PAYEES_SHOWN)
      .meta({ description: 'Registered payees with the account of the invoice' }),
    duplicateOf: Id.nullable().meta({ description: 'The invoice that was recorded of the same supplier and number' }),
    findings: z.array(InvoiceFinding).max(INVOICE_FINDINGS.length),
  })
  .meta({
    id: 'InvoiceReading',
    description: 'What a machine reads in a document. A proposal: a person compares it with the document and confirms.',
  });
export type InvoiceReading = z.infer<typeof InvoiceReading>;

export const readInvoice = operation({
  subject: 'rpc.finance.invoice.read',
  http: { method: 'GET', path: '/documents/{documentId}/invoice' },
  summary: 'Read the invoice that a document holds, as a proposal',
  description:
    'XRechnung in UBL and CII, and PDF with one of them inside (ZUGFeRD, Factur-X). A document without is answered with the format NONE: what stands in it is typed.',
  request: z.strictObject({ documentId: Id }),
  reply: InvoiceReading,
  errors: ['FINANCE_INVOICE_UNREADABLE', 'FINANCE_FILE_LIMIT_EXCEEDED', 'FINANCE_FILE_READER_BUSY'],
  allow: grant('any', 'programme-officer', 'finance-officer', 'payment-orderer', 'auditor'),
  deadlineMs: 20_000,
});

const INVOICE_PAYOUTS_SHOWN = 20;

export const SupplierInvoiceView = z
  .strictObject({
    id: Id.meta({ description: 'Also of the commitment that binds its money' }),
    version: Version,
    fundId: Id,
    budgetYear: Year,
    category: CostCategory,
    subject: Written(140),
    payeeId: Id,
    number: Written(100),
    issuedOn: Day,
    dueOn: Day,
    net: Money,
    vat: Money,
    prepaid: Money,
    total: Money,
    buyerReference: Written(100).nullable(),
    paymentReference: Written(140).nullable(),
    creditorReference: Written(25).nullable().meta({
      description: 'The payment reference where it is one of ISO 11649 (RF…): it stands structured in the bank file',
    }),
    assignmentId: Id.nullable(),
    eventId: Id.nullable(),
    document: DocumentView.pick({ id: true, fileName: true, mediaType: true, sha256: true }),
    format: InvoiceFormat,
    typedOver: z
      .array(Written(40))
      .max(20)
      .meta({ description: 'Fields that a person confirmed with another value than the one that was read' }),
    recordedBy: Subject,
    recordedAt: Instant,
    payouts: z
      .array(z.strictObject({ id: Id, caseNumber: Written(20), status: PayoutStatus, amount: Money }))
      .max(INVOICE_PAYOUTS_SHOWN)
      .meta({ description: 'The payment, and what paid it again after it came back' }),
  })
  .meta({ id: 'SupplierInvoiceView', description: 'An invoice as a person confirmed it, and its payment.' });
export type SupplierInvoiceView = z.infer<typeof SupplierInvoiceView>;

export const recordSupplierInvoice = operation({
  subject: 'rpc.finance.supplier-invoice.record',
  http: {
    method: 'POST',
    path: '/supplier-invoices',
    success: 201,
    location: '/supplier-invoices/{id}',
    putById: true,
  },
  summary: 'Confirm an invoice: its money is bound, and its payment begins',
  description:
    'available -> committed in the budget year in which it falls due, refused without cover. The payment passes the four acts by four persons like any other and goes to the registered account of the payee: an invoice that names another account is refused until that account was changed by two persons. One supplier, one number: an invoice is recorded again only when its payment was cancelled.',
  request: z.strictObject({
    id: Id.optional(),
    documentId: Id,
    fundId: Id,
    category: CostCategory,
    subject: Line(140).meta({ description: 'What was bought, in words for whoever checks it' }),
    payeeId: Id,
    number: Line(100),
    issuedOn: Day,
    dueOn: Day,
    net: Money,
    vat: Money,
    prepaid: Money.optional().meta({ description: 'Paid before, such as by an advance invoice' }),
    total: PositiveMoney.meta({ description: 'What is due: net and VAT less what was paid before' }),
    buyerReference: Line(100).optional(),
    paymentReference: MachineText(140).optional(),
    assignmentId: Id.optional().meta({ description: 'The assignment that it was bought for' }),
    eventId: Id.optional().meta({
      description: 'The published event that it was bought for: room, interpreter, catering',
    }),
  }),
  reply: SupplierInvoiceView,
  errors: [
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_BUDGET_YEAR_UNKNOWN',
    'FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN',
    'FINANCE_EXPENSE_EVENT_UNKNOWN',
    'FINANCE_EXPENSE_PAYEE_UNKNOWN',
    'FINANCE_FILE_LIMIT_EXCEEDED',
    'FINANCE_FILE_READER_BUSY',
    'FINANCE_INVOICE_ACCOUNT_DIFFERS',
    'FINANCE_INVOICE_DATES_INVALID',
    'FINANCE_INVOICE_DUPLICATE',
    'FINANCE_INVOICE_TOTAL_MISMATCH',
    'FINANCE_INVOICE_UNREADABLE',
    'FINANCE_LEDGER_NOT_COVERED',
    'PLATFORM_DOCUMENT_IN_USE',
    'PLATFORM_DOCUMENT_UNKNOWN',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'finance-officer'),
  idempotency: 'required',
  deadlineMs: 20_000,
});

export const getSupplierInvoice = operation({
  subject: 'rpc.finance.supplier-invoice.get',
  http: { method: 'GET', path: '/supplier-invoices/{supplierInvoiceId}' },
  summary: 'Read an invoice with its payment',
  request: z.strictObject({ supplierInvoiceId: Id }),
  reply: SupplierInvoiceView,
  allow: FINANCE_READERS,
});

export const listSupplierInvoices = operation({
  subject: 'rpc.finance.supplier-invoice.list',
  http: { method: 'GET', path: '/supplier-invoices' },
  summary: 'List invoices, newest first',
  request: z.strictObject({
    fundId: Id.optional(),
    payeeId: Id.optional(),
    assignmentId: Id.optional(),
    eventId: Id.optional(),
    ...pageQuery,
  }),
  reply: pageOf(SupplierInvoiceView),
  allow: FINANCE_READERS,
});
