import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { returnToYear } from '../../commitments/commitments/commitment-years.service';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { type BoundPayee, orderHash } from './order-binding';
import { orderReference } from './order.rows';
import type { Payout } from './payout.entity';
import { orderVoided } from './payout.messages';

/** Whose doing it is, for the journal and the record of what was voided. */
export interface OrderActor {
  readonly by: string;
  readonly correlationId: string;
}

/** Takes orders back that nobody has sent; their money follows in the same transaction. */
@Injectable()
export class OrderVoidService {
  constructor(
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Takes the order of a locked payout back, with its money if it was complete; nothing happens without an order. */
  async void(tx: Tx, payout: Payout, reason: string, { by, correlationId }: OrderActor): Promise<void> {
    if (payout.orderedBy === null) return;
    const isPayable = payout.isOrdered();
    if (isPayable) {
      const { commitmentId, budgetYear: year, amountMinor } = payout;
      await returnToYear(tx, { commitmentId, year, amountMinor });
      await this.ledger.post(tx, {
        fundId: payout.fundId,
        kind: 'PAYOUT_ORDER_VOIDED',
        reference: orderReference(payout),
        effectiveOn: this.clock.today(),
        correlationId,
        lines: move(payout.budgetYear, payout.amountMinor, {
          from: 'payable',
          to: 'committed',
          category: payout.category,
        }),
      });
    }
    await tx.query(RECORD_VOIDED, [
      payout.id,
      payout.orderNumber,
      payout.orderedBy,
      payout.orderedAt,
      payout.secondOrderedBy,
      payout.secondOrderedAt,
      payout.orderHash,
      reason,
      by,
      this.clock.now(),
      isPayable ? payout.amountMinor : null,
    ]);
    payout.voidOrder();
    await tx.update(payout);
    this.outbox.append(tx, orderVoided(payout, reason));
  }

  /** Voids the orders among locked payouts of a payee that bound something else than what holds now. */
  async voidOutdated(tx: Tx, payouts: readonly Payout[], payee: BoundPayee, actor: OrderActor): Promise<void> {
    for (const payout of payouts) {
      if (payout.orderHash === null || payout.orderHash === orderHash(payout, payee)) continue;
      await this.void(tx, payout, 'payee, account, amount or purpose changed after the order', actor);
    }
  }
}

const RECORD_VOIDED = `
INSERT INTO payout_voided_order (payout_id, order_number, ordered_by, ordered_at, second_ordered_by, second_ordered_at,
  order_hash, reason, voided_by, voided_at, amount_minor)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
