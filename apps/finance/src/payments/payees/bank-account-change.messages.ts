import type { BankAccountChangeView } from '#contracts/finance';
import type { Columns } from '#database';
import type { BankAccountChange } from './bank-account-change.entity';
import type { Account } from './payee-request';

export function bankAccountChangeView(change: Columns<BankAccountChange>): BankAccountChangeView {
  return {
    id: change.id,
    version: change.version,
    payeeId: change.payeeId,
    status: change.status,
    bankAccount: accountView(change),
    previousBankAccount: accountView(change.previous),
    reason: change.reason,
    proposedBy: change.proposedBy,
    proposedAt: change.proposedAt.toISOString(),
    quarantineEndsAt: change.quarantineEndsAt.toISOString(),
    confirmation: decision(change.confirmedBy, change.confirmedAt, change.callBackNote),
    rejection: decision(change.rejectedBy, change.rejectedAt, change.rejectionNote),
    effectiveAt: change.effectiveAt?.toISOString() ?? null,
  };
}

export function accountView({ iban, accountNumber, bic, accountHolder, accountCurrency }: Account) {
  return { iban, accountNumber, bic, holder: accountHolder, currency: accountCurrency };
}

function decision(by: string | null, at: Date | null, note: string | null): BankAccountChangeView['confirmation'] {
  return by !== null && at !== null && note !== null ? { by, at: at.toISOString(), note } : null;
}
