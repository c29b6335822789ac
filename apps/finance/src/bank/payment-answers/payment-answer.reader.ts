import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { getPaymentAnswer, listPaymentAnswers, type PaymentAnswerView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { type Call, Handle } from '#platform';
import { PaymentAnswer } from './payment-answer.entity';
import { paymentAnswerView } from './payment-answer.messages';

/** Reads what the bank answered on single payments. */
@Injectable()
export class PaymentAnswerReader {
  constructor(private readonly database: Database) {}

  @Handle(getPaymentAnswer)
  async get({ paymentAnswerId }: RequestOf<typeof getPaymentAnswer>, { language }: Call): Promise<PaymentAnswerView> {
    return paymentAnswerView(await this.database.findOrFail(PaymentAnswer, paymentAnswerId), language);
  }

  @Handle(listPaymentAnswers)
  list(
    { limit, cursor, ...filter }: RequestOf<typeof listPaymentAnswers>,
    { language }: Call,
  ): Promise<Page<PaymentAnswerView>> {
    const filters = new Filters()
      .add('a.state = ANY (?)', filter.state)
      .add('a.status = ANY (?)', filter.status)
      .add('a.payment_run_id = ?', filter.paymentRunId)
      // The verdict on a name is that of each payout of its transfer.
      .add(
        `(a.payout_id = ? OR a.status NOT IN ('RJCT', 'CANC') AND EXISTS (SELECT FROM payment_run_item i
          WHERE i.end_to_end_id = a.end_to_end_id AND i.payout_id = ?))`,
        filter.payoutId,
      )
      .add('a.payee_id = ?', filter.payeeId)
      .add('a.bank_message_id = ?', filter.bankMessageId);
    return this.database.page<Columns<PaymentAnswer>, PaymentAnswerView>({
      select: `SELECT ${entityColumns(this.database, PaymentAnswer, 'a')} FROM payment_answer a`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'receivedAt', column: 'a.received_at', type: 'timestamptz', descending: true }],
      idColumn: 'a.id',
      limit,
      cursor,
      filterHash: { list: 'payment-answers', ...filter },
      items: (rows) => rows.map((row) => paymentAnswerView(row, language)),
    });
  }
}
