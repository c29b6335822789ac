import { Controller } from '@nestjs/common';
import { giveBackPayout, orderPayouts, type PayoutView, reissuePayout, type ReplyOf, type RequestOf } from '#contracts';
import { type Call, Handle } from '#platform';
import { CollectiveOrderService } from './collective-order.service';
import { PayoutReturnService } from './payout-return.service';

@Controller()
export class PayoutReturnController {
  constructor(
    private readonly returns: PayoutReturnService,
    private readonly orders: CollectiveOrderService,
  ) {}

  @Handle(reissuePayout)
  reissue({ payoutId }: RequestOf<typeof reissuePayout>, call: Call): Promise<PayoutView> {
    return this.returns.reissue(payoutId, call);
  }

  @Handle(giveBackPayout)
  giveBack({ payoutId }: RequestOf<typeof giveBackPayout>, call: Call): Promise<PayoutView> {
    return this.returns.giveBack(payoutId, call);
  }

  @Handle(orderPayouts)
  orderMany(request: RequestOf<typeof orderPayouts>, call: Call): Promise<ReplyOf<typeof orderPayouts>> {
    return this.orders.order(request, call);
  }
}
