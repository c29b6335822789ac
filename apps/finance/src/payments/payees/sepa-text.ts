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
 * double slash. Accents are dropped, German umlauts written out; what cannot be written becomes a blank.
 * Source: EPC 217-08, docs/domain.md#bank-formats.
 */
export function sepaText(text: string, max: number): string {
  const latin = text.normalize('NFKC').replace(/\P{ASCII}|&/gu, (letter) => LETTERS[letter] ?? letter);
  return latin
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/\s+/g, ' ')
    .replace(/^[/ ]+|[/ ]+$/g, '')
    .slice(0, max)
    .trim();
}

/** Whether anything readable is left of it. */
export function isPayableText(text: string): boolean {
  return /[A-Za-z]/.test(sepaText(text, text.length * 2));
}
