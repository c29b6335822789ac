import { AppError } from '#contracts';
import type { Ownership, Tx } from '#database';
import type { NewIdentifier, PlaceFacts, RegisterFacts } from './municipality.entity';

/** A municipality user sees its own municipality and those it shares a partnership with. */
export const MUNICIPALITY_OWNERSHIP: Ownership = {
  from: 'municipality m',
  id: 'm.id',
  bonds: {
    municipalityId: `(m.id = ? OR EXISTS (
      SELECT FROM partnership_participant mine JOIN partnership_participant theirs ON theirs.partnership_id = mine.partnership_id
      WHERE mine.municipality_id = ? AND theirs.municipality_id = m.id))`,
  },
};

export type OwnedIdentifier = NewIdentifier & { readonly municipalityId: string };

export async function insertIdentifiers(tx: Tx, identifiers: readonly OwnedIdentifier[]): Promise<void> {
  if (identifiers.length === 0) return;
  await tx.query(
    `INSERT INTO municipality_identifier (municipality_id, scheme, value, valid_from, valid_to)
     SELECT i."municipalityId", i.scheme, i.value, i."validFrom", i."validTo" FROM json_to_recordset($1::json)
       AS i ("municipalityId" uuid, scheme text, value text, "validFrom" date, "validTo" date)`,
    [JSON.stringify(identifiers)],
  );
}

/**
 * By the keys asked. A city that is a district of its own has two keys in the register; both lead to the entry with the AGS. A key
 * that has ended leads to the entry that took its place, which knows the keys before.
 */
export async function registerFacts(tx: Tx, officialKeys: readonly string[]): Promise<Map<string, RegisterFacts>> {
  if (officialKeys.length === 0) return new Map();
  const rows = await tx.query<RegisterFacts & { asked: string }>(
    `SELECT asked.key AS asked, e.key, e.kind, e.name, e.designation, e.land, e.regional_key, e.population, e.as_of, e.longitude,
       e.latitude, e.valid_from, l.name AS land_name, own.key AS own_district_key, coalesce(f.former, '[]') AS former
     FROM register_entry asked
     JOIN register_entry body ON body.key = coalesce(asked.same_as, asked.key)
     JOIN register_entry e ON e.key = coalesce(body.successor_key, body.key)
     LEFT JOIN register_land l ON l.key = e.land
     LEFT JOIN register_entry own ON own.same_as = e.key
     LEFT JOIN (
       SELECT f.successor_key, length(f.key) AS digits, json_agg(json_build_object('key', f.key, 'regionalKey', f.regional_key,
         'validTo', f.valid_to, 'ownDistrictKey', d.key)) AS former
       FROM register_entry f LEFT JOIN register_entry d ON d.same_as = f.key
       WHERE f.successor_key IS NOT NULL AND f.same_as IS NULL GROUP BY f.successor_key, length(f.key)
     ) f ON f.successor_key = e.key AND f.digits = length(e.key)
     WHERE asked.key = ANY ($1)`,
    [officialKeys],
  );
  return new Map(rows.map(({ asked, ...facts }) => [asked, facts]));
}

export function knownIn(facts: ReadonlyMap<string, RegisterFacts>, officialKey: string): RegisterFacts {
  const known = facts.get(officialKey);
  if (!known) throw new AppError('PARTNERSHIP_REGISTER_KEY_UNKNOWN', { officialKey });
  return known;
}

export async function placeFacts(tx: Tx, geonamesId: string): Promise<PlaceFacts> {
  const [facts] = await tx.query<PlaceFacts>(
    'SELECT name, local_name, country, longitude, latitude, nullif(population, 0) AS population FROM place WHERE geonames_id = $1',
    [geonamesId],
  );
  if (!facts) throw placeRefusal('geonamesId', 'is no place of the places file');
  return facts;
}

export function placeRefusal(field: string, detail: string): AppError {
  const code = 'PARTNERSHIP_PLACE_UNKNOWN';
  return new AppError(code, undefined, { errors: [{ pointer: `#/${field}`, code, detail }] });
}

/** Refuses identifiers of a recorded municipality, and names it; two who record the same at once meet the table's constraint. */
export async function refuseTaken(
  tx: Tx,
  identifiers: readonly NewIdentifier[],
  besides: string | null = null,
): Promise<void> {
  if (identifiers.length === 0) return;
  const [taken] = await tx.query<{ municipalityId: string; scheme: string; value: string }>(
    `SELECT i.municipality_id, i.scheme, i.value FROM municipality_identifier i
     JOIN json_to_recordset($1::json) AS n (scheme text, value text, "validFrom" date, "validTo" date) USING (scheme, value)
     WHERE daterange(i.valid_from, i.valid_to) && daterange(n."validFrom", n."validTo")
       AND i.municipality_id IS DISTINCT FROM $2::uuid LIMIT 1`,
    [JSON.stringify(identifiers), besides],
  );
  if (taken) throw new AppError('PARTNERSHIP_MUNICIPALITY_EXISTS', taken);
}

interface Kept {
  readonly municipalityId: string;
  readonly kind: string;
  readonly reason: string;
  readonly before?: object;
  readonly after?: object;
  readonly by: string;
  readonly at: Date;
}

/** Keeps why something about a municipality was changed, for good. */
export async function keepChange(tx: Tx, { municipalityId, kind, reason, before, after, by, at }: Kept): Promise<void> {
  await tx.query(
    `INSERT INTO municipality_change (municipality_id, sequence, kind, reason, before, after, recorded_by, recorded_at)
     SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4::json, $5::json, $6, $7 FROM municipality_change WHERE municipality_id = $1`,
    [municipalityId, kind, reason, json(before), json(after), by, at],
  );
}

const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));

const LIKELY_SHOWN = 20;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly nameLocal: string | null;
  readonly nameLatin: string | null;
  readonly country: string;
}

/** The same name in any of its forms, or one that a typing error makes of it, in the same country; another number is no typing error. */
export async function refuseDuplicate(tx: Tx, { id, name, nameLocal, nameLatin, country }: Named): Promise<void> {
  const known = await tx.query<{ id: string }>(
    `SELECT m.id FROM municipality m
     WHERE m.country = $1 AND m.ended_on IS NULL AND m.id <> $2
       AND (similarity(fold(m.name), fold($3)) >= 0.55 AND regexp_replace(m.name, '\\D', '', 'g') = regexp_replace($3, '\\D', '', 'g')
         OR fold(m.name) = ANY (SELECT fold(n) FROM unnest($4::text[]) AS n)
         OR fold(m.name_local) = ANY (SELECT fold(n) FROM unnest($4::text[]) AS n)
         OR fold(m.name_latin) = ANY (SELECT fold(n) FROM unnest($4::text[]) AS n))
     ORDER BY m.created_at LIMIT ${LIKELY_SHOWN}`,
    [country, id, name, [name, nameLocal, nameLatin].filter((each) => each !== null)],
  );
  if (known.length > 0)
    throw new AppError('PARTNERSHIP_MUNICIPALITY_DUPLICATE_LIKELY', { municipalityIds: known.map((each) => each.id) });
}
