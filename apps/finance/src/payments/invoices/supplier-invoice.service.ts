import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type RequestOf, yearOf } from '#contracts';
import { recordSupplierInvoice, type SupplierInvoiceView } from '#contracts/finance';
import type { Tx } from '#database';
import { documentName, DocumentStore } from '#documents';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { findFund } from '../../budget/funds/fund.reader';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';
import { ExpensePayoutService } from '../payouts/expense-payout.service';
import { type PayeeFacts, PayeeReader } from '../payees/payee.reader';
import { InvoiceReadingService } from './invoice-reading.service';
import { assertAccount, assertInvoice, purposeOf, typedOver } from './invoice-rules';
import { creditorReferenceIn, type InvoiceTerms } from './invoice-values';
import { SupplierInvoice } from './supplier-invoice.entity';
import { supplierInvoiceView } from './supplier-invoice.messages';
import { standingInvoice } from './supplier-invoice.rows';

type Request = RequestOf<typeof recordSupplierInvoice>;

/** Takes an invoice that a person has confirmed: binds its money and begins its payment, in one transaction. */
@Injectable()
export class SupplierInvoiceService {
  constructor(
    private readonly commands: Commands,
    private readonly documents: DocumentStore,
    private readonly readings: InvoiceReadingService,
    private readonly payees: PayeeReader,
    private readonly payouts: ExpensePayoutService,
    private readonly clock: Clock,
  ) {}

  @Handle(recordSupplierInvoice)
  async record(request: Request, call: Call): Promise<SupplierInvoiceView> {
    assertInvoice(request, this.clock.today());
    // Read again: what a browser says that it read is nobody's evidence.
    const read = await this.termsOf(request.documentId, call);
    return this.commands.run(call, async (tx) => {
      const payee = await this.payeeOf(tx, request.payeeId);
      assertAccount(read, payee.iban);
      await this.refuseDuplicate(tx, request);
      const invoice = await this.invoiceOf(tx, request, { read, by: call.caller.subject });
      const document = await this.documents.use(tx, request.documentId, `supplier-invoice ${invoice.id}`, call);
      await this.payouts.pay(
        tx,
        {
          id: invoice.id,
          fundId: invoice.fundId,
          budgetYear: invoice.budgetYear,
          category: invoice.category,
          currency: invoice.currency,
          dueOn: invoice.dueOn,
          assignmentId: invoice.assignmentId,
          creditorReference: invoice.creditorReference,
          source: 'INVOICE',
          payee,
          amountMinor: invoice.totalMinor,
          reference: `invoice ${invoice.number}`,
          purpose: purposeOf(request),
        },
        call,
      );
      await tx.insert(invoice);
      const payouts = (await payoutsOfExpenses(tx, [invoice.id])).get(invoice.id);
      assert(payouts, 'an invoice without its payment');
      return supplierInvoiceView(invoice, { document: documentName(document), payouts });
    });
  }

  private async termsOf(documentId: string, call: Call): Promise<InvoiceTerms> {
    const document = await this.documents.findToUse(documentId, call);
    return this.readings.terms(document, call);
  }

  private async payeeOf(tx: Tx, payeeId: string): Promise<PayeeFacts> {
    const payee = (await this.payees.findAll(tx, [payeeId])).get(payeeId);
    if (!payee) throw fieldError('FINANCE_EXPENSE_PAYEE_UNKNOWN', '#/payeeId', 'is not registered');
    return payee;
  }

  /** Two persons may have the same invoice before them at once: one after the other for a supplier. */
  private async refuseDuplicate(tx: Tx, { payeeId, number }: Request): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.invoice.' || $1, 0))`, [payeeId]);
    const supplierInvoiceId = await standingInvoice(tx, { payeeId, number });
    if (supplierInvoiceId !== undefined) throw new AppError('FINANCE_INVOICE_DUPLICATE', { supplierInvoiceId });
  }

  private async invoiceOf(
    tx: Tx,
    request: Request,
    { read, by }: { read: InvoiceTerms; by: string },
  ): Promise<SupplierInvoice> {
    const fund = await findFund(tx, request.fundId);
    await this.payouts.assertAssignmentKnown(tx, request.assignmentId);
    await assertEventKnown(tx, request.eventId);
    const { category, subject, payeeId, number, issuedOn, dueOn } = request;
    const today = this.clock.today();
    return Object.assign(new SupplierInvoice(), {
      id: request.id ?? newId(),
      version: 1,
      fundId: fund.id,
      // What is paid belongs to the year in which it is paid (BHO 72): not before it is due, and not before today.
      budgetYear: yearOf(dueOn < today ? today : dueOn),
      category,
      subject,
      payeeId,
      number,
      issuedOn,
      dueOn,
      currency: fund.currency,
      netMinor: fund.minorOf(request.net),
      vatMinor: fund.minorOf(request.vat),
      prepaidMinor: request.prepaid ? fund.minorOf(request.prepaid) : 0n,
      totalMinor: fund.minorOf(request.total),
      buyerReference: request.buyerReference ?? null,
      paymentReference: request.paymentReference ?? null,
      creditorReference: creditorReferenceIn(request.paymentReference),
      assignmentId: request.assignmentId ?? null,
      eventId: request.eventId ?? null,
      documentId: request.documentId,
      format: read.format,
      typedOver: typedOver(read, request),
      recordedBy: by,
      recordedAt: this.clock.now(),
    });
  }
}

async function assertEventKnown(tx: Tx, eventId: string | undefined): Promise<void> {
  if (eventId === undefined) return;
  const known = await tx.query('SELECT FROM event_copy WHERE id = $1', [eventId]);
  if (known.length === 0) throw fieldError('FINANCE_EXPENSE_EVENT_UNKNOWN', '#/eventId', 'is not known as published');
}
