import { countrySpecs, electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';

/** The IBAN as it is stored and sent: without spaces, upper case. */
export function normalIban(iban: string): string {
  return electronicFormatIBAN(iban) ?? '';
}

export function isIban(iban: string): boolean {
  return isValidIBAN(iban);
}

/** Whether an account number is meant as an IBAN, a right or a wrong one: country, two digits, and no shorter than any IBAN. */
export function looksLikeIban(accountNumber: string): boolean {
  const typed = normalIban(accountNumber);
  const country = countrySpecs[typed.slice(0, 2) as keyof typeof countrySpecs];
  return /^[A-Z]{2}\d{2}/.test(typed) && typed.length >= IBAN_MIN && Boolean(country?.chars);
}

/** Norway's. */
const IBAN_MIN = 15;

export function isBic(bic: string): boolean {
  return isValidBIC(bic);
}

/** Both are valid and belong to one country, as far as the two say. */
export function isIbanOfBic(iban: string, bic: string): boolean {
  return isIban(iban) && isBic(bic) && bicFitsIban(iban, bic);
}

/**
 * Bank and account mostly lie in one country. French overseas areas keep FR in the IBAN, and Guernsey, Jersey and the Isle of
 * Man GB, while the BIC names the area.
 */
export function bicFitsIban(iban: string, bic: string): boolean {
  const ibanCountry = iban.slice(0, 2);
  const bicCountry = bic.slice(4, 6);
  return ibanCountry === bicCountry || (AREAS[ibanCountry]?.includes(bicCountry) ?? false);
}

const AREAS: Readonly<Record<string, readonly string[]>> = {
  FR: ['GF', 'GP', 'MQ', 'RE', 'YT', 'PM', 'BL', 'MF', 'NC', 'PF', 'WF'],
  GB: ['GG', 'JE', 'IM'],
};
