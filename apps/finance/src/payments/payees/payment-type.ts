import type { PaymentType } from '#contracts/finance';
import type { SepaArea } from './sepa-area.reader';

interface PaidAccount {
  readonly iban: string | null;
  readonly accountCurrency: string;
}

/** Where the account lies; an account without an IBAN lies where its holder does. */
export function accountCountryOf({
  iban,
  country,
}: {
  readonly iban: string | null;
  readonly country: string;
}): string {
  return iban === null ? country : iban.slice(0, 2);
}

/** SEPA: an account in EUR with an IBAN of a country that is inside SEPA on the day; anything else is a foreign payment. */
export function paymentTypeOf({ iban, accountCurrency }: PaidAccount, on: string, area: SepaArea): PaymentType {
  const isSepa = iban !== null && accountCurrency === 'EUR' && area.has(iban.slice(0, 2), on);
  return isSepa ? 'SEPA' : 'FOREIGN';
}
