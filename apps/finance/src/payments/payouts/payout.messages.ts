import { type OutgoingMessage, toMoney } from '#contracts';
import {
  type LocalAmount,
  payoutBlocked,
  payoutBooked,
  payoutCancelled,
  payoutDue,
  payoutOrdered,
  payoutOrderVoided,
  payoutRejected,
  payoutReleased,
  payoutReopened,
  payoutReturned,
  payoutSent,
  type PayoutView,
} from '#contracts/finance';
import type { Columns } from '#database';
import type { Payout } from './payout.entity';

type PayoutColumns = Columns<Payout>;

export function payoutView(payout: PayoutColumns): PayoutView {
  return {
    id: payout.id,
    version: payout.version,
    caseNumber: payout.caseNumber,
    commitmentId: payout.commitmentId,
    assignmentId: payout.assignmentId,
    source: payout.source,
    fundId: payout.fundId,
    instalment: payout.instalment,
    reference: payout.reference,
    purpose: payout.purpose,
    creditorReference: payout.creditorReference,
    category: payout.category,
    budgetYear: payout.budgetYear,
    amount: toMoney(payout.amountMinor, payout.currency),
    instructed: localAmountOf(payout) ?? null,
    dueOn: payout.dueOn,
    requiredReports: payout.requiredReports,
    payeeKind: payout.payeeKind,
    payeeId: payout.payeeId,
    status: payout.status,
    blocked: payout.blocked,
    factualCheck: act(payout.factuallyCheckedBy, payout.factuallyCheckedAt),
    arithmeticalCheck: act(payout.arithmeticallyCheckedBy, payout.arithmeticallyCheckedAt),
    order: act(payout.orderedBy, payout.orderedAt),
    secondOrder: act(payout.secondOrderedBy, payout.secondOrderedAt),
    orderSignatures: payout.orderSignatures,
    orderHash: payout.orderHash,
    payment: act(payout.paidBy, payout.paidAt),
    booking: act(payout.bookedBy, payout.bookedAt),
    paymentRunId: payout.paymentRunId,
    bookedOn: payout.bookedOn,
    attempt: payout.attempt,
    reissueOf: payout.reissueOf,
  };
}

/** What is promised in another currency, and the rate by which its EUR were set aside. */
export function localAmountOf({
  instructedMinor,
  instructedCurrency,
  setAsideRate: rate,
}: Pick<PayoutColumns, 'instructedMinor' | 'instructedCurrency' | 'setAsideRate'>): LocalAmount | undefined {
  if (instructedMinor === null || instructedCurrency === null || rate === null) return undefined;
  return { amount: toMoney(instructedMinor, instructedCurrency), rate };
}

function act(by: string | null, at: Date | null): PayoutView['order'] {
  return by !== null && at !== null ? { by, at: at.toISOString() } : null;
}

/** What became of an instalment that fell due. */
export function fellDue(payout: PayoutColumns): OutgoingMessage {
  if (payout.blocked === null) return payoutDue.of(envelope(payout, {}));
  return payoutBlocked.of(envelope(payout, { reason: payout.blocked }));
}

export function ordered(payout: PayoutColumns): OutgoingMessage {
  return payoutOrdered.of(envelope(payout, {}));
}

export function orderVoided(payout: PayoutColumns, reason: string): OutgoingMessage {
  return payoutOrderVoided.of(envelope(payout, { reason }));
}

export function released(payout: PayoutColumns): OutgoingMessage {
  return payoutReleased.of(envelope(payout, {}));
}

export function cancelled(payout: PayoutColumns): OutgoingMessage {
  return payoutCancelled.of(envelope(payout, {}));
}

export function sent(payout: PayoutColumns, payment: { paymentRunId: string; endToEndId: string }): OutgoingMessage {
  return payoutSent.of(envelope(payout, payment));
}

export function booked(
  payout: PayoutColumns,
  {
    exchangeDifferenceMinor = 0n,
    ...payment
  }: { paymentRunId: string; endToEndId: string; bookedOn: string; exchangeDifferenceMinor?: bigint },
): OutgoingMessage {
  const isDifferent = exchangeDifferenceMinor !== 0n;
  return payoutBooked.of(
    envelope(payout, {
      ...payment,
      ...(isDifferent && { exchangeDifference: toMoney(exchangeDifferenceMinor, payout.currency) }),
    }),
  );
}

export function rejected(
  payout: PayoutColumns,
  payment: { paymentRunId: string; endToEndId: string; reason: string | null },
): OutgoingMessage {
  return payoutRejected.of(envelope(payout, payment));
}

export function returned(
  payout: PayoutColumns,
  payment: { paymentRunId: string; endToEndId: string; reason: string | null; amountMinor: bigint; returnedOn: string },
): OutgoingMessage {
  const { amountMinor, ...more } = payment;
  return payoutReturned.of(envelope(payout, { ...more, returned: toMoney(amountMinor, payout.currency) }));
}

export function reopened(payout: PayoutColumns, reason: string): OutgoingMessage {
  return payoutReopened.of(envelope(payout, { reason }));
}

/** One of the parts in which it came back was none. */
export function returnLessened(
  payout: PayoutColumns,
  { reason, returnedMinor }: { reason: string; returnedMinor: bigint },
): OutgoingMessage {
  return payoutReopened.of(envelope(payout, { reason, returned: toMoney(returnedMinor, payout.currency) }));
}

function envelope<More extends object>(payout: PayoutColumns, more: More) {
  return { aggregateId: payout.id, aggregateVersion: payout.version, data: { ...facts(payout), ...more } };
}

function facts(payout: PayoutColumns) {
  const instructed = localAmountOf(payout)?.amount;
  return {
    payoutId: payout.id,
    caseNumber: payout.caseNumber,
    commitmentId: payout.commitmentId,
    assignmentId: payout.assignmentId,
    source: payout.source,
    fundId: payout.fundId,
    payeeId: payout.payeeId,
    amount: toMoney(payout.amountMinor, payout.currency),
    ...(instructed && { instructed }),
    budgetYear: payout.budgetYear,
    dueOn: payout.dueOn,
    status: payout.status,
    costCategory: payout.category,
    instalment: payout.instalment,
  };
}
