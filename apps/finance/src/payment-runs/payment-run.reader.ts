import { Injectable } from '@nestjs/common';
import {
  AppError,
  type getPaymentRunFile,
  type listPaymentRuns,
  type Page,
  type PaymentRunView,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { Database } from '#database';
import { type Columns, entityColumns } from '../entity-columns';
import { Filters } from '../filters';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/** Reads payment runs and their files. */
@Injectable()
export class PaymentRunReader {
  constructor(private readonly database: Database) {}

  async get(paymentRunId: string): Promise<PaymentRunView> {
    return paymentRunView(await this.database.findOrFail(PaymentRun, paymentRunId));
  }

  /** The bytes as they were stored when the run was made. */
  async file(paymentRunId: string): Promise<ReplyOf<typeof getPaymentRunFile>> {
    const [row] = await this.database.query<{ fileName: string; bytes: Buffer }>(
      `SELECT run.file_name AS "fileName", file.bytes FROM payment_run run
       JOIN payment_run_file file ON file.payment_run_id = run.id WHERE run.id = $1`,
      [paymentRunId],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return { mediaType: 'application/xml', fileName: row.fileName, body: row.bytes.toString('utf8') };
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listPaymentRuns>): Promise<Page<PaymentRunView>> {
    const filters = new Filters().add('run.fund_id = ?', filter.fundId).add('run.status = ANY (?)', filter.status);
    const page = await this.database.page<Columns<PaymentRun>>({
      select: `SELECT ${entityColumns(this.database, PaymentRun, 'run')} FROM payment_run run`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'run.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'run.id',
      limit,
      cursor,
      filterHash: { list: 'payment-runs', ...filter },
    });
    return { ...page, items: page.items.map(paymentRunView) };
  }
}
