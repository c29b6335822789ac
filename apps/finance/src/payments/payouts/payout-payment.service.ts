import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { transition, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { Payout } from './payout.entity';
import { sent } from './payout.messages';

export type PayablePayout = Payout;

/** EndToEndId of each payout in a run. */
export type EndToEndIds = ReadonlyMap<string, string>;

const PUT_IN_RUN = transition(Payout, { to: 'IN_RUN' });
const TAKE_OUT_OF_RUN = transition(Payout, { from: ['IN_RUN'], to: 'ORDERED' });
const SEND = transition(Payout, { from: ['IN_RUN'], to: 'SENT' });

/** So many payouts are in memory at a time, whatever the size of the run. */
const PART_MAX = 500;

/** Moves the payouts of a payment run, all at once, and tells of each. */
@Injectable()
export class PayoutPaymentService {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Locks the payouts asked for, in whatever state, or all ordered ones of a fund, part by part in the order of their ids. Two
   * runs at once take no payout twice.
   */
  async *lockInParts(
    tx: Tx,
    { fundId, payoutIds }: { fundId: string; payoutIds?: readonly string[] },
  ): AsyncGenerator<PayablePayout[]> {
    const [condition, wanted] = payoutIds
      ? ['id = ANY ($1::uuid[])', payoutIds]
      : [`fund_id = $1::uuid AND status = 'ORDERED'`, fundId];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const part = await tx.select(Payout, `WHERE ${condition} AND id > $2 ORDER BY id LIMIT ${PART_MAX} FOR UPDATE`, [
        wanted,
        after,
      ]);
      const last = part.at(-1);
      if (!last) return;
      yield part;
      if (part.length < PART_MAX) return;
      after = last.id;
    }
  }

  async putInRun(tx: Tx, run: { paymentRunId: string; payoutIds: readonly string[]; by: string }): Promise<void> {
    await tx.moveAll(PUT_IN_RUN, {
      where: 'id = ANY ($1)',
      parameters: [run.payoutIds],
      set: { paymentRunId: run.paymentRunId, paidBy: run.by, paidAt: this.clock.now() },
    });
  }

  /** The run was given up. Held payouts stay held; refused to who ordered one of them: order and payment stay apart (BHO 77). */
  async takeOutOfRun(tx: Tx, paymentRunId: string, by: string): Promise<void> {
    const [own] = await tx.query<{ id: string }>(
      `SELECT id FROM (
         SELECT id, ordered_by, second_ordered_by FROM payout WHERE payment_run_id = $1 ORDER BY id FOR UPDATE
       ) AS locked WHERE $2 IN (ordered_by, second_ordered_by)`,
      [paymentRunId, by],
    );
    if (own) throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId: own.id });
    await tx.moveAll(TAKE_OUT_OF_RUN, {
      where: 'payment_run_id = $1',
      parameters: [paymentRunId],
      set: { paymentRunId: null, paidBy: null, paidAt: null },
    });
    for (const held of await tx.select(Payout, 'WHERE payment_run_id = $1', [paymentRunId])) {
      held.leaveRun();
      await tx.update(held);
    }
  }

  /** Refused with FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED when one was held after the file was written. */
  async send(tx: Tx, paymentRunId: string, endToEndIds: EndToEndIds): Promise<void> {
    const payouts = await tx.moveAll(SEND, { where: 'payment_run_id = $1', parameters: [paymentRunId] });
    if (payouts.length !== endToEndIds.size) throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED', { paymentRunId });
    for (const payout of payouts) {
      this.outbox.append(tx, sent(payout, { paymentRunId, endToEndId: endToEndIds.get(payout.id) ?? '' }));
    }
  }
}
