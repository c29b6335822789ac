import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  getPayout,
  listPayoutBlocks,
  listPayouts,
  type PayoutBlockView,
  type PayoutDetail,
  type PayoutView,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { readBankReturn } from './payout-return.reader';
import { PAYOUT_OWNERSHIP } from './payout.act';
import { Payout } from './payout.entity';
import { payoutView } from './payout.messages';

type BlockRow = Omit<PayoutBlockView, 'blockedAt' | 'releasedAt'> & { blockedAt: Date; releasedAt: Date | null };

/** Reads payouts and the history of what held them. */
@Injectable()
export class PayoutReader {
  constructor(private readonly database: Database) {}

  @Handle(getPayout)
  async get({ payoutId }: RequestOf<typeof getPayout>, call: Call): Promise<PayoutDetail> {
    const parameters: unknown[] = [payoutId];
    const [own] = visibleTo(call, PAYOUT_OWNERSHIP, parameters);
    const [row] =
      own === undefined
        ? await this.database.statement<Columns<Payout>>(
            'payout_get',
            `SELECT ${this.columns} FROM payout p WHERE p.id = $1`,
            parameters,
          )
        : await this.database.query<Columns<Payout>>(
            `SELECT ${this.columns} FROM ${PAYOUT_OWNERSHIP.from} WHERE p.id = $1 AND (${own})`,
            parameters,
          );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return { ...payoutView(row), ...(await readBankReturn(this.database, row, call.language ?? 'en')) };
  }

  @Handle(listPayouts)
  list({ limit, cursor, ...filter }: RequestOf<typeof listPayouts>, call: Call): Promise<Page<PayoutView>> {
    const filters = new Filters()
      .add('p.case_number = ?', filter.caseNumber)
      .add('p.fund_id = ?', filter.fundId)
      .add('p.commitment_id = ?', filter.commitmentId)
      .add('p.assignment_id = ?', filter.assignmentId)
      .add('p.payee_id = ?', filter.payeeId)
      .add('p.payment_run_id = ?', filter.paymentRunId)
      .add('p.status = ANY (?)', filter.status)
      .add('p.due_on >= ?', filter.dueOnFrom)
      .add('p.due_on < ?', filter.dueOnTo);
    const own = visibleTo(call, PAYOUT_OWNERSHIP, filters.parameters);
    return this.database.page<Columns<Payout>, PayoutView>({
      select: `SELECT ${this.columns} FROM ${own.length > 0 ? PAYOUT_OWNERSHIP.from : 'payout p'}`,
      where: [...filters.conditions, ...own],
      parameters: filters.parameters,
      sort: [{ key: 'dueOn', column: 'p.due_on', type: 'date' }],
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'payouts', ...filter },
      items: (rows) => rows.map(payoutView),
    });
  }

  @Handle(listPayoutBlocks)
  async listBlocks(request: RequestOf<typeof listPayoutBlocks>): Promise<Page<PayoutBlockView>> {
    const { payoutId, reason, limit, cursor } = request;
    await this.database.findOrFail(Payout, payoutId);
    const filters = new Filters().add('b.payout_id = ?', payoutId).add('b.reason = ANY (?)', reason);
    return this.database.page<BlockRow, PayoutBlockView>({
      select: `SELECT b.id, b.payout_id, b.reason, b.note, b.blocked_by, b.blocked_at, b.released_by, b.released_at,
        b.release_note FROM payout_block b`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'blockedAt', column: 'b.blocked_at', type: 'timestamptz', descending: true }],
      idColumn: 'b.id',
      limit,
      cursor,
      filterHash: { list: 'payout-blocks', payoutId, reason },
      items: (rows) =>
        rows.map((row) => ({
          ...row,
          blockedAt: row.blockedAt.toISOString(),
          releasedAt: row.releasedAt?.toISOString() ?? null,
        })),
    });
  }

  private get columns(): string {
    return entityColumns(this.database, Payout, 'p');
  }
}
