import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { Database, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { type Columns, entityColumns } from '../entity-columns';
import { Payout } from './payout.entity';
import { booked, sent } from './payout.messages';

export type PayablePayout = Payout;

/** EndToEndId of each payout in a run. */
export type EndToEndIds = ReadonlyMap<string, string>;

const RUN_MAX = 10_000;

/** Moves the payouts of a payment run, all at once, and tells of each. */
@Injectable()
export class PayoutPaymentService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Locks the payouts asked for, in whatever state, or all ordered ones of a fund. Two runs at once take no payout twice. */
  async lock(
    tx: Tx,
    { fundId, payoutIds }: { fundId: string; payoutIds?: readonly string[] },
  ): Promise<PayablePayout[]> {
    const columns = entityColumns(this.database, Payout, 'p');
    const rows = payoutIds
      ? await tx.query<Columns<Payout>>(
          `SELECT ${columns} FROM payout p WHERE p.id = ANY ($1) ORDER BY p.id FOR UPDATE`,
          [payoutIds],
        )
      : await tx.query<Columns<Payout>>(
          `SELECT ${columns} FROM payout p WHERE p.fund_id = $1 AND p.status = 'ORDERED' ORDER BY p.id LIMIT ${RUN_MAX} FOR UPDATE`,
          [fundId],
        );
    return rows.map((row) => Object.assign(new Payout(), row));
  }

  async putInRun(tx: Tx, run: { paymentRunId: string; payoutIds: readonly string[]; by: string }): Promise<void> {
    await tx.query(
      `UPDATE payout SET status = 'IN_RUN', payment_run_id = $2, paid_by = $3, paid_at = $4, version = version + 1
       WHERE id = ANY ($1)`,
      [run.payoutIds, run.paymentRunId, run.by, this.clock.now()],
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

  /** Books what the run sent; answers how much of it belongs to each budget year. */
  async book(
    tx: Tx,
    { paymentRunId, by, bookedOn }: { paymentRunId: string; by: string; bookedOn: string },
    endToEndIds: EndToEndIds,
  ): Promise<Map<number, bigint>> {
    const payouts = await tx.query<Columns<Payout>>(
      `UPDATE payout p SET status = 'BOOKED', version = p.version + 1, booked_by = $2, booked_at = $3, booked_on = $4
       WHERE p.payment_run_id = $1 AND p.status = 'SENT' RETURNING ${entityColumns(this.database, Payout, 'p')}`,
      [paymentRunId, by, this.clock.now(), bookedOn],
    );
    const byYear = new Map<number, bigint>();
    for (const payout of payouts) {
      byYear.set(payout.budgetYear, (byYear.get(payout.budgetYear) ?? 0n) + payout.amountMinor);
      this.outbox.append(tx, booked(payout, { paymentRunId, endToEndId: endToEndIds.get(payout.id) ?? '', bookedOn }));
    }
    return byYear;
  }
}
