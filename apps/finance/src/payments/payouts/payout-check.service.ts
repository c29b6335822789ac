import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { checkPayoutArithmetically, checkPayoutFactually, type PayoutView } from '#contracts/finance';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { act } from './payout.act';
import type { Payout } from './payout.entity';
import { payoutView } from './payout.messages';

/** The two checks before an order, each by another person. */
@Injectable()
export class PayoutCheckService {
  constructor(private readonly clock: Clock) {}

  @act(checkPayoutFactually, {
    possible: (payout, { caller }) => payout.assertCanBecome('FACTUALLY_CHECKED', caller.subject),
  })
  checkFactually(payout: Payout, _: RequestOf<typeof checkPayoutFactually>, { call }: Act): void {
    payout.checkFactually(call.caller.subject, this.clock.now());
  }

  @act(checkPayoutArithmetically, {
    possible: (payout, { caller }) => payout.assertCanBecome('ARITHMETICALLY_CHECKED', caller.subject),
  })
  checkArithmetically(payout: Payout, _: RequestOf<typeof checkPayoutArithmetically>, { call }: Act): void {
    payout.checkArithmetically(call.caller.subject, this.clock.now());
  }

  view(payout: Payout): PayoutView {
    return payoutView(payout);
  }
}
