import { listPaymentAnswerActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { PaymentAnswer } from './payment-answer.entity';

export const act = actsOn({ entity: PaymentAnswer, actions: listPaymentAnswerActions });
