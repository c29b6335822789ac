import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { bookPaymentRun, cancelPaymentRun, type PaymentRunView, sendPaymentRun } from '#contracts/finance';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { Ledger, moveByCategory } from '../../budget/ledger/ledger.service';
import { type EndToEndIds, PayoutPaymentService } from '../payouts/payout-payment.service';
import { PayoutSettlementService } from '../payouts/payout-settlement.service';
import { BankAnswers } from './bank-answers.port';
import { act } from './payment-run.act';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/** What happens to a run once its file is made: it goes to the bank, and is booked by hand where no statement file comes. */
@Injectable()
export class PaymentRunExecutionService {
  constructor(
    private readonly payouts: PayoutPaymentService,
    private readonly settlement: PayoutSettlementService,
    private readonly ledger: Ledger,
    private readonly answers: BankAnswers,
    private readonly clock: Clock,
  ) {}

  /** The file went to the bank: from here it is never sent again by itself. */
  @act(sendPaymentRun, {
    first: (self: PaymentRunExecutionService, _, { tx }) => self.answers.lock(tx),
    possible: (run) => run.assertCanSend(),
  })
  async send(
    run: PaymentRun,
    _: RequestOf<typeof sendPaymentRun>,
    { tx, call }: Act<undefined, void>,
  ): Promise<PaymentRun> {
    run.send(this.clock.now());
    await tx.update(run);
    const endToEndIds = await readItems(tx, run.id);
    await this.payouts.send(tx, run.id, endToEndIds);
    await this.answers.follow(tx, {
      paymentRunId: run.id,
      accountIban: run.accountIban,
      messageId: run.messageId,
      endToEndIds: [...endToEndIds.values()],
      by: call.caller.subject,
      correlationId: call.correlationId,
    });
    const [now] = await tx.select(PaymentRun, 'WHERE id = $1', [run.id]);
    return now ?? run;
  }

  /** The file never goes to the bank: its payouts are ordered again, free for another run. */
  @act(cancelPaymentRun, { possible: (run, { caller }) => run.assertCanCancel(caller.subject) })
  async cancel(run: PaymentRun, { reason }: RequestOf<typeof cancelPaymentRun>, { tx, call }: Act): Promise<void> {
    const by = call.caller.subject;
    run.cancel(by, this.clock.now(), reason);
    await this.payouts.takeOutOfRun(tx, run.id, by);
  }

  @act(bookPaymentRun, { possible: (run) => run.assertCanBookByHand() })
  async book(
    run: PaymentRun,
    { bookedOn, statementReference }: RequestOf<typeof bookPaymentRun>,
    { tx, call }: Act,
  ): Promise<void> {
    run.book(bookedOn, statementReference, this.clock.today());
    const payments = [...(await readItems(tx, run.id))].map(([payoutId, endToEndId]) => ({
      payoutId,
      endToEndId,
      paymentRunId: run.id,
    }));
    const booked = await this.settlement.book(tx, payments, { by: call.caller.subject, bookedOn });
    await this.ledger.post(tx, {
      fundId: run.fundId,
      kind: 'PAYMENT_BOOKED',
      reference: run.id,
      effectiveOn: bookedOn,
      correlationId: call.correlationId,
      lines: moveByCategory(booked, { from: 'payable', to: 'paid' }),
    });
  }

  view(run: PaymentRun): PaymentRunView {
    return paymentRunView(run);
  }
}

async function readItems(tx: Tx, paymentRunId: string): Promise<EndToEndIds> {
  const rows = await tx.query<{ payoutId: string; endToEndId: string }>(
    `SELECT payout_id, end_to_end_id FROM payment_run_item WHERE payment_run_id = $1`,
    [paymentRunId],
  );
  return new Map(rows.map((row) => [row.payoutId, row.endToEndId]));
}
