import { Injectable } from '@nestjs/common';
import type { PayoutBlock } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock, newId } from '#platform';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import { Payout } from './payout.entity';
import { fellDue, released } from './payout.messages';

/** Reasons that lie with the payee: they hold every payout of it that has not gone to the bank. */
export type PayeeHold = Extract<PayoutBlock, 'BANK_DETAILS_CHANGED' | 'SCREENING_MISSING' | 'SANCTIONED'>;
export type Hold = PayeeHold | 'DUPLICATE_SUSPECTED' | 'MANUAL';

export interface HoldOrigin {
  readonly by: string;
  readonly note: string | null;
}

/** Holds payouts and lets them go on, with the history of each hold. A payout goes on when its last hold is lifted. */
@Injectable()
export class PayoutHoldService {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Holds a locked payout; a hold of the same reason that is open stays as it is. */
  async hold(tx: Tx, payout: Payout, reason: Hold, origin: HoldOrigin): Promise<void> {
    const isNew = await tx.execute(
      `INSERT INTO payout_block (id, payout_id, reason, note, blocked_by, blocked_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (payout_id, reason) WHERE released_at IS NULL DO NOTHING`,
      [newId(), payout.id, reason, origin.note, origin.by, this.clock.now()],
    );
    if (isNew === 0) return;
    payout.hold(reason);
    await tx.update(payout);
    this.outbox.append(tx, fellDue(payout));
  }

  /** Lifts the open holds of these reasons from a locked payout. */
  async lift(tx: Tx, payout: Payout, reasons: readonly Hold[], origin: HoldOrigin): Promise<void> {
    await tx.query(
      `UPDATE payout_block SET released_by = $3, released_at = $4, release_note = $5
       WHERE payout_id = $1 AND reason = ANY ($2) AND released_at IS NULL`,
      [payout.id, reasons, origin.by, this.clock.now(), origin.note],
    );
    const [next] = await this.openHolds(tx, payout.id);
    payout.lift(next?.reason);
    await tx.update(payout);
    this.outbox.append(tx, next ? fellDue(payout) : released(payout));
  }

  openHolds(tx: Tx, payoutId: string): Promise<{ reason: Hold; blockedBy: string }[]> {
    return tx.query(
      `SELECT reason, blocked_by FROM payout_block
       WHERE payout_id = $1 AND released_at IS NULL ORDER BY blocked_at, id`,
      [payoutId],
    );
  }

  /** Holds all that is on its way to a payee, and what will fall due while the hold lasts. */
  async holdPayee(tx: Tx, payeeId: string, reason: PayeeHold, origin: HoldOrigin): Promise<void> {
    await tx.query('INSERT INTO payee_hold (payee_id, reason, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      payeeId,
      reason,
      this.clock.now(),
    ]);
    const onTheirWay = await this.lockWhere(
      tx,
      `payee_id = $1 AND (resume_status IS NOT NULL
       OR status IN ('DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED', 'ORDERED', 'IN_RUN'))`,
      [payeeId],
    );
    for (const payout of onTheirWay) await this.hold(tx, payout, reason, origin);
  }

  async liftPayee(tx: Tx, payeeId: string, reasons: readonly PayeeHold[], origin: HoldOrigin): Promise<void> {
    await tx.query('DELETE FROM payee_hold WHERE payee_id = $1 AND reason = ANY ($2)', [payeeId, reasons]);
    const held = await this.lockWhere(
      tx,
      `payee_id = $1 AND resume_status IS NOT NULL AND EXISTS (SELECT FROM payout_block b
         WHERE b.payout_id = payout.id AND b.reason = ANY ($2) AND b.released_at IS NULL)`,
      [payeeId, reasons],
    );
    for (const payout of held) await this.lift(tx, payout, reasons, origin);
  }

  /** Looks at what just fell due: a payee on hold, or the same payment a second time. */
  async controlDue(tx: Tx, payouts: readonly Payout[]): Promise<void> {
    const due = payouts.filter((payout) => payout.status === 'DUE' && payout.payeeId !== null);
    if (due.length === 0) return;
    const rules = await paymentRulesOn(tx, this.clock.today());
    const findings = await tx.query<{ id: string; reason: Hold; note: string }>(FINDINGS, [
      due.map((payout) => payout.id),
      rules.value('duplicate-window'),
    ]);
    const byId = new Map(due.map((payout) => [payout.id, payout]));
    for (const { id, reason, note } of findings) {
      const payout = byId.get(id);
      if (payout) await this.hold(tx, payout, reason, { by: 'finance', note });
    }
  }

  async lockWhere(tx: Tx, condition: string, parameters: readonly unknown[]): Promise<Payout[]> {
    return tx.select(Payout, `WHERE ${condition} ORDER BY id FOR UPDATE`, parameters);
  }
}

/**
 * The later one of two equal payments is held: the same payee, amount and purpose. The purpose is the same where one instalment is paid
 * twice, and across commitments where both pay the same kind of cost for the same month; two parts of one person's full post are two
 * purposes. What came back or was cancelled is no payment; planned ones are looked at when they fall due. Source:
 * docs/domain.md#before-a-payment; days: rule duplicate-window.
 */
const FINDINGS = `
SELECT p.id, hold.reason, 'the payee is on hold' AS note FROM payout p JOIN payee_hold hold ON hold.payee_id = p.payee_id
WHERE p.id = ANY ($1)
UNION ALL
SELECT p.id, 'DUPLICATE_SUSPECTED', 'same payee, amount and purpose as payout ' || earlier.case_number
FROM payout p JOIN commitment own ON own.id = p.commitment_id
CROSS JOIN LATERAL (SELECT other.case_number FROM payout other JOIN commitment c ON c.id = other.commitment_id
  WHERE other.payee_id = p.payee_id AND other.amount_minor = p.amount_minor AND other.currency = p.currency
    AND other.id < p.id AND other.status NOT IN ('PLANNED', 'REJECTED', 'RETURNED', 'CANCELLED')
    AND abs(other.due_on - p.due_on) <= $2
    AND (other.reference = p.reference
      OR (c.id <> own.id AND other.category = p.category AND date_trunc('month', other.due_on) = date_trunc('month', p.due_on)
        AND NOT coalesce(c.expert_id = own.expert_id AND c.assignment_id IS NOT NULL AND own.assignment_id IS NOT NULL
          AND (c.full_time_to <= own.full_time_from OR own.full_time_to <= c.full_time_from), false)))
  ORDER BY other.id LIMIT 1) AS earlier
WHERE p.id = ANY ($1)`;
