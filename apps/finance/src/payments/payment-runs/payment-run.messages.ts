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
    transfers: transferCountOf(run),
    total: toMoney(run.totalMinor, run.currency),
    instructed: instructedOf(run),
    file: { name: run.fileName, messageId: run.messageId, sha256: run.fileSha256, bytes: run.fileSize },
    verificationOfPayee: verificationOfPayee(run),
    statementReference: run.statementReference,
    bookedOn: run.bookedOn,
    createdAt: run.createdAt.toISOString(),
    cancellation: said(run.cancelledBy, run.cancelledAt, run.cancellationReason),
    reinstatement: reinstatementOf(run),
  };
}

function instructedOf({ instructedMinor, instructedCurrency }: Columns<PaymentRun>): PaymentRunView['instructed'] {
  return instructedMinor === null || instructedCurrency === null ? null : toMoney(instructedMinor, instructedCurrency);
}

function said(by: string | null, at: Date | null, reason: string | null): PaymentRunView['cancellation'] {
  return by === null || at === null || reason === null ? null : { by, at: at.toISOString(), reason };
}

function reinstatementOf(run: Columns<PaymentRun>): PaymentRunView['reinstatement'] {
  const proposal = said(run.reinstatementProposedBy, run.reinstatementProposedAt, run.reinstatementReason);
  if (proposal === null) return null;
  return { proposal, confirmation: said(run.reinstatedBy, run.reinstatedAt, run.reinstatementConfirmation) };
}

/** A file with one payment counts as a single order; from two on the payer may have opted out for the group. */
function verificationOfPayee(run: Columns<PaymentRun>): PaymentRunView['verificationOfPayee'] {
  if (run.paymentType !== 'SEPA') return 'NOT_APPLICABLE';
  return transferCountOf(run) === 1 ? 'SINGLE' : 'GROUP';
}

function transferCountOf({ transferCount, payoutCount }: Columns<PaymentRun>): number {
  return transferCount ?? payoutCount;
}
