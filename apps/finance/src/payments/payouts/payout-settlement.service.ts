import { Injectable } from '@nestjs/common';
import type { PayoutStatus } from '#contracts/finance';
import { type Columns, type Transition, transition, type Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock, newId } from '#platform';
import { freedOf } from './exchange-difference.service';
import { Payout } from './payout.entity';
import { booked, rejected, reopened, returned, returnLessened } from './payout.messages';

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

const BOOK = transition(Payout, { from: ['SENT'], to: 'BOOKED' });
const BOOK_AFTER_REJECT = transition(Payout, { from: ['REJECTED'], to: 'BOOKED' });
const REJECT = transition(Payout, { from: ['SENT'], to: 'REJECTED' });
/** What is not booked yet was rejected, not returned. */
const RETURN = transition(Payout, { from: ['BOOKED'], to: 'RETURNED' });

/** Where a match that is taken back leaves its payout. */
export type Before = Extract<PayoutStatus, 'SENT' | 'REJECTED' | 'BOOKED' | 'RETURNED'>;
const NOT_BOOKED = { bookedBy: null, bookedAt: null, bookedOn: null };
const REOPEN: Readonly<Record<Before, { how: Transition<Payout>; set: Partial<Columns<Payout>> }>> = {
  SENT: { how: transition(Payout, { from: ['BOOKED'], to: 'SENT' }), set: NOT_BOOKED },
  REJECTED: { how: transition(Payout, { from: ['BOOKED'], to: 'REJECTED' }), set: NOT_BOOKED },
  BOOKED: { how: transition(Payout, { from: ['RETURNED'], to: 'BOOKED' }), set: {} },
  RETURNED: { how: RETURN, set: {} },
};

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
    await this.tellBooked(tx, payouts, bookedOn);
    return payouts.map(({ payout }) => payout);
  }

  /** The bank carried them out in spite of its reject, as a person has decided; the money is payable again by now. */
  async bookRejected(
    tx: Tx,
    payments: readonly Settled[],
    { by, bookedOn, reason }: { by: string; bookedOn: string; reason: string | null },
  ): Promise<void> {
    await this.withdrawReturns(tx, payments, { by, reason });
    const set = { bookedBy: by, bookedAt: this.clock.now(), bookedOn };
    await this.tellBooked(tx, await moved(tx, BOOK_AFTER_REJECT, payments, set), bookedOn);
  }

  private async tellBooked(
    tx: Tx,
    payments: readonly (Settled & { payout: Payout })[],
    bookedOn: string,
  ): Promise<void> {
    const freed = await freedOf(
      tx,
      payments.flatMap(({ payout }) => (payout.instructedMinor === null ? [] : [payout.id])),
    );
    for (const { payout, paymentRunId, endToEndId } of payments) {
      const exchangeDifferenceMinor = freed.get(payout.id);
      this.outbox.append(tx, booked(payout, { paymentRunId, endToEndId, bookedOn, exchangeDifferenceMinor }));
    }
  }

  /** What the bank seemed to say was taken back: they stand where they were before. */
  async reopen(
    tx: Tx,
    payments: readonly (Settled & { before: Before })[],
    { by, reason }: { by: string; reason: string },
  ): Promise<void> {
    await this.withdrawReturns(
      tx,
      payments.filter(({ before }) => before === 'BOOKED'),
      { by, reason },
    );
    for (const [before, some] of Map.groupBy(payments, (payment) => payment.before)) {
      const { how, set } = REOPEN[before];
      for (const { payout } of await moved(tx, how, some, set)) this.outbox.append(tx, reopened(payout, reason));
    }
  }

  /** A later part is another version of a payout that came back before. */
  private async told<P extends { readonly payoutId: string }>(
    tx: Tx,
    payments: readonly P[],
  ): Promise<(P & { payout: Payout })[]> {
    const ids = payments.map(({ payoutId }) => payoutId);
    const payouts = ids.length > 0 ? await tx.select(Payout, 'WHERE id = ANY ($1::uuid[]) FOR UPDATE', [ids]) : [];
    for (const payout of payouts) await tx.update(payout);
    const byId = new Map(payouts.map((payout) => [payout.id, payout]));
    return payments.flatMap((payment) => {
      const payout = byId.get(payment.payoutId);
      return payout ? [{ ...payment, payout }] : [];
    });
  }

  /** What the bank said of them when it rejected them, or when they came back, stands again. */
  async keepAgain(tx: Tx, kind: 'REJECTED' | 'RETURNED', payments: readonly Settled[]): Promise<void> {
    await tx.query(
      `INSERT INTO payout_return (payout_id, fund_id, kind, amount_minor, reason, occurred_on)
       SELECT DISTINCT ON (w.payout_id) w.payout_id, p.fund_id, w.kind, w.amount_minor, w.reason, w.occurred_on
       FROM payout_return_withdrawal w JOIN payout p ON p.id = w.payout_id
       WHERE w.payout_id = ANY ($1::uuid[]) AND w.kind = $2 ORDER BY w.payout_id, w.withdrawn_at DESC, w.id DESC`,
      [payments.map((it) => it.payoutId), kind],
    );
  }

  /** One of the parts in which they came back was none: so much less came back. */
  async lessReturned(
    tx: Tx,
    parts: readonly { payoutId: string; amountMinor: bigint }[],
    { reason }: { reason: string },
  ): Promise<void> {
    const left = await addReturned(
      tx,
      parts.map(({ payoutId, amountMinor }) => ({ payoutId, amountMinor: -amountMinor })),
    );
    for (const { payout, returnedMinor } of await this.told(tx, left)) {
      this.outbox.append(tx, returnLessened(payout, { reason, returnedMinor }));
    }
  }

  /** A return or reject that is taken off the list of those that stand is kept with who did it, and why. */
  private async withdrawReturns(
    tx: Tx,
    payments: readonly Settled[],
    { by, reason }: { by: string; reason: string | null },
  ): Promise<void> {
    if (payments.length === 0) return;
    await tx.query('SELECT withdraw_payout_returns($1::uuid[], $2::uuid[], $3::text, $4::timestamptz, $5::text)', [
      payments.map((it) => it.payoutId),
      payments.map(() => newId()),
      by,
      this.clock.now(),
      reason,
    ]);
  }

  /** The bank refused them: nothing left the account. */
  async reject(tx: Tx, payments: readonly CameBack[], occurredOn: string): Promise<void> {
    const payouts = await moved(tx, REJECT, payments);
    await keepReturns(tx, payments, { kind: 'REJECTED', occurredOn });
    for (const { payout, paymentRunId, endToEndId, reason } of payouts) {
      this.outbox.append(tx, rejected(payout, { paymentRunId, endToEndId, reason }));
    }
  }

  /** They were paid and came back, perhaps less a charge, perhaps in parts: a later part adds to what is there. */
  async return(tx: Tx, payments: readonly CameBack[], returnedOn: string): Promise<void> {
    const whole = added(payments);
    const payouts = await moved(tx, RETURN, whole);
    const first = new Set(payouts.map(({ payoutId }) => payoutId));
    const later = whole.filter(({ payoutId }) => !first.has(payoutId));
    await keepReturns(tx, payouts, { kind: 'RETURNED', occurredOn: returnedOn });
    await addReturned(tx, later);
    payouts.push(...(await this.told(tx, later)));
    for (const { payout, amountMinor, ...payment } of payouts) {
      this.outbox.append(tx, returned(payout, { ...payment, amountMinor, returnedOn }));
    }
  }
}

/** Parts of one payment in the same message are one. */
function added(payments: readonly CameBack[]): CameBack[] {
  return [...Map.groupBy(payments, ({ payoutId }) => payoutId).values()].flatMap((parts) => {
    const [first] = parts;
    return first ? [{ ...first, amountMinor: parts.reduce((sum, part) => sum + part.amountMinor, 0n) }] : [];
  });
}

/** Answers what has come back of each by now. */
async function addReturned(
  tx: Tx,
  parts: readonly { readonly payoutId: string; readonly amountMinor: bigint }[],
): Promise<{ payoutId: string; returnedMinor: bigint }[]> {
  if (parts.length === 0) return [];
  return tx.query<{ payoutId: string; returnedMinor: bigint }>(
    `UPDATE payout_return r SET amount_minor = r.amount_minor + part.amount
     FROM unnest($1::uuid[], $2::bigint[]) AS part (payout_id, amount)
     WHERE r.payout_id = part.payout_id AND r.settled_as IS NULL RETURNING r.payout_id, r.amount_minor AS returned_minor`,
    [parts.map(({ payoutId }) => payoutId), parts.map(({ amountMinor }) => amountMinor.toString())],
  );
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
