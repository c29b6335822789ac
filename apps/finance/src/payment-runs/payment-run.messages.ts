import { type PaymentRunView, toMoney } from '#contracts';
import type { Columns } from '../entity-columns';
import type { PaymentRun } from './payment-run.entity';

export function paymentRunView(run: Columns<PaymentRun>): PaymentRunView {
  return {
    id: run.id,
    version: run.version,
    fundId: run.fundId,
    paymentType: run.paymentType,
    executionOn: run.executionOn,
    status: run.status,
    debtorAccount: { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic },
    payouts: run.payoutCount,
    total: toMoney(run.totalMinor, run.currency),
    file: { name: run.fileName, messageId: run.messageId, sha256: run.fileSha256, bytes: run.fileSize },
    statementReference: run.statementReference,
    bookedOn: run.bookedOn,
    createdAt: run.createdAt.toISOString(),
  };
}
