import { Injectable } from '@nestjs/common';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock } from '#platform';
import { Payout } from './payout.entity';
import { booked, rejected, returned } from './payout.messages';

/** What the bank says of one payment. */
export interface Settled {
  readonly payoutId: string;
  readonly paymentRunId: string;
  readonly endToEndId: string;
}

export interface CameBack extends Settled {
  readonly amountMinor: bigint;
  readonly reason: string | null;
}

/** Ends the way of payouts as the bank reports it: many at once, one statement each, one message per payout. */
@Injectable()
export class PayoutSettlementService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The bank carried them out, as its statement or a person says; answers those that were not booked before. */
  async book(
    tx: Tx,
    payments: readonly Settled[],
    { by, bookedOn }: { by: string; bookedOn: string },
  ): Promise<Columns<Payout>[]> {
    const payouts = await this.move(
      tx,
      payments,
      `status = 'BOOKED', booked_by = $2, booked_at = $3, booked_on = $4 WHERE p.status = 'SENT'`,
      [by, this.clock.now(), bookedOn],
    );
    for (const { payout, paymentRunId, endToEndId } of payouts) {
      this.outbox.append(tx, booked(payout, { paymentRunId, endToEndId, bookedOn }));
    }
    return payouts.map(({ payout }) => payout);
  }

  /** The bank refused them: nothing left the account. */
  async reject(tx: Tx, payments: readonly CameBack[], occurredOn: string): Promise<void> {
    const payouts = await this.move(tx, payments, `status = 'REJECTED' WHERE p.status = 'SENT'`, []);
    await keepReturns(tx, payments, { kind: 'REJECTED', occurredOn });
    for (const { payout, paymentRunId, endToEndId, reason } of payouts) {
      this.outbox.append(tx, rejected(payout, { paymentRunId, endToEndId, reason }));
    }
  }

  /** They were paid and came back, perhaps less a charge. */
  async return(tx: Tx, payments: readonly CameBack[], returnedOn: string): Promise<void> {
    const payouts = await this.move(tx, payments, `status = 'RETURNED' WHERE p.status = 'BOOKED'`, []);
    await keepReturns(tx, payments, { kind: 'RETURNED', occurredOn: returnedOn });
    for (const { payout, amountMinor, ...payment } of payouts) {
      this.outbox.append(tx, returned(payout, { ...payment, amountMinor, returnedOn }));
    }
  }

  private async move<P extends Settled>(
    tx: Tx,
    payments: readonly P[],
    change: string,
    parameters: readonly unknown[],
  ): Promise<(P & { payout: Columns<Payout> })[]> {
    if (payments.length === 0) return [];
    const rows = await tx.query<Columns<Payout>>(
      `UPDATE payout p SET version = p.version + 1, ${change} AND p.id = ANY ($1::uuid[])
       RETURNING ${entityColumns(this.database, Payout, 'p')}`,
      [payments.map((it) => it.payoutId), ...parameters],
    );
    const payouts = new Map(rows.map((row) => [row.id, row]));
    return payments.flatMap((payment) => {
      const payout = payouts.get(payment.payoutId);
      return payout ? [{ ...payment, payout }] : [];
    });
  }
}

async function keepReturns(
  tx: Tx,
  payments: readonly CameBack[],
  { kind, occurredOn }: { kind: 'REJECTED' | 'RETURNED'; occurredOn: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO payout_return (payout_id, fund_id, kind, amount_minor, reason, occurred_on)
     SELECT r.payout_id, p.fund_id, $4, r.amount, r.reason, $5::date
     FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS r (payout_id, amount, reason) JOIN payout p ON p.id = r.payout_id`,
    [
      payments.map((it) => it.payoutId),
      payments.map((it) => it.amountMinor.toString()),
      payments.map((it) => it.reason),
      kind,
      occurredOn,
    ],
  );
}
