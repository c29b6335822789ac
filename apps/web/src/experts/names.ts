import type { ExpertView } from '#contracts/staffing';

/** What a person is called, for whoever may know; `otherwise` for others and after erasure. */
export function nameOf({ person }: Pick<ExpertView, 'person'>, otherwise: string): string {
  return person ? [person.givenNames, person.familyName].filter(Boolean).join(' ') : otherwise;
}

/** Languages that experts of the fund name, beside those that their records hold already. */
export const LANGUAGE_CODES: readonly string[] = [
  ...['de', 'en', 'fr', 'es', 'pt', 'ar', 'uk', 'ru', 'sw', 'am', 'ha', 'yo', 'zu', 'xh', 'so', 'mg', 'mos', 'wo'],
  ...['hi', 'bn', 'ur', 'ne', 'vi', 'id', 'km', 'mn', 'tr', 'fa', 'ka', 'sq', 'sr', 'bs', 'mk', 'qu', 'it', 'nl'],
];
