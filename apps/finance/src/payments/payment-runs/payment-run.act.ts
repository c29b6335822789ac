import { listPaymentRunActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { PaymentRun } from './payment-run.entity';

export const act = actsOn({ entity: PaymentRun, actions: listPaymentRunActions });
