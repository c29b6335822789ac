import { AppError, fieldError, type RequestOf } from '#contracts';
import type { BankAccount, createPayee } from '#contracts/finance';
import { bicFitsIban, isBic, isIban, looksLikeIban, normalIban } from '../../budget/funds/account-number';
import { isPayableName, isPayableText, sepaText } from '../../budget/funds/sepa-text';
import type { Payee } from './payee.entity';
import { paymentTypeOf } from './payment-type';
import type { SepaArea } from './sepa-area.reader';

type Request = RequestOf<typeof createPayee>;
export type Account = Pick<Payee, 'iban' | 'accountNumber' | 'bic' | 'accountHolder' | 'accountCurrency'>;

/** Whose payee it is must fit its kind, and the bank must be able to carry name and address. */
export function assertPayeeFits(request: Request): void {
  const isExpert = request.kind === 'EXPERT';
  const isMunicipality = request.kind === 'MUNICIPALITY';
  if ((request.expertId !== undefined) !== isExpert || (request.municipalityId !== undefined) !== isMunicipality) {
    throw new AppError('FINANCE_PAYEE_OWNER_MISMATCH', { kind: request.kind });
  }
  const { street = '', buildingNumber = '', postCode = '', town } = request.address;
  const isCarried = (text: string) => text === '' || sepaText(text, text.length * 2) !== '';
  const carried = {
    '#/name': isPayableName(request.name),
    '#/address/street': isCarried(street),
    '#/address/buildingNumber': isCarried(buildingNumber),
    '#/address/postCode': isCarried(postCode),
    '#/address/town': isPayableText(town),
    '#/bankAccount/holder': isPayableName(request.bankAccount.holder),
  };
  for (const [pointer, isPayable] of Object.entries(carried)) {
    if (!isPayable) throw fieldError('FINANCE_PAYEE_TEXT_NOT_PAYABLE', pointer, 'needs Latin letters');
  }
}

/** The account in its stored form; refuses a wrong IBAN or BIC with a pointer to it. */
export function checkedAccount(account: BankAccount, on: string, area: SepaArea): Account {
  const iban = 'iban' in account ? normalIban(account.iban) : null;
  const bic = account.bic?.toUpperCase() ?? null;
  if ('accountNumber' in account && looksLikeIban(account.accountNumber)) {
    throw fieldError('FINANCE_ACCOUNT_NUMBER_IS_IBAN', '#/bankAccount/accountNumber', 'is an IBAN: give it as iban');
  }
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
