import { AppError, lengthOfTerms, type Period } from '#contracts';

/** BGB 191: where time is not served in one piece, what is not a full month counts by days, thirty to a month. */
const DAYS_OF_A_MONTH = 30;

/** Refuses terms that are longer together than the instrument's maximum: those of one person, or of all experts of one request. */
export function refuseSum(
  code: 'STAFFING_EXPERT_TERMS_TOO_LONG' | 'STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG',
  monthsMax: number,
  termsOfPersons: readonly (readonly Period[])[],
): void {
  const lengths = termsOfPersons.map(lengthOfTerms);
  const months = lengths.reduce((sum, length) => sum + length.months, 0);
  const days = lengths.reduce((sum, length) => sum + length.days, 0);
  if (months * DAYS_OF_A_MONTH + days <= monthsMax * DAYS_OF_A_MONTH) return;
  const terms = termsOfPersons.flat().map(({ from, to }) => `${from}/${to}`);
  throw new AppError(code, { monthsMax, months, days, terms: terms.sort() });
}
