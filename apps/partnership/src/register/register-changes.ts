import { type CsvRow, text, textOrNull } from '../csv';
import type { RegisterRow } from './register-row';

/** What became of a place after the edition that is shipped, on a day. */
export interface RegisterChange {
  readonly effective_on: string;
  readonly kind: string;
  readonly old_key: string;
  readonly new_key: string;
  readonly source: string;
  readonly mark: string;
  readonly name: string;
  readonly designation: string;
  readonly regional_key: string;
  /** District in which the place lies now; its own when it is a district itself. */
  readonly district_key: string;
  /** District that ended with it, and the one that took it in. */
  readonly ended_district: string | null;
  readonly district_successor: string | null;
}

/** Designations of the register after the change. */
const DESIGNATIONS: Readonly<Record<string, string>> = { 61: 'Kreisfreie Stadt', 63: 'Stadt', 67: 'Große Kreisstadt' };

export function registerChange(row: CsvRow): RegisterChange {
  const code = text(row, 'textkennzeichen');
  const designation = DESIGNATIONS[code];
  if (!designation) throw new Error(`register: no designation for the Textkennzeichen ${code} of a change`);
  return {
    effective_on: text(row, 'effective_on'),
    kind: text(row, 'kind'),
    old_key: text(row, 'old_key'),
    new_key: text(row, 'new_key'),
    source: text(row, 'source'),
    mark: text(row, 'mark'),
    name: text(row, 'name'),
    designation,
    regional_key: text(row, 'regional_key'),
    district_key: text(row, 'district_key'),
    ended_district: textOrNull(row, 'ended_district'),
    district_successor: textOrNull(row, 'district_successor'),
  };
}

/** The edition with what changed since: the old entries end on the day, the new ones begin. Figures stay those of the edition. */
export function withChanges(edition: readonly RegisterRow[], changes: readonly RegisterChange[]): RegisterRow[] {
  const entries = new Map(edition.map((entry) => [entry.key, entry]));
  for (const change of changes) {
    const old = entryOf(entries, change.old_key);
    const valid_from = change.effective_on;
    const isOwnDistrict = change.new_key === `${change.district_key}000`;
    entries.set(change.new_key, {
      ...old,
      key: change.new_key,
      name: change.name,
      designation: change.designation,
      district_key: change.district_key,
      regional_key: change.regional_key,
      valid_from,
    });
    if (isOwnDistrict) entries.set(change.district_key, ownDistrict(old, change));
    end(entries, { key: change.old_key, on: valid_from, successor: change.new_key });
    if (change.ended_district !== null && change.district_successor !== null) {
      end(entries, { key: change.ended_district, on: valid_from, successor: change.district_successor });
    }
  }
  const isLast = ({ successor_key }: RegisterRow) => Number(successor_key !== null);
  return [...entries.values()].sort((a, b) => isLast(a) - isLast(b));
}

function ownDistrict(
  old: RegisterRow,
  { district_key, new_key, name, designation, effective_on }: RegisterChange,
): RegisterRow {
  return {
    ...old,
    key: district_key,
    kind: 'DISTRICT',
    name,
    designation,
    district_key: null,
    regional_key: null,
    postal_code: null,
    longitude: null,
    latitude: null,
    same_as: new_key,
    valid_from: effective_on,
  };
}

function end(
  entries: Map<string, RegisterRow>,
  { key, on, successor }: { readonly key: string; readonly on: string; readonly successor: string },
): void {
  entries.set(key, { ...entryOf(entries, key), valid_to: on, successor_key: successor });
}

function entryOf(entries: ReadonlyMap<string, RegisterRow>, key: string): RegisterRow {
  const entry = entries.get(key);
  if (!entry) throw new Error(`register: a change names the key ${key}, which the edition does not know`);
  return entry;
}
