import { NameIndex, plain } from './spelling';

export interface Country {
  readonly code: string;
  readonly alpha3: string;
  readonly name: string;
}

const LANGUAGES = ['de', 'en', 'fr', 'es'] as const;
/** Names that are usual and stand in no list of ours: former ones, and short forms. Source: general knowledge. */
const USUAL: Readonly<Record<string, string>> = {
  'Ivory Coast': 'CI',
  Elfenbeinküste: 'CI',
  Kapverden: 'CV',
  'Cape Verde': 'CV',
  Swasiland: 'SZ',
  Swaziland: 'SZ',
  Burma: 'MM',
  Birma: 'MM',
  Moldau: 'MD',
  Weißrussland: 'BY',
  Palästina: 'PS',
  Palestine: 'PS',
  'DR Kongo': 'CD',
  'Republik Südafrika': 'ZA',
  'Vereinigte Republik Tansania': 'TZ',
  Osttimor: 'TL',
  USA: 'US',
};
const ALIKE_MIN = 0.45;
const SHOWN = 5;

/** Countries as people write them: by their codes, and by their names in German, English, French and Spanish. */
export class CountryNames {
  private readonly codes: ReadonlySet<string>;
  private readonly byCode = new Map<string, string>();
  private readonly names = new NameIndex<string>();

  constructor(countries: readonly Country[]) {
    this.codes = new Set(countries.map(({ code }) => code));
    for (const { code, alpha3, name } of countries) {
      this.byCode.set(code.toLowerCase(), code);
      this.byCode.set(alpha3.toLowerCase(), code);
      const spellings = new Map([[plain(name), name]]);
      for (const language of LANGUAGES) {
        const known = new Intl.DisplayNames([language], { type: 'region' }).of(code);
        if (known !== undefined) spellings.set(plain(known), known);
      }
      for (const spelling of spellings.values()) this.names.add(spelling, code);
    }
    for (const [name, code] of Object.entries(USUAL))
      if (this.codes.has(code) && !this.names.exact(name).includes(code)) this.names.add(name, code);
  }

  read(text: string): string | undefined {
    const code = this.byCode.get(text.trim().toLowerCase());
    if (code !== undefined) return code;
    const found = new Set(this.names.exact(text));
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }

  alike(text: string): string[] {
    return [...new Set(this.names.alike(text, ALIKE_MIN).map(({ item }) => item))].slice(0, SHOWN);
  }
}
