import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { blockPayout, type PayoutView, releasePayout } from '#contracts/finance';
import type { Act } from '#messaging';
import { type Hold, PayoutHoldService } from './payout-hold.service';
import { PayoutPlanService } from './payout-plan.service';
import { act } from './payout.act';
import type { Payout } from './payout.entity';
import { payoutView } from './payout.messages';

/** What a person may lift; the others wait for a confirmed account or a screening. */
const BY_HAND: readonly Hold[] = ['MANUAL', 'DUPLICATE_SUSPECTED'];

/** Stops payouts by hand and lets them go on. */
@Injectable()
export class PayoutControlService {
  constructor(
    private readonly holds: PayoutHoldService,
    private readonly plans: PayoutPlanService,
  ) {}

  @act(blockPayout, { possible: (payout) => payout.assertCanHold() })
  async block(payout: Payout, { reason }: RequestOf<typeof blockPayout>, { tx, call }: Act): Promise<void> {
    const open = await this.holds.openHolds(tx, payout.id);
    if (open.some((hold) => hold.reason === 'MANUAL')) {
      throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId: payout.id, reason: 'MANUAL' });
    }
    await this.holds.hold(tx, payout, 'MANUAL', { by: call.caller.subject, note: reason });
  }

  @act(releasePayout, { possible: (payout, { caller }) => payout.assertCanRelease(caller.subject) })
  async release(payout: Payout, { reason }: RequestOf<typeof releasePayout>, { tx, call }: Act): Promise<void> {
    const by = call.caller.subject;
    const open = (await this.holds.openHolds(tx, payout.id)).filter((hold) => BY_HAND.includes(hold.reason));
    if (open.length === 0) {
      throw new AppError('FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE', { payoutId: payout.id, reason: payout.blocked });
    }
    if (open.some((hold) => hold.blockedBy === by)) {
      throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId: payout.id });
    }
    payout.releaseBy(by);
    await this.holds.lift(tx, payout, BY_HAND, { by, note: reason });
    if (payout.status === 'PLANNED') await this.plans.takeDue(tx, payout);
  }

  view(payout: Payout): PayoutView {
    return payoutView(payout);
  }
}
