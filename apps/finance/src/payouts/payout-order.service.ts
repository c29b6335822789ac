import { Injectable } from '@nestjs/common';
import { AppError, type PayoutView } from '#contracts';
import { Database, entityColumns, type Tx } from '#database';
import { type Done, type GroupItem, orRefusal, Outbox } from '#messaging';
import { type Call, Clock } from '#platform';
import { returnToYear } from '../commitments/commitment-years';
import { Ledger, type LedgerEntry, move } from '../ledger/ledger';
import { assertVersion } from '../lock-for-act';
import { type BoundPayee, orderHash } from './order-binding';
import { boundPayees, drawOnCommitments, lockPayouts, signOrder, writeOrders } from './order-rows';
import { Payout } from './payout.entity';
import { ordered, orderVoided, payoutView } from './payout.messages';

/** Whose doing it is, for the journal and the record of what was voided. */
export interface OrderActor {
  readonly by: string;
  readonly correlationId: string;
}

/** Orders payouts and takes orders back; the money follows in the same transaction. */
@Injectable()
export class PayoutOrderService {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs for many persons at once, each a call of its own. With the last signature the money leaves the commitment's open part
   * and the stage `committed`, by an entry of its own in the journal. The state decides before the version.
   */
  async signAll(tx: Tx, signings: readonly GroupItem<string>[]): Promise<(Done<PayoutView> | AppError)[]> {
    const payouts = await lockPayouts(
      tx,
      entityColumns(this.database, Payout, 'p'),
      signings.map(({ input }) => input),
    );
    const payees = await boundPayees(tx, payouts.values());
    const signed = new Set<Payout>();
    const complete: { payout: Payout; correlationId: string; bookedBy: string }[] = [];
    const time = { at: this.clock.now(), today: this.clock.today() };
    const sign = (payoutId: string, call: Call): Done<PayoutView> => {
      const payout = payouts.get(payoutId);
      if (!payout) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      payout.assertCanBecome('ORDERED');
      assertVersion(payout, call.expectedVersion);
      const isOrdered = signOrder(payout, payees, { by: call.caller.subject, ...time });
      signed.add(payout);
      if (isOrdered) complete.push({ payout, correlationId: call.correlationId, bookedBy: call.caller.subject });
      return { reply: payoutView(payout), messages: isOrdered ? [ordered(payout)] : [] };
    };
    const outcomes = await Promise.all(signings.map(({ input, call }) => orRefusal(() => sign(input, call))));
    await writeOrders(tx, [...signed]);
    await drawOnCommitments(
      tx,
      complete.map(({ payout }) => payout),
    );
    await this.ledger.postAll(
      tx,
      complete.map((it) => ({ ...orderEntry(it.payout, it.correlationId, time.today), bookedBy: it.bookedBy })),
    );
    return outcomes;
  }

  /** Takes the order of a locked payout back, with its money if it was complete; nothing happens without an order. */
  async void(tx: Tx, payout: Payout, reason: string, { by, correlationId }: OrderActor): Promise<void> {
    if (payout.orderedBy === null) return;
    if (payout.isOrdered()) {
      const { commitmentId, budgetYear: year, amountMinor } = payout;
      await returnToYear(tx, { commitmentId, year, amountMinor });
      await this.ledger.post(tx, {
        fundId: payout.fundId,
        kind: 'PAYOUT_ORDER_VOIDED',
        reference: referenceOf(payout),
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

function orderEntry(payout: Payout, correlationId: string, today: string): LedgerEntry {
  const { fundId, budgetYear, amountMinor, category } = payout;
  return {
    fundId,
    kind: 'PAYOUT_ORDERED',
    reference: referenceOf(payout),
    effectiveOn: today,
    correlationId,
    lines: move(budgetYear, amountMinor, { from: 'committed', to: 'payable', category }),
  };
}

/** One posting per order: an order that was voided is posted again under its number. */
function referenceOf({ id, orderNumber }: Payout): string {
  return orderNumber === 1 ? id : `${id}/${orderNumber}`;
}

const RECORD_VOIDED = `
INSERT INTO payout_voided_order (payout_id, order_number, ordered_by, ordered_at, second_ordered_by, second_ordered_at,
  order_hash, reason, voided_by, voided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
