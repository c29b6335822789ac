import type { RegisterKind } from '#contracts/partnership';
import { type CsvRow, numberOrNull, parseCsv, text, textOrNull } from '../csv';
import { editionOf } from '../edition';
import type { ReferenceSet } from '../reference-set';
import { registerChange, withChanges } from './register-changes';
import type { RegisterRow } from './register-row';
import { registerNames } from './register-names';
import { designationsOf } from './written-name';

/** Day of the edition of the Gemeindeverzeichnis that is shipped. */
const AS_OF = editionOf('register').asOf;

interface TypeOfPlace {
  readonly kind: RegisterKind;
  readonly designation: string;
}

/** Textkennzeichen of the register. Source: docs/domain.md#municipalities. */
const TYPES: Readonly<Record<string, TypeOfPlace>> = {
  60: { kind: 'MUNICIPALITY', designation: 'Markt' },
  61: { kind: 'CITY', designation: 'Kreisfreie Stadt' },
  62: { kind: 'CITY', designation: 'Stadtkreis' },
  63: { kind: 'CITY', designation: 'Stadt' },
  64: { kind: 'MUNICIPALITY', designation: 'Kreisangehörige Gemeinde' },
  65: { kind: 'UNINCORPORATED_AREA', designation: 'Gemeindefreies Gebiet, bewohnt' },
  66: { kind: 'UNINCORPORATED_AREA', designation: 'Gemeindefreies Gebiet, unbewohnt' },
  67: { kind: 'CITY', designation: 'Große Kreisstadt' },
};

/** Of an entry that nothing changed since the edition. */
const SINCE_EVER = { valid_from: null, valid_to: null, successor_key: null };

/** A district that consists of one city: city and district are one body with two keys. */
const CITY_DISTRICTS = ['Kreisfreie Stadt', 'Stadtkreis'];

export const REGISTER_SET: ReferenceSet = {
  name: 'municipality-register',
  files: [
    'register_laender.csv',
    'register_municipalities.csv',
    'register_districts.csv',
    'district_nuts3.csv',
    'register_changes.csv',
    'register_other_names.csv',
    'editions.csv',
  ],
  edition: 2,
  tables: (laender = '', municipalities = '', districts = '', regions = '', changed = '', others = '') => {
    const edition = registerEntries({
      municipalities: parseCsv(municipalities),
      districts: parseCsv(districts),
      regions: parseCsv(regions),
    });
    const changes = parseCsv(changed).map(registerChange);
    const entries = withChanges(edition, changes);
    return [
      {
        table: 'register_land',
        key: ['key'],
        rows: parseCsv(laender).map((row) => ({ key: text(row, 'land'), name: text(row, 'name') })),
      },
      // A successor stands before whom it succeeds.
      { table: 'register_entry', key: ['key'], rows: entries },
      {
        table: 'register_change',
        key: ['old_key', 'new_key'],
        rows: changes.map(({ effective_on, kind, old_key, new_key, source, mark }) => ({
          effective_on,
          kind,
          old_key,
          new_key,
          source,
          mark,
        })),
      },
      {
        table: 'register_name',
        key: ['entry_key', 'written'],
        rows: registerNames(entries, parseCsv(others), changes),
      },
      {
        table: 'register_designation',
        key: ['word'],
        rows: designationsOf(entries.map(({ name }) => name)).map((word) => ({ word })),
      },
    ];
  },
};

interface RegisterFiles {
  readonly municipalities: readonly CsvRow[];
  readonly districts: readonly CsvRow[];
  readonly regions: readonly CsvRow[];
}

/** The register's rows for municipalities and districts. Keys stay text: the leading zero is part of them. */
export function registerEntries({ municipalities, districts, regions }: RegisterFiles): RegisterRow[] {
  const districtKeys = new Set(districts.map((row) => text(row, 'kreisschluessel')));
  const places = municipalities.map((row) => municipality(row, districtKeys));
  const nuts3 = new Map(regions.map((row) => [text(row, 'district_key'), text(row, 'nuts3')]));
  return [...places, ...districts.map((row) => district(row, places, nuts3))];
}

function municipality(row: CsvRow, districtKeys: ReadonlySet<string>): RegisterRow {
  const code = text(row, 'textkennzeichen');
  const type = TYPES[code];
  if (!type) throw new Error(`register: unknown Textkennzeichen ${code}`);
  const districtKey = text(row, 'kreis');
  return {
    key: text(row, 'ags'),
    kind: type.kind,
    name: text(row, 'name'),
    designation: type.designation,
    land: text(row, 'land'),
    // Coastal waters and the condominium with Luxembourg carry the key of no district.
    district_key: districtKeys.has(districtKey) ? districtKey : null,
    regional_key: text(row, 'ars'),
    nuts3: null,
    population: numberOrNull(row, 'population') ?? 0,
    area_km2: numberOrNull(row, 'area_km2') ?? 0,
    postal_code: textOrNull(row, 'plz'),
    longitude: position(row, 'lon'),
    latitude: position(row, 'lat'),
    same_as: null,
    as_of: AS_OF,
    ...SINCE_EVER,
  };
}

function district(row: CsvRow, places: readonly RegisterRow[], nuts3: ReadonlyMap<string, string>): RegisterRow {
  const key = text(row, 'kreisschluessel');
  const designation = text(row, 'type');
  const inside = places.filter((place) => place.district_key === key);
  return {
    key,
    kind: 'DISTRICT',
    name: text(row, 'name'),
    designation,
    land: key.slice(0, 2),
    district_key: null,
    regional_key: null,
    nuts3: nuts3.get(key) ?? null,
    population: inside.reduce((sum, place) => sum + place.population, 0),
    // In hundredths, so that 400 decimal fractions do not add up to a crooked one.
    area_km2: inside.reduce((sum, place) => sum + Math.round(place.area_km2 * 100), 0) / 100,
    postal_code: null,
    longitude: null,
    latitude: null,
    same_as: CITY_DISTRICTS.includes(designation) ? `${key}000` : null,
    as_of: AS_OF,
    ...SINCE_EVER,
  };
}

/** The file writes 0 where it knows no position. */
function position(row: CsvRow, column: string): number | null {
  return numberOrNull(row, column) || null;
}
