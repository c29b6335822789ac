import { listPaymentRunActions } from '#contracts';
import { actsOn } from '#messaging';
import { PaymentRun } from './payment-run.entity';

export const act = actsOn({ entity: PaymentRun, actions: listPaymentRunActions });
