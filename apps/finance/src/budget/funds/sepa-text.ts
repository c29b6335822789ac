import { transliterate } from 'transliteration';

const LETTERS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '&': '+',
  '’': "'",
  '–': '-',
  '—': '-',
};

/**
 * A text in the characters that every bank carries: a-z A-Z 0-9 / - ? : ( ) . , ' + and blank, without leading, trailing or
 * double slash. Accents are dropped, German umlauts written out, other scripts transliterated; what cannot be written becomes a blank.
 * Nothing is left of a text without a letter or digit. Source: EPC 217-08, docs/domain.md#bank-formats.
 */
export function sepaText(text: string, max: number): string {
  const known = text.normalize('NFKC').replace(/\P{ASCII}|&/gu, (letter) => LETTERS[letter] ?? letter);
  const latin = known.normalize('NFD').replace(/\p{Mark}/gu, '');
  const written = transliterate(latin)
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/\s+/g, ' ')
    .replace(/^[/ ]+|[/ ]+$/g, '')
    .slice(0, max)
    .trim();
  return /[A-Za-z0-9]/.test(written) ? written : '';
}

/** Whether anything readable is left of an address. */
export function isPayableText(text: string): boolean {
  return /[A-Za-z]/.test(sepaText(text, text.length * 2));
}

/**
 * Whether a name can stand in the bank file as its bearer writes it: in letters of the Latin alphabet. A name is compared with the
 * one that the bank knows, and of the ways to transliterate it nobody can say which the bank took.
 */
export function isPayableName(name: string): boolean {
  return isPayableText(name) && !/[\p{Letter}--\p{Script=Latin}]/v.test(name.normalize('NFKC'));
}
