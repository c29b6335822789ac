import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type InvoiceReading, readInvoice } from '#contracts/finance';
import { Database } from '#database';
import { type Document, DocumentStore } from '#documents';
import { type Call, Handle } from '#platform';
import { normalIban } from '../../budget/funds/account-number';
import { FileParser } from '../../files/file-parsing/file-parser.service';
import { PayeeReader } from '../payees/payee.reader';
import { findingsIn } from './invoice-rules';
import { invoiceFile } from './invoice-file';
import { amountOf, type InvoiceTerms, NOTHING_READ } from './invoice-values';
import { standingInvoice } from './supplier-invoice.rows';

/** Reads what a document says of its invoice: a proposal for whoever confirms it. */
@Injectable()
export class InvoiceReadingService {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentStore,
    private readonly files: FileParser,
    private readonly payees: PayeeReader,
  ) {}

  @Handle(readInvoice)
  async read({ documentId }: RequestOf<typeof readInvoice>, call: Call): Promise<InvoiceReading> {
    const terms = await this.terms(await this.documents.find(documentId, call), call);
    const iban = terms.iban === null ? null : normalIban(terms.iban);
    const payees = iban === null ? [] : await this.payees.findByIban(this.database, iban);
    const duplicateOf = await this.duplicate(terms, payees);
    const amount = (text: string | null) => amountOf(text, terms.currency);
    return {
      documentId,
      format: terms.format,
      number: cut(terms.number, 100),
      issuedOn: terms.issuedOn,
      dueOn: terms.dueOn,
      currency: /^[A-Z]{3}$/.test(terms.currency ?? '') ? terms.currency : null,
      supplier: terms.supplier && {
        name: cut(terms.supplier.name, 140),
        vatId: cut(terms.supplier.vatId, 50),
        street: cut(terms.supplier.street, 140),
        postCode: cut(terms.supplier.postCode, 50),
        town: cut(terms.supplier.town, 140),
        country: cut(terms.supplier.country, 2),
      },
      payeeName: cut(terms.payeeName, 140),
      iban: cut(iban, 42),
      bic: cut(terms.bic, 11),
      net: amount(terms.net),
      vat: amount(terms.vat),
      prepaid: amount(terms.prepaid),
      total: amount(terms.total),
      buyerReference: cut(terms.buyerReference, 100),
      paymentReference: cut(terms.paymentReference, 140),
      payees: payees.map(({ id, name }) => ({ id, name })),
      duplicateOf,
      findings: [
        ...findingsIn(terms),
        ...(terms.format !== 'NONE' && payees.length === 0 ? (['SUPPLIER_UNKNOWN'] as const) : []),
        ...(duplicateOf === null ? [] : (['DUPLICATE'] as const)),
      ],
    };
  }

  /** What no machine reads anyway is not handed to one. */
  async terms(document: Pick<Document, 'mediaType' | 'sha256' | 'bytes'>, call: Call): Promise<InvoiceTerms> {
    if (document.mediaType.startsWith('image/')) return NOTHING_READ;
    return (await this.files.parse(invoiceFile, this.documents.read(document), call)).result;
  }

  private async duplicate({ number }: InvoiceTerms, payees: readonly { id: string }[]): Promise<string | null> {
    if (number === null) return null;
    for (const { id } of payees) {
      const standing = await standingInvoice(this.database, { payeeId: id, number: number.trim() });
      if (standing !== undefined) return standing;
    }
    return null;
  }
}

/** What stands in a document may be of any length and hold anything. */
function cut(text: string | null, max: number): string | null {
  const clean =
    text
      ?.replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .toWellFormed()
      .trim()
      .slice(0, max)
      .toWellFormed() ?? '';
  return clean === '' ? null : clean;
}
