/** In the two languages of everything that is published. */
export interface Words {
  readonly de: string;
  readonly en: string;
}

const NAMES = { de: namesIn('de'), en: namesIn('en') };

export function countryName(code: string): Words {
  return { de: NAMES.de.of(code) ?? code, en: NAMES.en.of(code) ?? code };
}

function namesIn(language: string): Intl.DisplayNames {
  return new Intl.DisplayNames(language, { type: 'region' });
}
