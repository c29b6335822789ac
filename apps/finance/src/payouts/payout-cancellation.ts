import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { releaseYears } from '../commitments/commitment-years';
import { Ledger, move } from '../ledger/ledger';
import { type OrderActor, PayoutOrderService } from './payout-order.service';
import { PayoutReplanService } from './payout-replan.service';
import type { Payout } from './payout.entity';
import { cancelled } from './payout.messages';

/** Cancels single payouts; what they would have taken goes back to the fund and leaves the plan for good. */
@Injectable()
export class PayoutCancellation {
  constructor(
    private readonly orders: PayoutOrderService,
    private readonly plans: PayoutReplanService,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Comes before the payout itself is locked: whoever writes both starts with the commitment. */
  lockCommitmentOf(tx: Tx, payoutId: string): Promise<void> {
    return this.plans.lockCommitmentOf(tx, payoutId);
  }

  async cancel(tx: Tx, payout: Payout, reason: string, actor: OrderActor): Promise<void> {
    if ((payout.resumeStatus ?? payout.status) === 'IN_RUN') {
      throw new AppError('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED', {
        payoutId: payout.id,
        from: 'IN_RUN',
        to: 'CANCELLED',
      });
    }
    if (['ORDERED', 'ARITHMETICALLY_CHECKED', 'BLOCKED'].includes(payout.status)) {
      await this.orders.void(tx, payout, `cancelled: ${reason}`, actor);
    }
    payout.cancel();
    await tx.update(payout);
    await tx.query(
      'INSERT INTO payout_cancellation (payout_id, reason, cancelled_by, cancelled_at) VALUES ($1, $2, $3, $4)',
      [payout.id, reason, actor.by, this.clock.now()],
    );
    await this.plans.withdraw(tx, payout, payout.amountMinor);
    const { commitmentId, budgetYear: year, amountMinor } = payout;
    await releaseYears(tx, commitmentId, [{ year, amountMinor }]);
    await this.ledger.post(tx, {
      fundId: payout.fundId,
      kind: 'PAYOUT_CANCELLED',
      reference: payout.id,
      effectiveOn: this.clock.today(),
      correlationId: actor.correlationId,
      lines: move(payout.budgetYear, payout.amountMinor, {
        from: 'committed',
        to: 'available',
        category: payout.category,
      }),
    });
    this.outbox.append(tx, cancelled(payout));
  }
}
