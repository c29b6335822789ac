import { electronicFormatIBAN, isValidBIC, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import type { BankAccount } from '#contracts/finance';

/** What the form of an account holds: either an IBAN, or another number with the bank. */
export interface AccountValues {
  readonly accountKind?: string;
  readonly bankAccount?: {
    readonly iban?: string;
    readonly accountNumber?: string;
    readonly bic?: string;
    readonly holder?: string;
    readonly currency?: string;
  };
}

export const NEW_ACCOUNT = {
  accountKind: 'IBAN',
  bankAccount: { iban: '', accountNumber: '', bic: '', holder: '', currency: 'EUR' },
} as const satisfies AccountValues;

/** The account as a request has it; blanks were taken out before. */
export function accountOf({ accountKind, bankAccount = {} }: AccountValues): BankAccount {
  const { iban = '', accountNumber = '', bic, holder, currency } = bankAccount;
  const held = { bic: bic?.toUpperCase(), holder, currency };
  return (accountKind === 'OTHER' ? { accountNumber, ...held } : { iban, ...held }) as BankAccount;
}

export type IbanFault = 'country' | 'length' | 'digits';

/** What is wrong with an IBAN, as far as it says by itself; undefined where nothing is. */
export function ibanFault(iban: string): IbanFault | undefined {
  const { valid, errorCodes } = validateIBAN(electronicFormatIBAN(iban) ?? '');
  if (valid) return undefined;
  if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry)) return 'country';
  return errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength) ? 'length' : 'digits';
}

/** Whether an account number is meant as an IBAN, a right or a wrong one. */
export function looksLikeIban(accountNumber: string): boolean {
  const typed = electronicFormatIBAN(accountNumber) ?? '';
  return /^[A-Z]{2}\d{2}.{11}/.test(typed) && ibanFault(typed) !== 'country';
}

export function isBic(bic: string): boolean {
  return isValidBIC(bic.toUpperCase());
}

/** The country that an IBAN names. */
export function countryOfIban(iban: string): string {
  return (electronicFormatIBAN(iban) ?? '').slice(0, 2);
}
