import { Injectable } from '@nestjs/common';
import { AppError, type Page, type ReplyOf, type RequestOf } from '#contracts';
import {
  getPaymentRun,
  getPaymentRunFile,
  listPaymentRuns,
  PAYMENT_FILE_PART_BYTES,
  type PaymentRunView,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { Handle } from '#platform';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/** Reads payment runs and their files. */
@Injectable()
export class PaymentRunReader {
  constructor(private readonly database: Database) {}

  @Handle(getPaymentRun)
  async get({ paymentRunId }: RequestOf<typeof getPaymentRun>): Promise<PaymentRunView> {
    return paymentRunView(await this.database.findOrFail(PaymentRun, paymentRunId));
  }

  /** The bytes as they were stored when the run was made, in parts that fit one answer. They are ASCII: no letter is cut. */
  @Handle(getPaymentRunFile)
  async file({
    paymentRunId,
    offset,
  }: RequestOf<typeof getPaymentRunFile>): Promise<ReplyOf<typeof getPaymentRunFile>> {
    const [row] = await this.database.query<{ fileName: string; bytes: Buffer; size: number }>(
      `SELECT run.file_name, substring(file.bytes FROM $2::int + 1 FOR ${PAYMENT_FILE_PART_BYTES}) AS bytes,
         length(file.bytes) AS size FROM payment_run run
       JOIN payment_run_file file ON file.payment_run_id = run.id WHERE run.id = $1`,
      [paymentRunId, offset],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const end = offset + row.bytes.length;
    const nextOffset = row.bytes.length > 0 && end < row.size ? end : null;
    return { mediaType: 'application/xml', fileName: row.fileName, body: row.bytes.toString('utf8'), nextOffset };
  }

  @Handle(listPaymentRuns)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listPaymentRuns>): Promise<Page<PaymentRunView>> {
    const filters = new Filters()
      .add('run.case_number = ?', filter.caseNumber)
      .add('run.fund_id = ?', filter.fundId)
      .add('run.status = ANY (?)', filter.status)
      .add(
        `(run.status = 'CANCELLED' AND run.reinstatement_proposed_by IS NOT NULL) = ?`,
        filter.isReinstatementProposed,
      )
      .add('run.execution_on < ?', filter.executionOnTo);
    return this.database.page<Columns<PaymentRun>, PaymentRunView>({
      select: `SELECT ${entityColumns(this.database, PaymentRun, 'run')} FROM payment_run run`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'run.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'run.id',
      limit,
      cursor,
      filterHash: { list: 'payment-runs', ...filter },
      items: (rows) => rows.map(paymentRunView),
    });
  }
}
