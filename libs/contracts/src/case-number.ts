import { z } from 'zod';
import { Code } from './values';

/**
 * The letters that a case number begins with, by what it is the number of: the first letters of the German word that people say
 * (Kommunale Partnerschaft, Vorhaben, Interessenbekundung, Fachkräfteeinsatz, Auszahlung, Zahllauf, Erstattung, Veranstaltung, Anmeldung).
 */
export const CASE_PREFIXES = {
  partnership: 'KP',
  project: 'VH',
  expertRequest: 'IB',
  assignment: 'FA',
  payout: 'AZ',
  paymentRun: 'ZL',
  claim: 'ES',
  event: 'VA',
  registration: 'AN',
} as const;
export type CaseKind = keyof typeof CASE_PREFIXES;

/** Figures of the number within its year at least, filled with zeros; a year that needs more has more. */
export const CASE_FIGURES_MIN = 4;

/**
 * Table of H. Michael Damm's check digit (dissertation, Marburg 2004): no wrong figure and no two neighbours in the wrong sequence
 * go unnoticed. The second is how German is misheard: "siebenundvierzig" becomes 74.
 */
export const DAMM =
  '0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790';

const COMPLETE = /^([A-Z]{2})-(\d{4})-(\d{4,9})-(\d)$/;
/** As somebody says or types it: any dash, dot, slash or blank between the parts, no leading zeros, no check digit. */
const SPOKEN = /^\s*([A-Za-z]{2})[\s./–-]*(\d{4})[\s./–-]+(\d{1,9})(?:[\s./–-]+(\d))?\s*$/;

/** What people call a case by: kind, year, number in that year and a check digit, as in FA-2026-0147-8. */
export const CaseNumber = Code(20, COMPLETE, 'a case number, such as "FA-2026-0147-8"')
  .refine(isSound, 'the last figure does not fit the others: one of them may have been misheard')
  .meta({
    id: 'CaseNumber',
    description:
      'What people call a case by: kind, year, number in that year and a check digit. Given once, unique, with gaps, and never used again.',
  });
export type CaseNumber = z.infer<typeof CaseNumber>;

/** A list's filter by case number, also as somebody says it: `fa 2026 147` finds FA-2026-0147-8. */
export const caseNumberQuery = {
  caseNumber: z
    .preprocess((value) => (typeof value === 'string' ? (caseNumberIn(value) ?? value) : value), CaseNumber)
    .optional()
    .meta({ description: 'Case number; leading zeros and the check digit may be left out' }),
};

/** The case number that a text is, written in full; undefined where it is none. A wrong check digit stays in it. */
export function caseNumberIn(text: string): string | undefined {
  const [, letters, year, number, checkDigit] = SPOKEN.exec(text) ?? [];
  if (letters === undefined || year === undefined || number === undefined) return undefined;
  const content = [letters.toUpperCase(), year, number.replace(/^0+(?=\d)/, '').padStart(CASE_FIGURES_MIN, '0')];
  return [...content, checkDigit ?? checkDigitOf(content.join('-'))].join('-');
}

/** What a case number is the number of; undefined for letters that nothing has. */
export function caseKindOf(caseNumber: string): CaseKind | undefined {
  const kinds = Object.entries(CASE_PREFIXES) as [CaseKind, string][];
  return kinds.find(([, prefix]) => caseNumber.startsWith(`${prefix}-`))?.[0];
}

/** Of kind, year and number; a letter counts as two figures, A as 10, as in an IBAN. */
export function checkDigitOf(content: string): string {
  const figures = content.replaceAll('-', '').replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return figures.split('').reduce((interim, figure) => DAMM.charAt(Number(interim) * 10 + Number(figure)), '0');
}

function isSound(caseNumber: string): boolean {
  return caseNumber.endsWith(`-${checkDigitOf(caseNumber.slice(0, -2))}`);
}
