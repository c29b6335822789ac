import type { PaymentType } from '#contracts/finance';
import { isInSepa } from './sepa-area';

/** SEPA: an account in EUR with an IBAN of a country that is inside SEPA on the day; anything else is a foreign payment. */
export function paymentTypeOf(account: { iban: string | null; accountCurrency: string }, on: string): PaymentType {
  const isSepa = account.iban !== null && account.accountCurrency === 'EUR' && isInSepa(account.iban.slice(0, 2), on);
  return isSepa ? 'SEPA' : 'FOREIGN';
}
