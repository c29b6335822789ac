import { IDENTIFIER_FORMS } from '#contracts/partnership';
import { officialKeyIn } from '../register/official-key';

const SCHEME_OF_LENGTH: Readonly<Record<number, string>> = { 5: 'org:de:kreis', 8: 'org:de:ags', 12: 'org:de:ars' };

/** The identifiers that a search may mean, `scheme:value` each; none where it is a name. A number alone has more than one meaning. */
export function identifiersIn(written: string): string[] {
  const text = written.trim();
  const key = officialKeyIn(text);
  const scheme = SCHEME_OF_LENGTH[key?.length ?? 0];
  return [
    ...(scheme === undefined ? [] : [`${scheme}:${key}`]),
    ...(IDENTIFIER_FORMS.geonames.test(text) ? [`geonames:${text}`] : []),
    ...(IDENTIFIER_FORMS.wikidata.test(text) ? [`wikidata:${text}`] : []),
  ];
}
