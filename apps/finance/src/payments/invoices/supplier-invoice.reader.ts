import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { getSupplierInvoice, listSupplierInvoices, type SupplierInvoiceView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { DocumentStore } from '#documents';
import { Handle } from '#platform';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';
import { SupplierInvoice } from './supplier-invoice.entity';
import { supplierInvoiceView } from './supplier-invoice.messages';

/** Reads invoices with what became of them. */
@Injectable()
export class SupplierInvoiceReader {
  constructor(
    private readonly database: Database,
    private readonly documents: DocumentStore,
  ) {}

  @Handle(getSupplierInvoice)
  async get({ supplierInvoiceId }: RequestOf<typeof getSupplierInvoice>): Promise<SupplierInvoiceView> {
    const rows = await this.database.query<Columns<SupplierInvoice>>(`${this.select()} WHERE i.id = $1`, [
      supplierInvoiceId,
    ]);
    const [view] = await this.views(rows);
    if (!view) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return view;
  }

  @Handle(listSupplierInvoices)
  list({ limit, cursor, ...filter }: RequestOf<typeof listSupplierInvoices>): Promise<Page<SupplierInvoiceView>> {
    const filters = new Filters()
      .add('i.fund_id = ?', filter.fundId)
      .add('i.payee_id = ?', filter.payeeId)
      .add('i.assignment_id = ?', filter.assignmentId)
      .add('i.event_id = ?', filter.eventId);
    return this.database.page<Columns<SupplierInvoice>, SupplierInvoiceView>({
      select: this.select(),
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'recordedAt', column: 'i.recorded_at', type: 'timestamptz', descending: true }],
      idColumn: 'i.id',
      limit,
      cursor,
      filterHash: { list: 'supplier-invoices', ...filter },
      items: (rows) => this.views(rows),
    });
  }

  private async views(rows: readonly Columns<SupplierInvoice>[]): Promise<SupplierInvoiceView[]> {
    const documents = await this.documents.named(rows.map(({ documentId }) => documentId));
    const payouts = await payoutsOfExpenses(
      this.database,
      rows.map(({ id }) => id),
    );
    return rows.flatMap((row) => {
      const document = documents.get(row.documentId);
      return document ? [supplierInvoiceView(row, { document, payouts: payouts.get(row.id) ?? [] })] : [];
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, SupplierInvoice, 'i')} FROM supplier_invoice i`;
  }
}
