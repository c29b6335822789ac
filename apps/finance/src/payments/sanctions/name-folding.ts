import { parse } from 'csv-parse/sync';
import { transliterate } from 'transliteration';
import { readShipped } from '#platform';

const COMPANY_FORMS = new Set(['gmbh', 'ag', 'ltd', 'limited', 'lc', 'inc', 'sa', 'sarl', 'ev', 'mr', 'mrs', 'dr']);

/**
 * Lower-case Latin letters and digits, tokens apart by one blank. Compatibility forms (fullwidth, mathematical and ringed letters,
 * ligatures) become plain ones by NFKC. Umlauts and their written-out forms fold to one spelling, so that Müller, Mueller and Muller
 * are the same; company forms are dropped.
 */
export function foldName(name: string): string {
  return transliterate(name.normalize('NFKC'))
    .toLowerCase()
    .replace(/['’`@]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .split(' ')
    .map(foldLetters)
    .filter((token) => token !== '' && !COMPANY_FORMS.has(token))
    .join(' ');
}

/** The name by its letters' sounds and, where that differs, by their looks: an `р` among Latin letters is read as a p. */
export function foldings(name: string): string[] {
  return [...new Set([foldName(name), foldName(byLooks(name))])].filter((folded) => folded !== '');
}

/** The folded name without its blanks: `P u t i n` and `Put in` are both `putin`. */
export function withoutBlanks(folded: string): string {
  return foldLetters(folded.replaceAll(' ', ''));
}

/** Spellings of one sound as one: Mohammed and Muhamad, Youssef and Yusuf, Sergey and Sergei. */
export function bySound(folded: string): string {
  return SOUNDS.reduce((text, [spelling, sound]) => text.replace(spelling, sound), folded).replace(/([a-z])\1+/g, '$1');
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch|sch|sh|ch|zh/g, 's'],
  [/ph/g, 'f'],
  [/([kgdtb])h/g, '$1'],
  [/qu/g, 'kv'],
  [/ck|q|c/g, 'k'],
  [/w/g, 'v'],
  [/ts|tz/g, 'z'],
  [/x/g, 'ks'],
  [/dj|dzh/g, 'j'],
  [/ou|oo/g, 'u'],
  [/ee|ie|ei|ey|iy|y|j/g, 'i'],
  [/o/g, 'u'],
  [/e/g, 'i'],
];

/** How many letters, digits and symbols of a name are left in its folding, and how many vanish. */
export function readability(name: string): { readonly kept: number; readonly lost: number } {
  const signs = name.normalize('NFKC').match(/[\p{L}\p{N}\p{S}]/gu) ?? [];
  const kept = signs.filter((sign) => /[a-z0-9]/i.test(transliterate(sign))).length;
  return { kept, lost: signs.length - kept };
}

// Doubled letters and the e of a written-out umlaut are spelled either way.
function foldLetters(token: string): string {
  return token.replace(/([aou])e/g, '$1').replace(/([a-z])\1+/g, '$1');
}

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  parse<{ letter: string; looks_like: string }>(readShipped('apps/finance/data/latin-look-alikes.csv'), {
    columns: true,
  }).map(({ letter, looks_like }) => [letter, looks_like]),
);
const LETTER_LIKE: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  $: 's',
  '|': 'l',
};

/** Letters of other scripts as the Latin ones that they look like (UTS 39, confusables), and digits within words as letters. */
function byLooks(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\p{L}--\p{Script=Latin}]/gv, (letter) => LOOK_ALIKES.get(letter) ?? letter)
    .replace(/(?<=\p{L})[0-57$|]|[0-57$|](?=\p{L})/gu, (sign) => LETTER_LIKE[sign] ?? sign);
}
