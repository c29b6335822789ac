import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#platform';

/** A run about which the bank said something, and when it did. */
export interface AnsweredRun {
  readonly paymentRunId: string;
  readonly bookedOn: string;
  readonly statementReference: string;
}

/** Settles runs by what the bank says of their payouts. */
@Injectable()
export class PaymentRunSettlementService {
  constructor(private readonly clock: Clock) {}

  /**
   * The bank has carried out runs of which nobody has recorded here that their file was sent: they are not given up any more, and what
   * was given up before can be reinstated by two persons.
   */
  async carriedOut(tx: Tx, paymentRunIds: readonly string[]): Promise<void> {
    if (paymentRunIds.length === 0) return;
    await tx.query(
      `UPDATE payment_run SET version = version + 1, debit_seen_at = $2
       WHERE id = ANY ($1::uuid[]) AND status IN ('CREATED', 'CANCELLED') AND debit_seen_at IS NULL`,
      [paymentRunIds, this.clock.now()],
    );
  }

  /** So many payees of a run have a name that does not match, and are not confirmed. */
  async nameChecked(tx: Tx, paymentRunId: string, namesUnconfirmed: number): Promise<void> {
    await tx.query(
      `UPDATE payment_run SET version = version + 1, names_unconfirmed = $2 WHERE id = $1 AND names_unconfirmed <> $2`,
      [paymentRunId, namesUnconfirmed],
    );
  }

  /** What the bank had said of them was taken back: they wait for it again. What a person has booked by hand stays so. */
  async reopen(tx: Tx, paymentRunIds: readonly string[]): Promise<void> {
    await tx.query(REOPEN, [paymentRunIds]);
  }

  /**
   * A run is done when the bank has answered for each of its payouts; in the transaction of the bank's message, after its payouts were
   * booked, returned or rejected. What a person has booked or given up stays so.
   */
  async settle(tx: Tx, answered: readonly AnsweredRun[]): Promise<void> {
    if (answered.length === 0) return;
    await tx.query(SETTLE, [
      answered.map(({ paymentRunId }) => paymentRunId),
      answered.map(({ bookedOn }) => bookedOn),
      answered.map(({ statementReference }) => statementReference),
    ]);
  }
}

const SETTLE = `
UPDATE payment_run run SET version = run.version + 1, status = state.next,
  booked_on = CASE WHEN state.next = 'BOOKED' THEN state.booked_on END,
  statement_reference = CASE WHEN state.next = 'BOOKED' THEN state.reference END
FROM (
  SELECT r.id, touched.booked_on, touched.reference,
    CASE WHEN bool_or(p.status IN ('IN_RUN', 'SENT', 'BLOCKED')) THEN 'SETTLING'
      WHEN bool_or(p.status IN ('BOOKED', 'RETURNED')) THEN 'BOOKED' ELSE 'REJECTED' END AS next
  FROM unnest($1::uuid[], $2::date[], $3::text[]) AS touched (id, booked_on, reference)
  JOIN payment_run r ON r.id = touched.id JOIN payout p ON p.payment_run_id = r.id
  GROUP BY r.id, touched.booked_on, touched.reference
) state
WHERE run.id = state.id AND run.status IN ('SENT', 'SETTLING') AND run.status <> state.next`;

const REOPEN = `
UPDATE payment_run run SET version = run.version + 1, status = state.next, booked_on = NULL, statement_reference = NULL
FROM (
  SELECT p.payment_run_id AS id,
    CASE WHEN bool_and(p.status = 'SENT') THEN 'SENT' WHEN bool_or(p.status IN ('SENT', 'BLOCKED')) THEN 'SETTLING'
      WHEN bool_and(p.status = 'REJECTED') THEN 'REJECTED' END AS next
  FROM payout p WHERE p.payment_run_id = ANY ($1::uuid[]) GROUP BY p.payment_run_id
) state
WHERE run.id = state.id AND run.status IN ('SETTLING', 'BOOKED') AND state.next IS NOT NULL AND run.status <> state.next`;
