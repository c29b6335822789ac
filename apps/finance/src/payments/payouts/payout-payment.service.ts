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
const SENT_AFTER_ALL = transition(Payout, { from: ['ORDERED', 'BLOCKED'], to: 'SENT' });

/** A run that was given up here and that the bank has carried out, with what stood in its file. */
export interface CarriedOutRun {
  readonly id: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly items: readonly RunItem[];
}

/** One payment of a file. */
export interface RunItem {
  readonly payoutId: string;
  readonly endToEndId: string;
  readonly amountMinor: bigint;
}

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

  /**
   * The bank has the file of a run that was given up: what is ordered as it stood in it is sent, held or not. What became of the others
   * since stands; refused with FINANCE_PAYMENT_RUN_PAYOUT_ELSEWHERE while one of them waits in another file.
   */
  async sentAfterAll(tx: Tx, { id, createdBy, createdAt, items }: CarriedOutRun): Promise<void> {
    const endToEndIds = new Map(items.map((item) => [item.payoutId, item.endToEndId]));
    const locked = await tx.query<{ id: string; status: string; isAsInFile: boolean }>(
      `SELECT p.id, coalesce(p.resume_status, p.status) AS status,
         p.payment_run_id IS NULL AND coalesce(p.resume_status, p.status) = 'ORDERED' AND p.amount_minor = i.amount
           AND p.ordered_at <= $4 AND p.released_by IS DISTINCT FROM $3 AS is_as_in_file
       FROM payout p JOIN unnest($1::uuid[], $2::bigint[]) AS i (payout_id, amount) ON i.payout_id = p.id
       ORDER BY p.id FOR UPDATE OF p`,
      [[...endToEndIds.keys()], items.map((item) => item.amountMinor.toString()), createdBy, createdAt],
    );
    const elsewhere = locked.find(({ status }) => status === 'IN_RUN');
    if (elsewhere) throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_ELSEWHERE', { payoutId: elsewhere.id });
    const sentIds = locked.flatMap((payout) => (payout.isAsInFile ? [payout.id] : []));
    const payouts = await tx.moveAll(SENT_AFTER_ALL, {
      where: 'id = ANY ($1::uuid[])',
      parameters: [sentIds],
      set: { paymentRunId: id, paidBy: createdBy, paidAt: createdAt, blocked: null, resumeStatus: null },
    });
    await tx.query(
      `UPDATE payout_block SET released_by = 'finance', released_at = $2, release_note = 'the bank has carried it out'
       WHERE payout_id = ANY ($1::uuid[]) AND released_at IS NULL`,
      [sentIds, this.clock.now()],
    );
    for (const payout of payouts) {
      this.outbox.append(tx, sent(payout, { paymentRunId: id, endToEndId: endToEndIds.get(payout.id) ?? '' }));
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
