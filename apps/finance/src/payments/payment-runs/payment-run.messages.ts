import { toMoney } from '#contracts';
import type { PaymentRunView } from '#contracts/finance';
import type { Columns } from '#database';
import type { PaymentRun } from './payment-run.entity';

export function paymentRunView(run: Columns<PaymentRun>): PaymentRunView {
  return {
    id: run.id,
    version: run.version,
    caseNumber: run.caseNumber,
    fundId: run.fundId,
    paymentType: run.paymentType,
    executionOn: run.executionOn,
    requestedOn: run.requestedOn,
    status: run.status,
    debtorAccount: { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic },
    payouts: run.payoutCount,
    total: toMoney(run.totalMinor, run.currency),
    file: { name: run.fileName, messageId: run.messageId, sha256: run.fileSha256, bytes: run.fileSize },
    verificationOfPayee: verificationOfPayee(run),
    statementReference: run.statementReference,
    bookedOn: run.bookedOn,
    createdAt: run.createdAt.toISOString(),
    cancellation: cancellationOf(run),
  };
}

function cancellationOf({ cancelledBy, cancelledAt, cancellationReason }: Columns<PaymentRun>) {
  if (cancelledBy === null || cancelledAt === null || cancellationReason === null) return null;
  return { by: cancelledBy, at: cancelledAt.toISOString(), reason: cancellationReason };
}

/** A file with one payment counts as a single order; from two on the payer may have opted out for the group. */
function verificationOfPayee(run: Columns<PaymentRun>): PaymentRunView['verificationOfPayee'] {
  if (run.paymentType !== 'SEPA') return 'NOT_APPLICABLE';
  return run.payoutCount === 1 ? 'SINGLE' : 'GROUP';
}
