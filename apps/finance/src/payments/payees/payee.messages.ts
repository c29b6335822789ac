import type { PayeeView, PaymentType } from '#contracts/finance';
import type { Columns } from '#database';
import type { Payee } from './payee.entity';

export function payeeView(payee: Columns<Payee>, paymentType: PaymentType): PayeeView {
  return {
    id: payee.id,
    version: payee.version,
    kind: payee.kind,
    expertId: payee.expertId,
    municipalityId: payee.municipalityId,
    name: payee.name,
    address: {
      ...(payee.street !== null && { street: payee.street }),
      ...(payee.buildingNumber !== null && { buildingNumber: payee.buildingNumber }),
      ...(payee.postCode !== null && { postCode: payee.postCode }),
      town: payee.town,
      country: payee.country,
    },
    bankAccount: {
      iban: payee.iban,
      accountNumber: payee.accountNumber,
      bic: payee.bic,
      holder: payee.accountHolder,
      currency: payee.accountCurrency,
    },
    paymentType,
    createdAt: payee.createdAt.toISOString(),
  };
}
