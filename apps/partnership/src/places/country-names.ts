import { COUNTRY_CODES } from '#contracts';

const LANGUAGES = ['de', 'en', 'fr', 'es'];
/** The longest names of countries that somebody types behind a town have so many words. */
const WORDS_MAX = 4;

const CODES: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    return [...COUNTRY_CODES].map((code): [string, string] => [folded(names.of(code) ?? code), code]);
  }),
);

export interface AskedPlace {
  readonly name: string;
  readonly country: string | undefined;
}

/** "Moshi, Tansania", "Moshi (Tanzania)" and "Moshi Tanzanie" are Moshi in TZ; a country alone stays a name. */
export function askedPlace(typed: string): AskedPlace {
  const words = typed.split(/[\s,()]+/).filter((word) => word !== '');
  for (let count = Math.min(WORDS_MAX, words.length - 1); count > 0; count -= 1) {
    const country = CODES.get(folded(words.slice(-count).join(' ')));
    if (country !== undefined) return { name: words.slice(0, -count).join(' '), country };
  }
  return { name: typed, country: undefined };
}

function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[’']/g, '').toLocaleLowerCase('en');
}
