import { Injectable } from '@nestjs/common';
import { type Page, type RequestOf, toMoney } from '#contracts';
import { listPayoutReturns, type PayoutReturnView } from '#contracts/finance';
import { Database, Filters } from '#database';
import { Handle } from '#platform';

interface ReturnRow extends Pick<PayoutReturnView, 'id' | 'fundId' | 'assignmentId' | 'payeeId' | 'instalment'> {
  readonly kind: PayoutReturnView['kind'];
  readonly paidMinor: bigint;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly occurredOn: string;
  readonly settledAs: 'REISSUED' | 'GIVEN_BACK' | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

/** Reads what came back of payouts, and what became of that money. */
@Injectable()
export class PayoutReturnReader {
  constructor(private readonly database: Database) {}

  @Handle(listPayoutReturns)
  list({ limit, cursor, ...filter }: RequestOf<typeof listPayoutReturns>): Promise<Page<PayoutReturnView>> {
    const filters = new Filters()
      .add('r.payout_id = ?', filter.payoutId)
      .add('r.fund_id = ?', filter.fundId)
      .add('(r.settled_as IS NOT NULL) = ?', filter.isSettled);
    return this.database.page<ReturnRow, PayoutReturnView>({
      select: `SELECT p.id, p.fund_id, p.assignment_id, p.payee_id, p.instalment, r.kind, p.amount_minor AS paid_minor,
        r.amount_minor, p.currency, r.reason, r.occurred_on, r.settled_as, r.settled_by, r.settled_at
        FROM payout_return r JOIN payout p ON p.id = r.payout_id`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'occurredOn', column: 'r.occurred_on', type: 'date' }],
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'payout-returns', ...filter },
      items: (rows) => rows.map(payoutReturnView),
    });
  }
}

function payoutReturnView(row: ReturnRow): PayoutReturnView {
  const { paidMinor, amountMinor, currency, settledAs, settledBy, settledAt, ...view } = row;
  const isSettled = settledAs !== null && settledBy !== null && settledAt !== null;
  return {
    ...view,
    paid: toMoney(paidMinor, currency),
    amount: toMoney(amountMinor, currency),
    settlement: isSettled ? { as: settledAs, by: settledBy, at: settledAt.toISOString() } : null,
  };
}
