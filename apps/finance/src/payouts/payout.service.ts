import { Injectable } from '@nestjs/common';
import { AppError, type listPayouts, type Page, type PayoutStatus, type PayoutView, type RequestOf } from '#contracts';
import { type Columns, Database, entityColumns } from '#database';
import { type CommandGroup, Commands } from '#messaging';
import { type Call, Clock } from '#platform';
import { Filters } from '../filters';
import { lockForAct } from '../lock-for-act';
import { visibleTo } from '../object-scope';
import { PayoutOrderService } from './payout-order.service';
import { Payout } from './payout.entity';
import { payoutView } from './payout.messages';

const OWNERSHIP = { expertId: 'c.expert_id', municipalityId: 'c.employer_municipality_id' };

/** Reads payouts and carries out the acts on them; each act by another person. */
@Injectable()
export class PayoutService {
  // All orders of a fund move the same two accounts: those that come side by side share the wait for them.
  private readonly ordering: CommandGroup<string, PayoutView>;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    orders: PayoutOrderService,
  ) {
    this.ordering = commands.group((tx, signings) => orders.signAll(tx, signings));
  }

  async get(payoutId: string, call: Call): Promise<PayoutView> {
    const columns = entityColumns(this.database, Payout, 'p');
    const parameters: unknown[] = [payoutId];
    const [own] = visibleTo(call, OWNERSHIP, parameters);
    const [row] =
      own === undefined
        ? await this.database.statement<Columns<Payout>>(
            'payout_get',
            `SELECT ${columns} FROM payout p WHERE p.id = $1`,
            [payoutId],
          )
        : await this.database.query<Columns<Payout>>(
            `SELECT ${columns} FROM payout p JOIN commitment c ON c.id = p.commitment_id WHERE p.id = $1 AND (${own})`,
            parameters,
          );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return payoutView(row);
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listPayouts>, call: Call): Promise<Page<PayoutView>> {
    const filters = new Filters()
      .add('p.fund_id = ?', filter.fundId)
      .add('p.commitment_id = ?', filter.commitmentId)
      .add('p.assignment_id = ?', filter.assignmentId)
      .add('p.payee_id = ?', filter.payeeId)
      .add('p.payment_run_id = ?', filter.paymentRunId)
      .add('p.status = ANY (?)', filter.status)
      .add('p.due_on >= ?', filter.dueOnFrom)
      .add('p.due_on < ?', filter.dueOnTo);
    const own = visibleTo(call, OWNERSHIP, filters.parameters);
    const join = own.length > 0 ? 'JOIN commitment c ON c.id = p.commitment_id' : '';
    return this.database.page<Columns<Payout>, PayoutView>({
      select: `SELECT ${entityColumns(this.database, Payout, 'p')} FROM payout p ${join}`,
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

  checkFactually(payoutId: string, call: Call): Promise<PayoutView> {
    return this.check({ payoutId, next: 'FACTUALLY_CHECKED' }, call, (payout) => {
      payout.checkFactually(call.caller.subject, this.clock.now());
    });
  }

  checkArithmetically(payoutId: string, call: Call): Promise<PayoutView> {
    return this.check({ payoutId, next: 'ARITHMETICALLY_CHECKED' }, call, (payout) => {
      payout.checkArithmetically(call.caller.subject, this.clock.now());
    });
  }

  /** Signs the order; with the last signature that the amount asks for it is ordered, and told so. */
  order(payoutId: string, call: Call): Promise<PayoutView> {
    return this.ordering.run(call, payoutId);
  }

  private check(
    { payoutId, next }: { payoutId: string; next: PayoutStatus },
    call: Call,
    check: (payout: Payout) => void,
  ): Promise<PayoutView> {
    return this.commands.run(call, async (tx) => {
      const payout = await lockForAct(tx, Payout, {
        id: payoutId,
        expectedVersion: call.expectedVersion,
        assertPossible: (it) => it.assertCanBecome(next),
      });
      check(payout);
      await tx.update(payout);
      return payoutView(payout);
    });
  }
}
