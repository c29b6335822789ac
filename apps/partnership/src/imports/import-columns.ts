import type { ImportColumns, ImportField } from '#contracts/partnership';
import { plain } from './spelling';

/** How columns are headed, in German and English; compared without case, blanks and signs. */
const HEADINGS: Readonly<Record<ImportField, readonly string[]>> = {
  germanKey: [
    'AGS',
    'Gemeindeschlüssel',
    'Amtlicher Gemeindeschlüssel',
    'Kreisschlüssel',
    'Schlüssel',
    'Schlüsselnummer',
    'ARS',
    'Regionalschlüssel',
    'de_key',
    'key',
  ],
  germanName: [
    'Kommune',
    'Deutsche Kommune',
    'Gemeinde',
    'Stadt',
    'Name',
    'Ort',
    'Deutsche Seite',
    'de_name',
    'German municipality',
    'Municipality',
    'Kommune Deutschland',
  ],
  partnerName: [
    'Partnerkommune',
    'Partner',
    'Partnerstadt',
    'Partnergemeinde',
    'partner_name',
    'Partner municipality',
    'Partner city',
    'Ausländische Kommune',
    'Kommune Ausland',
    'Partnerort',
  ],
  country: [
    'Land',
    'Staat',
    'Partnerland',
    'iso2',
    'iso',
    'iso3',
    'partner_iso2',
    'partner_iso3',
    'Country',
    'Partner country',
    'Ländercode',
    'Landcode',
  ],
  partnerKind: ['Art der Partnerkommune', 'partner_kind', 'Kommunentyp', 'Typ der Partnerkommune'],
  kind: ['Art', 'Art der Partnerschaft', 'kind', 'Typ', 'Partnerschaftsart', 'Form', 'Art der Beziehung', 'type'],
  from: [
    'Beginn',
    'von',
    'ab',
    'seit',
    'since',
    'from',
    'start',
    'Gründung',
    'Gründungsjahr',
    'Datum',
    'Jahr',
    'begin',
  ],
  lastDay: ['Ende', 'bis', 'Letzter Tag', 'until', 'to', 'end', 'befristet bis', 'last_day'],
  languages: ['Sprache', 'Sprachen', 'Language', 'Languages', 'Arbeitssprache', 'Sprachen der Zusammenarbeit'],
  fieldsOfAction: [
    'Handlungsfeld',
    'Handlungsfelder',
    'Themen',
    'Thema',
    'fields',
    'fields_of_action',
    'Field of action',
  ],
};

/** Which column says what, by its heading; the first that is headed so. A column says one thing. */
export function guessColumns(header: readonly string[]): ImportColumns {
  const columns: Partial<Record<ImportField, number>> = {};
  const headings = header.map(plain);
  const taken = new Set<number>();
  for (const [field, aliases] of Object.entries(HEADINGS) as [ImportField, readonly string[]][]) {
    const spellings = aliases.map(plain);
    const index = headings.findIndex((heading, position) => spellings.includes(heading) && !taken.has(position));
    if (index < 0) continue;
    columns[field] = index;
    taken.add(index);
  }
  return columns;
}
