import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { Payout } from './payout.entity';
import { sent } from './payout.messages';

export type PayablePayout = Payout;

/** EndToEndId of each payout in a run. */
export type EndToEndIds = ReadonlyMap<string, string>;

/** So many payouts are in memory at a time, whatever the size of the run. */
const PART_MAX = 500;

/** Moves the payouts of a payment run, all at once, and tells of each. */
@Injectable()
export class PayoutPaymentService {
  constructor(
    private readonly database: Database,
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
      ? ['p.id = ANY ($1::uuid[])', payoutIds]
      : [`p.fund_id = $1::uuid AND p.status = 'ORDERED'`, fundId];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await tx.query<Columns<Payout>>(
        `SELECT ${entityColumns(this.database, Payout, 'p')} FROM payout p WHERE ${condition} AND p.id > $2
         ORDER BY p.id LIMIT ${PART_MAX} FOR UPDATE`,
        [wanted, after],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => Object.assign(new Payout(), row));
      if (rows.length < PART_MAX) return;
      after = last.id;
    }
  }

  async putInRun(tx: Tx, run: { paymentRunId: string; payoutIds: readonly string[]; by: string }): Promise<void> {
    await tx.query(
      `UPDATE payout SET status = 'IN_RUN', payment_run_id = $2, paid_by = $3, paid_at = $4, version = version + 1
       WHERE id = ANY ($1)`,
      [run.payoutIds, run.paymentRunId, run.by, this.clock.now()],
    );
    const fields = { status: { before: 'ORDERED', after: 'IN_RUN' }, paymentRunId: { after: run.paymentRunId } };
    for (const id of run.payoutIds) tx.noteChange({ object: 'payout', id, fields });
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
    await tx.query(
      `UPDATE payout SET version = version + 1, payment_run_id = NULL, paid_by = NULL, paid_at = NULL,
         status = CASE status WHEN 'IN_RUN' THEN 'ORDERED' ELSE status END,
         resume_status = CASE resume_status WHEN 'IN_RUN' THEN 'ORDERED' ELSE resume_status END
       WHERE payment_run_id = $1`,
      [paymentRunId],
    );
  }

  /** Refused with FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED when one was held after the file was written. */
  async send(tx: Tx, paymentRunId: string, endToEndIds: EndToEndIds): Promise<void> {
    const payouts = await tx.query<Columns<Payout>>(
      `UPDATE payout p SET status = 'SENT', version = p.version + 1 WHERE p.payment_run_id = $1 AND p.status = 'IN_RUN'
       RETURNING ${entityColumns(this.database, Payout, 'p')}`,
      [paymentRunId],
    );
    if (payouts.length !== endToEndIds.size) throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED', { paymentRunId });
    for (const payout of payouts) {
      this.outbox.append(tx, sent(payout, { paymentRunId, endToEndId: endToEndIds.get(payout.id) ?? '' }));
    }
  }
}
