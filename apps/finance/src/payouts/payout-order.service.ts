import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { Ledger, move } from '../ledger/ledger';
import { signaturesFor } from '../payment-rules/payment-rule';
import { type BoundPayee, orderHash } from './order-binding';
import type { Payout } from './payout.entity';
import { orderVoided } from './payout.messages';

/** Whose doing it is, for the journal and the record of what was voided. */
export interface OrderActor {
  readonly by: string;
  readonly correlationId: string;
}

/** Orders payouts and takes orders back; the money follows in the same transaction. */
@Injectable()
export class PayoutOrderService {
  constructor(
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Signs for a person. With the last signature the money leaves the commitment's open part and the stage `committed`. */
  async sign(tx: Tx, payout: Payout, { by, correlationId }: OrderActor): Promise<boolean> {
    const payee = await boundPayee(tx, payout);
    const signatures = signaturesFor(payout.amountMinor, this.clock.today());
    const isOrdered = payout.order(by, this.clock.now(), { hash: orderHash(payout, payee), signatures });
    if (!isOrdered) return false;
    await tx.statement('commitment_year_order', DRAW_ON_COMMITMENT, [
      payout.commitmentId,
      payout.budgetYear,
      payout.amountMinor,
    ]);
    await this.ledger.post(tx, {
      fundId: payout.fundId,
      kind: 'PAYOUT_ORDERED',
      reference: referenceOf(payout),
      effectiveOn: this.clock.today(),
      correlationId,
      lines: move(payout.budgetYear, payout.amountMinor, {
        from: 'committed',
        to: 'payable',
        category: payout.category,
      }),
    });
    return true;
  }

  /** Takes the order of a locked payout back, with its money if it was complete; nothing happens without an order. */
  async void(tx: Tx, payout: Payout, reason: string, { by, correlationId }: OrderActor): Promise<void> {
    if (payout.orderedBy === null) return;
    if (payout.isOrdered()) {
      await tx.query(RETURN_TO_COMMITMENT, [payout.commitmentId, payout.budgetYear, payout.amountMinor]);
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

/** One posting per order: an order that was voided is posted again under its number. */
function referenceOf({ id, orderNumber }: Payout): string {
  return orderNumber === 1 ? id : `${id}/${orderNumber}`;
}

async function boundPayee(tx: Tx, { id, payeeId }: Payout): Promise<BoundPayee> {
  const [payee] = await tx.statement<BoundPayee>('payout_bound_payee', BOUND_PAYEE, [payeeId]);
  if (!payee) throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId: id, reason: 'PAYEE_MISSING' });
  return payee;
}

const BOUND_PAYEE = `
SELECT id, name, street, building_number AS "buildingNumber", post_code AS "postCode", town, country, iban,
  account_number AS "accountNumber", bic, account_holder AS "accountHolder", account_currency AS "accountCurrency"
FROM payee WHERE id = $1`;

// The table's CHECK keeps a commitment from drawing more than it bound: it cannot spend another one's money.
const DRAW_ON_COMMITMENT = `
UPDATE commitment_year SET ordered_minor = ordered_minor + $3 WHERE commitment_id = $1 AND year = $2`;
const RETURN_TO_COMMITMENT = `
UPDATE commitment_year SET ordered_minor = ordered_minor - $3 WHERE commitment_id = $1 AND year = $2`;
const RECORD_VOIDED = `
INSERT INTO payout_voided_order (payout_id, order_number, ordered_by, ordered_at, second_ordered_by, second_ordered_at,
  order_hash, reason, voided_by, voided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
