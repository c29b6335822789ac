import type { FieldShare, MunicipalityKind, PartnershipKind } from '#contracts/partnership';
import { plain, wordsOf } from './spelling';

/** How the kinds of links are called; by the database of municipal partnerships (RGRE) and in everyday use. */
const PARTNERSHIP_KINDS: Readonly<Record<PartnershipKind, readonly string[]>> = {
  PARTNERSHIP: [
    'PARTNERSHIP',
    'Partnerschaft',
    'Städtepartnerschaft',
    'Kommunalpartnerschaft',
    'Gemeindepartnerschaft',
    'Kreispartnerschaft',
    'Klimapartnerschaft',
    'Twinning',
    'Town twinning',
    'Sister city',
    'Jumelage',
    'Hermanamiento',
  ],
  FRIENDSHIP: ['FRIENDSHIP', 'Freundschaft', 'Städtefreundschaft', 'Amitié', 'Amistad'],
  CONTACT: ['CONTACT', 'Kontakt', 'Kontakte', 'Städtekontakt', 'Contacto'],
  PROJECT_PARTNERSHIP: [
    'PROJECT_PARTNERSHIP',
    'Projektpartnerschaft',
    'Projekt',
    'Project partnership',
    'Project',
    'Partenariat de projet',
  ],
};

const MUNICIPALITY_KINDS: Readonly<Record<MunicipalityKind, readonly string[]>> = {
  CITY: ['CITY', 'Stadt', 'Town', 'Ville', 'Ciudad'],
  MUNICIPALITY: ['MUNICIPALITY', 'Gemeinde', 'Kommune', 'Commune', 'Municipio', 'Municipalité'],
  DISTRICT: ['DISTRICT', 'Kreis', 'Landkreis', 'Distrikt', 'Provinz', 'Province', 'Département', 'County', 'Distrito'],
  ASSOCIATION: ['ASSOCIATION', 'Verband', 'Kommunalverband', 'Zweckverband', 'Asociación', 'Mancomunidad'],
};

function readerOf<K extends string>(words: Readonly<Record<K, readonly string[]>>): (text: string) => K | undefined {
  const byWord = new Map<string, K>();
  for (const [kind, spellings] of Object.entries(words) as [K, readonly string[]][])
    for (const spelling of spellings) byWord.set(plain(spelling), kind);
  return (text) => byWord.get(plain(text));
}

export const readPartnershipKind = readerOf(PARTNERSHIP_KINDS);
export const readMunicipalityKind = readerOf(MUNICIPALITY_KINDS);

/** What a name itself says: "Masasi District" is a district. */
export function kindInName(name: string): MunicipalityKind | undefined {
  const words = wordsOf(name);
  return words.some((word) => /^(district|distrikt|distrito|province|provincia|provinz|county|departement)$/.test(word))
    ? 'DISTRICT'
    : undefined;
}

/** The languages that a cell may name in words, too: those that partnerships of the world work in. */
const LANGUAGE_CODES =
  'af am ar az be bg bn bs cs da de el en es et fa fi fr gu ha he hi hr hu hy id ig it ja ka kk km ko ky lo lt lv mk mn ms my ne nl no pa pl ps pt ro ru rw sk sl sn so sq sr sv sw ta te tg th ti tr uk ur uz vi wo xh yo zh zu'.split(
    ' ',
  );
const LANGUAGE_OF_WORD = new Map(
  LANGUAGE_CODES.flatMap((code) => [
    [code, code] as const,
    ...['de', 'en', 'fr', 'es'].map(
      (language) => [plain(new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code), code] as const,
    ),
  ]),
);
const LANGUAGES_MAX = 10;

/** `de, Englisch; Swahili`; nothing where one of the words is no language. */
export function readLanguages(text: string): string[] | undefined {
  const words = text.split(/[,;/|+&]|\s+(?:und|and|et|y)\s+/).filter((word) => word.trim() !== '');
  const codes = words.flatMap((word) => LANGUAGE_OF_WORD.get(plain(word)) ?? []);
  const unique = [...new Set(codes)];
  return codes.length === words.length && unique.length > 0 && unique.length <= LANGUAGES_MAX ? unique : undefined;
}

/** Fields of action by their keys and their names. */
export type FieldNames = ReadonlyMap<string, string>;

export function fieldNamesOf(fields: readonly { key: string; names: readonly string[] }[]): FieldNames {
  return new Map(fields.flatMap(({ key, names }) => [key, ...names].map((name) => [plain(name), key] as const)));
}

/** `Abfallwirtschaft 60 %; health 40`, or one field alone; nothing where a word is unknown or the shares are not 100. */
export function readFields(text: string, names: FieldNames): FieldShare[] | undefined {
  const shares = text
    .split(/[;|\n]/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const match = /^(.*?)[\s:(]*(?:(\d{1,3})\s*%?\)?)?\s*$/.exec(part.trim());
      return {
        key: names.get(plain(match?.[1] ?? '')),
        percent: match?.[2] === undefined ? undefined : Number(match[2]),
      };
    });
  const [only] = shares;
  if (shares.length === 1 && only?.key !== undefined && only.percent === undefined)
    return [{ key: only.key, percent: 100 }];
  const whole = shares.flatMap(({ key, percent }) => (key === undefined || !percent ? [] : [{ key, percent }]));
  const isOnce = new Set(whole.map(({ key }) => key)).size === whole.length;
  const total = whole.reduce((sum, { percent }) => sum + percent, 0);
  return whole.length === shares.length && isOnce && total === 100 ? whole : undefined;
}
