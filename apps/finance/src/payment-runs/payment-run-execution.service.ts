import { Injectable } from '@nestjs/common';
import type { bookPaymentRun, cancelPaymentRun, PaymentRunStatus, PaymentRunView, RequestOf } from '#contracts';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock } from '#platform';
import { Ledger, move } from '../ledger/ledger';
import { lockForAct } from '../lock-for-act';
import { type EndToEndIds, PayoutPaymentService } from '../payouts/payout-payment.service';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/** What happens to a run once its file is made: it goes to the bank, and is booked by hand where no statement file comes. */
@Injectable()
export class PaymentRunExecutionService {
  constructor(
    private readonly commands: Commands,
    private readonly payouts: PayoutPaymentService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The file went to the bank: from here it is never sent again by itself. */
  send(paymentRunId: string, call: Call): Promise<PaymentRunView> {
    return this.commands.run(call, async (tx) => {
      const run = await lockRun(tx, paymentRunId, 'SENT', call);
      run.send();
      await this.payouts.send(tx, run.id, await readItems(tx, run.id));
      await tx.update(run);
      return paymentRunView(run);
    });
  }

  /** The file never goes to the bank: its payouts are ordered again, free for another run. */
  cancel({ paymentRunId, reason }: RequestOf<typeof cancelPaymentRun>, call: Call): Promise<PaymentRunView> {
    const by = call.caller.subject;
    return this.commands.run(call, async (tx) => {
      const run = await lockRun(tx, paymentRunId, 'CANCELLED', call);
      run.cancel(by, this.clock.now(), reason);
      await this.payouts.takeOutOfRun(tx, run.id, by);
      await tx.update(run);
      return paymentRunView(run);
    });
  }

  book(request: RequestOf<typeof bookPaymentRun>, call: Call): Promise<PaymentRunView> {
    const { paymentRunId, bookedOn, statementReference } = request;
    return this.commands.run(call, async (tx) => {
      const run = await lockRun(tx, paymentRunId, 'BOOKED', call);
      run.book(bookedOn, statementReference);
      const booking = { paymentRunId, by: call.caller.subject, bookedOn };
      const sums = await this.payouts.book(tx, booking, await readItems(tx, run.id));
      await this.ledger.post(tx, {
        fundId: run.fundId,
        kind: 'PAYMENT_BOOKED',
        reference: run.id,
        effectiveOn: bookedOn,
        correlationId: call.correlationId,
        lines: sums.flatMap(({ budgetYear, category, amountMinor }) =>
          move(budgetYear, amountMinor, { from: 'payable', to: 'paid', category }),
        ),
      });
      await tx.update(run);
      return paymentRunView(run);
    });
  }
}

function lockRun(tx: Tx, id: string, next: PaymentRunStatus, { expectedVersion }: Call): Promise<PaymentRun> {
  return lockForAct(tx, PaymentRun, { id, expectedVersion, assertPossible: (run) => run.assertCanBecome(next) });
}

async function readItems(tx: Tx, paymentRunId: string): Promise<EndToEndIds> {
  const rows = await tx.query<{ payoutId: string; endToEndId: string }>(
    `SELECT payout_id AS "payoutId", end_to_end_id AS "endToEndId" FROM payment_run_item WHERE payment_run_id = $1`,
    [paymentRunId],
  );
  return new Map(rows.map((row) => [row.payoutId, row.endToEndId]));
}
