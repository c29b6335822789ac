import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#platform';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { changeSetAside } from '../../commitments/commitments/commitment-plan.service';
import { orderFromYears, returnToYear } from '../../commitments/commitments/commitment-years.service';
import { Payout } from './payout.entity';

interface Booking {
  readonly effectiveOn: string;
  readonly correlationId: string;
}

/**
 * What the bank's debit of a payment in another currency did not take of what was set aside for it: free money again. Amount, plan,
 * bound money of the year and ledger change together. Source: docs/domain.md#local-contracts-in-their-currency.
 */
@Injectable()
export class ExchangeDifferenceService {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The bank has debited these amounts, which are at most what was set aside; the caller has locked commitments and payouts. */
  async settle(
    tx: Tx,
    debits: readonly { readonly payoutId: string; readonly debitedMinor: bigint }[],
    booking: Booking,
  ): Promise<void> {
    for (const { payoutId, debitedMinor } of debits) {
      const payout = await tx.lockOrFail(Payout, payoutId);
      const leftMinor = payout.amountMinor - debitedMinor;
      assert(leftMinor >= 0n, 'more was debited than was set aside');
      if (leftMinor > 0n) await this.book(tx, payout, leftMinor, booking);
    }
  }

  /** Sets the same aside again, as their debits were none; FINANCE_LEDGER_NOT_COVERED where it is not free any more. */
  async takeBack(
    tx: Tx,
    payoutIds: readonly string[],
    { reason, ...booking }: Booking & { reason: string },
  ): Promise<void> {
    for (const payoutId of payoutIds) {
      const [last] = await tx.query<{ number: number; amountMinor: bigint }>(
        'SELECT number, amount_minor FROM payout_exchange_difference WHERE payout_id = $1 ORDER BY number DESC LIMIT 1',
        [payoutId],
      );
      if (!last || last.amountMinor < 0n) continue;
      const payout = await tx.lockOrFail(Payout, payoutId);
      const entryId = await this.ledger.entryOf(tx, 'EXCHANGE_DIFFERENCE_BOOKED', `${payoutId}:${last.number}`);
      assert(entryId, 'a difference without its journal entry');
      await this.book(tx, payout, -last.amountMinor, { ...booking, reverses: { entryId, reason } });
    }
  }

  /** So much is free that was set aside, or (negative) set aside again. */
  private async book(
    tx: Tx,
    payout: Payout,
    freeMinor: bigint,
    { effectiveOn, correlationId, reverses }: Booking & { reverses?: { entryId: string; reason: string } },
  ): Promise<void> {
    const { id, commitmentId, fundId, budgetYear: year, category } = payout;
    const [{ number } = { number: 1 }] = await tx.query<{ number: number }>(
      `INSERT INTO payout_exchange_difference (payout_id, number, amount_minor, recorded_at)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3 FROM payout_exchange_difference WHERE payout_id = $1 RETURNING number`,
      [id, freeMinor, this.clock.now()],
    );
    payout.amountMinor -= freeMinor;
    await tx.update(payout);
    if (freeMinor > 0n) await returnToYear(tx, { commitmentId, year, amountMinor: freeMinor });
    await changeSetAside(tx, payout, -freeMinor);
    if (freeMinor < 0n) await orderFromYears(tx, [{ commitmentId, year, amountMinor: -freeMinor }]);
    await this.ledger.post(tx, {
      fundId,
      kind: reverses ? 'EXCHANGE_DIFFERENCE_REVERSED' : 'EXCHANGE_DIFFERENCE_BOOKED',
      reference: `${id}:${number}`,
      effectiveOn,
      correlationId,
      lines:
        freeMinor > 0n
          ? move(year, freeMinor, { from: 'payable', to: 'available', category })
          : move(year, -freeMinor, { from: 'available', to: 'payable', category }),
      ...(reverses && { reverses }),
    });
  }
}

/** What the debits of payouts left of what was set aside for them; those with nothing left are not in it. */
export async function freedOf(tx: Tx, payoutIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  if (payoutIds.length === 0) return new Map();
  const rows = await tx.query<{ payoutId: string; freedMinor: bigint }>(
    `SELECT payout_id, sum(amount_minor)::bigint AS freed_minor FROM payout_exchange_difference
     WHERE payout_id = ANY ($1::uuid[]) GROUP BY payout_id`,
    [payoutIds],
  );
  return new Map(rows.map(({ payoutId, freedMinor }) => [payoutId, freedMinor]));
}
