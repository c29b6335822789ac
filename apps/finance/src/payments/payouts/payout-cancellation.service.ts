import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { cancelPayout, type PayoutView } from '#contracts/finance';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { withdrawFromPlan } from '../../commitments/commitments/commitment-plan.service';
import { releaseYears } from '../../commitments/commitments/commitment-years.service';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { OrderVoidService } from './order-void.service';
import { InstalmentPayoutService } from './instalment-payout.service';
import { act } from './payout.act';
import type { Payout } from './payout.entity';
import { cancelled, payoutView } from './payout.messages';

/** Cancels single payouts; what they would have taken goes back to the fund and leaves the plan for good. */
@Injectable()
export class PayoutCancellationService {
  constructor(
    private readonly orders: OrderVoidService,
    private readonly plans: InstalmentPayoutService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @act(cancelPayout, {
    // Whoever writes both starts with the commitment.
    first: (self: PayoutCancellationService, { payoutId }, { tx }) => self.plans.lockCommitmentOf(tx, payoutId),
    possible: (payout) => payout.assertCanCancel(),
    message: cancelled,
  })
  async cancel(
    payout: Payout,
    { reason }: RequestOf<typeof cancelPayout>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const by = call.caller.subject;
    await this.orders.void(tx, payout, `cancelled: ${reason}`, { by, correlationId: call.correlationId });
    payout.cancel();
    await tx.update(payout);
    await tx.query(
      'INSERT INTO payout_cancellation (payout_id, reason, cancelled_by, cancelled_at) VALUES ($1, $2, $3, $4)',
      [payout.id, reason, by, this.clock.now()],
    );
    const { commitmentId, budgetYear: year, amountMinor, instructedMinor } = payout;
    await withdrawFromPlan(tx, payout, { amountMinor, localMinor: instructedMinor ?? undefined });
    await releaseYears(tx, commitmentId, [{ year, amountMinor }]);
    await this.ledger.post(tx, {
      fundId: payout.fundId,
      kind: 'PAYOUT_CANCELLED',
      reference: payout.id,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines: move(payout.budgetYear, payout.amountMinor, {
        from: 'committed',
        to: 'available',
        category: payout.category,
      }),
    });
  }

  view(payout: Payout): PayoutView {
    return payoutView(payout);
  }
}
