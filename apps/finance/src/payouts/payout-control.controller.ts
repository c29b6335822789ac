import { Controller } from '@nestjs/common';
import {
  blockPayout,
  cancelPayout,
  listPayoutBlocks,
  type Page,
  type PayoutBlockView,
  type PayoutView,
  releasePayout,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { PayoutControlService } from './payout-control.service';

@Controller()
export class PayoutControlController {
  constructor(private readonly controls: PayoutControlService) {}

  @Handle(blockPayout)
  block(request: RequestOf<typeof blockPayout>, call: Call): Promise<PayoutView> {
    return this.controls.block(request, call);
  }

  @Handle(releasePayout)
  release(request: RequestOf<typeof releasePayout>, call: Call): Promise<PayoutView> {
    return this.controls.release(request, call);
  }

  @Handle(cancelPayout)
  cancel(request: RequestOf<typeof cancelPayout>, call: Call): Promise<PayoutView> {
    return this.controls.cancel(request, call);
  }

  @Handle(listPayoutBlocks)
  listBlocks(request: RequestOf<typeof listPayoutBlocks>): Promise<Page<PayoutBlockView>> {
    return this.controls.listBlocks(request);
  }
}
