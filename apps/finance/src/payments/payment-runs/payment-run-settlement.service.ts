import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';

/** A run about which the bank said something, and when it did. */
export interface AnsweredRun {
  readonly paymentRunId: string;
  readonly bookedOn: string;
  readonly statementReference: string;
}

/** Settles runs by what the bank says of their payouts. */
@Injectable()
export class PaymentRunSettlementService {
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
