import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  confirmPaymentAnswerSettlement,
  type PaymentAnswerView,
  proposePaymentAnswerSettlement,
  rejectPaymentAnswerSettlement,
} from '#contracts/finance';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { lockBank } from '../bank-entries/bank-entry-store.service';
import { act } from './payment-answer.act';
import type { PaymentAnswer } from './payment-answer.entity';
import { paymentAnswerView } from './payment-answer.messages';
import { PaymentAnswerService } from './payment-answer.service';

/** Two persons say what becomes of an answer that took no effect by itself. */
@Injectable()
export class PaymentAnswerSettlementService {
  constructor(
    private readonly answers: PaymentAnswerService,
    private readonly clock: Clock,
  ) {}

  @act(proposePaymentAnswerSettlement, { possible: (answer) => answer.assertCanBecome('PROPOSED') })
  propose(answer: PaymentAnswer, { reason }: RequestOf<typeof proposePaymentAnswerSettlement>, { call }: Act): void {
    answer.propose({ by: call.caller.subject, at: this.clock.now(), reason });
  }

  @act(confirmPaymentAnswerSettlement, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possible: (answer, { caller }) => answer.assertCanConfirm(caller.subject),
  })
  async confirm(
    answer: PaymentAnswer,
    { reason }: RequestOf<typeof confirmPaymentAnswerSettlement>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    answer.confirm({ by: call.caller.subject, at: this.clock.now(), reason });
    await tx.update(answer);
    if (answer.paymentRunId !== null) await this.answers.countNames(tx, answer.paymentRunId);
  }

  @act(rejectPaymentAnswerSettlement, { possible: (answer) => answer.assertCanBecome('OPEN') })
  reject(answer: PaymentAnswer, _: RequestOf<typeof rejectPaymentAnswerSettlement>): void {
    answer.reject();
  }

  view(answer: PaymentAnswer, { call }: Act): PaymentAnswerView {
    return paymentAnswerView(answer, call.language);
  }
}
