import { Controller } from '@nestjs/common';
import {
  checkPayoutArithmetically,
  checkPayoutFactually,
  getPayout,
  listPayouts,
  orderPayout,
  type Page,
  type PayoutView,
  type ReplyOf,
  type RequestOf,
  runDue,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { DueRunService } from './due-run.service';
import { PayoutService } from './payout.service';

@Controller()
export class PayoutController {
  constructor(
    private readonly payouts: PayoutService,
    private readonly dueRuns: DueRunService,
  ) {}

  @Handle(getPayout)
  get({ payoutId }: RequestOf<typeof getPayout>, call: Call): Promise<PayoutView> {
    return this.payouts.get(payoutId, call);
  }

  @Handle(listPayouts)
  list(request: RequestOf<typeof listPayouts>, call: Call): Promise<Page<PayoutView>> {
    return this.payouts.list(request, call);
  }

  @Handle(runDue)
  runDue(request: RequestOf<typeof runDue>, call: Call): Promise<ReplyOf<typeof runDue>> {
    return this.dueRuns.run(request, call);
  }

  @Handle(checkPayoutFactually)
  checkFactually({ payoutId }: RequestOf<typeof checkPayoutFactually>, call: Call): Promise<PayoutView> {
    return this.payouts.checkFactually(payoutId, call);
  }

  @Handle(checkPayoutArithmetically)
  checkArithmetically({ payoutId }: RequestOf<typeof checkPayoutArithmetically>, call: Call): Promise<PayoutView> {
    return this.payouts.checkArithmetically(payoutId, call);
  }

  @Handle(orderPayout)
  order({ payoutId }: RequestOf<typeof orderPayout>, call: Call): Promise<PayoutView> {
    return this.payouts.order(payoutId, call);
  }
}
