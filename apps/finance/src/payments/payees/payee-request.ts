import { AppError, fieldError, type RequestOf } from '#contracts';
import type { BankAccount, createPayee } from '#contracts/finance';
import { bicFitsIban, isBic, isIban, normalIban } from '../../budget/funds/account-number';
import type { Payee } from './payee.entity';
import { paymentTypeOf } from './payment-type';
import type { SepaArea } from './sepa-area.reader';
import { isPayableText } from './sepa-text';

type Request = RequestOf<typeof createPayee>;
export type Account = Pick<Payee, 'iban' | 'accountNumber' | 'bic' | 'accountHolder' | 'accountCurrency'>;

/** Whose payee it is must fit its kind, and the bank must be able to carry name and address. */
export function assertPayeeFits(request: Request): void {
  const isExpert = request.kind === 'EXPERT';
  const isMunicipality = request.kind === 'MUNICIPALITY';
  if ((request.expertId !== undefined) !== isExpert || (request.municipalityId !== undefined) !== isMunicipality) {
    throw new AppError('FINANCE_PAYEE_OWNER_MISMATCH', { kind: request.kind });
  }
  const texts = {
    '#/name': request.name,
    '#/address/town': request.address.town,
    '#/bankAccount/holder': request.bankAccount.holder,
  };
  for (const [pointer, text] of Object.entries(texts)) {
    if (!isPayableText(text)) throw fieldError('FINANCE_PAYEE_TEXT_NOT_PAYABLE', pointer, 'needs Latin letters');
  }
}

/** The account in its stored form; refuses a wrong IBAN or BIC with a pointer to it. */
export function checkedAccount(account: BankAccount, on: string, area: SepaArea): Account {
  const iban = 'iban' in account ? normalIban(account.iban) : null;
  const bic = account.bic?.toUpperCase() ?? null;
  if (iban !== null && !isIban(iban))
    throw fieldError('FINANCE_IBAN_INVALID', '#/bankAccount/iban', 'wrong length or check digits');
  if (bic !== null && (!isBic(bic) || (iban !== null && !bicFitsIban(iban, bic)))) {
    throw fieldError('FINANCE_BIC_INVALID', '#/bankAccount/bic', 'no BIC, or one of another country than the IBAN');
  }
  const checked: Account = {
    iban,
    accountNumber: 'accountNumber' in account ? account.accountNumber : null,
    bic,
    accountHolder: account.holder,
    accountCurrency: account.currency,
  };
  if (bic === null && paymentTypeOf(checked, on, area) === 'FOREIGN') {
    throw fieldError('FINANCE_BIC_MISSING', '#/bankAccount/bic', 'needed outside SEPA');
  }
  return checked;
}
