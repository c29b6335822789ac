import { Injectable } from '@nestjs/common';
import { type Columns, type Transition, transition, type Tx } from '#database';
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

const BOOK = transition(Payout, { to: 'BOOKED' });
const REJECT = transition(Payout, { to: 'REJECTED' });
/** What is not booked yet was rejected, not returned. */
const RETURN = transition(Payout, { from: ['BOOKED'], to: 'RETURNED' });

/** Ends the way of payouts as the bank reports it: many at once, one statement each, one message per payout. */
@Injectable()
export class PayoutSettlementService {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The bank carried them out, as its statement or a person says; answers those that were not booked before. */
  async book(
    tx: Tx,
    payments: readonly Settled[],
    { by, bookedOn }: { by: string; bookedOn: string },
  ): Promise<Payout[]> {
    const payouts = await moved(tx, BOOK, payments, { bookedBy: by, bookedAt: this.clock.now(), bookedOn });
    for (const { payout, paymentRunId, endToEndId } of payouts) {
      this.outbox.append(tx, booked(payout, { paymentRunId, endToEndId, bookedOn }));
    }
    return payouts.map(({ payout }) => payout);
  }

  /** The bank refused them: nothing left the account. */
  async reject(tx: Tx, payments: readonly CameBack[], occurredOn: string): Promise<void> {
    const payouts = await moved(tx, REJECT, payments);
    await keepReturns(tx, payments, { kind: 'REJECTED', occurredOn });
    for (const { payout, paymentRunId, endToEndId, reason } of payouts) {
      this.outbox.append(tx, rejected(payout, { paymentRunId, endToEndId, reason }));
    }
  }

  /** They were paid and came back, perhaps less a charge. */
  async return(tx: Tx, payments: readonly CameBack[], returnedOn: string): Promise<void> {
    const payouts = await moved(tx, RETURN, payments);
    await keepReturns(tx, payments, { kind: 'RETURNED', occurredOn: returnedOn });
    for (const { payout, amountMinor, ...payment } of payouts) {
      this.outbox.append(tx, returned(payout, { ...payment, amountMinor, returnedOn }));
    }
  }
}

async function moved<P extends Settled>(
  tx: Tx,
  how: Transition<Payout>,
  payments: readonly P[],
  set: Partial<Columns<Payout>> = {},
): Promise<(P & { payout: Payout })[]> {
  if (payments.length === 0) return [];
  const ids = payments.map((it) => it.payoutId);
  const rows = await tx.moveAll(how, { where: 'id = ANY ($1::uuid[])', parameters: [ids], set });
  const payouts = new Map(rows.map((row) => [row.id, row]));
  return payments.flatMap((payment) => {
    const payout = payouts.get(payment.payoutId);
    return payout ? [{ ...payment, payout }] : [];
  });
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
