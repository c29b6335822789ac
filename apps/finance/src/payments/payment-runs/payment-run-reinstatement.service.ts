import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  confirmPaymentRunReinstatement,
  type PaymentRunView,
  proposePaymentRunReinstatement,
  rejectPaymentRunReinstatement,
} from '#contracts/finance';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import { PayoutPaymentService, type RunItem } from '../payouts/payout-payment.service';
import { BankAnswers } from './bank-answers.port';
import { act } from './payment-run.act';
import { PaymentRun, type RunAct } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/**
 * The bank has carried out a run that was given up here. Two persons say so; from then on it is a run like any other that was sent, and
 * its debits are booked by the same rules. Alone, a cashier could let a payment pass that was meant to stop.
 */
@Injectable()
export class PaymentRunReinstatementService {
  constructor(
    private readonly payouts: PayoutPaymentService,
    private readonly answers: BankAnswers,
    private readonly clock: Clock,
  ) {}

  @act(proposePaymentRunReinstatement, { possible: (run) => run.assertCanProposeReinstatement() })
  propose(
    run: PaymentRun,
    { reason }: RequestOf<typeof proposePaymentRunReinstatement>,
    { call }: Act<undefined, void>,
  ): void {
    run.proposeReinstatement(this.said(call, reason));
  }

  @act(confirmPaymentRunReinstatement, {
    first: (self: PaymentRunReinstatementService, _, { tx }) => self.answers.lock(tx),
    possible: (run, { caller }) => run.assertCanReinstate(caller.subject),
  })
  async confirm(
    run: PaymentRun,
    { reason }: RequestOf<typeof confirmPaymentRunReinstatement>,
    { tx, call }: Act<undefined, void>,
  ): Promise<PaymentRun> {
    const proposer = run.reinstatementProposedBy ?? '';
    run.reinstate(this.said(call, reason));
    await tx.update(run);
    const items = await tx.query<RunItem>(
      'SELECT payout_id, end_to_end_id, amount_minor FROM payment_run_item WHERE payment_run_id = $1',
      [run.id],
    );
    const { id, createdBy, createdAt } = run;
    await this.payouts.sentAfterAll(tx, { id, createdBy, createdAt, items });
    await this.answers.follow(tx, {
      paymentRunId: run.id,
      accountIban: run.accountIban,
      messageId: run.messageId,
      endToEndIds: items.map(({ endToEndId }) => endToEndId),
      // Booking is the act of the cashier who proposed it; who checked or ordered does not book (BHO 77).
      by: proposer,
      correlationId: call.correlationId,
    });
    const [now] = await tx.select(PaymentRun, 'WHERE id = $1', [run.id]);
    return now ?? run;
  }

  @act(rejectPaymentRunReinstatement, { possible: (run) => run.assertReinstatementProposed() })
  reject(run: PaymentRun, _: RequestOf<typeof rejectPaymentRunReinstatement>): void {
    run.rejectReinstatement();
  }

  view(run: PaymentRun): PaymentRunView {
    return paymentRunView(run);
  }

  private said(call: Call, reason: string): RunAct {
    return { by: call.caller.subject, at: this.clock.now(), reason };
  }
}
