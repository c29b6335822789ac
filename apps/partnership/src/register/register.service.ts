import { Injectable } from '@nestjs/common';
import { listRegisterEntries, type Page, type RegisterEntryView, type RequestOf } from '#contracts';
import { Database, type SortColumn } from '#database';
import { Handle } from '#platform';

const SELECT = `
  SELECT e.key, e.kind, e.name, e.designation,
    json_build_object('key', l.key, 'name', l.name) AS land,
    CASE WHEN d.key IS NOT NULL THEN json_build_object('key', d.key, 'name', d.name) END AS district,
    e.regional_key AS "regionalKey", e.nuts3, e.population, e.area_km2::float8 AS "areaKm2", e.postal_code AS "postalCode",
    e.longitude, e.latitude, e.same_as AS "sameAs", m.id AS "municipalityId", e.as_of AS "asOf"
  FROM register_entry e
  JOIN register_land l ON l.key = e.land
  LEFT JOIN register_entry d ON d.key = e.district_key
  LEFT JOIN municipality m ON m.register_key = coalesce(e.same_as, e.key)`;

const OFFICIAL_KEY = /^(\d{5}|\d{8}|\d{12})$/;

// Like the search in partnerships and municipalities: a word of the name is much like the asked one, or the whole name is fairly.
const IS_LIKE = `(fold($1) <% e.search_name OR fold($1) % e.search_name)
  AND greatest(similarity(fold($1), e.search_name), word_similarity(fold($1), e.search_name)) >= 0.4`;

// The very name first, then the likeness of words; among equals the municipality before its district, and the larger place, which
// is the likelier one: "Freiburg" means Freiburg im Breisgau rather than Freiburg (Elbe).
const MATCH: readonly SortColumn[] = [
  {
    key: 'match',
    column: '(1000 * strict_word_similarity(fold($1), e.search_name) + 500 * (e.search_name = fold($1))::int4)::int4',
    type: 'int4',
    descending: true,
  },
  { key: 'isDistrict', column: "(e.kind = 'DISTRICT')::int4", type: 'int4' },
  { key: 'population', column: 'e.population', type: 'int4', descending: true },
];

/** Looks places up in the official German register. */
@Injectable()
export class RegisterService {
  constructor(private readonly database: Database) {}

  @Handle(listRegisterEntries)
  list({ limit, cursor, q, kind, land }: RequestOf<typeof listRegisterEntries>): Promise<Page<RegisterEntryView>> {
    const isKey = q !== undefined && OFFICIAL_KEY.test(q);
    const isName = q !== undefined && !isKey;
    return this.database.page<RegisterEntryView>({
      select: SELECT,
      where: [
        ...(isKey ? ['$1::text IN (e.key, e.regional_key::text)'] : []),
        ...(isName ? [IS_LIKE] : ['$1::text IS NULL OR true']),
        '$2::text[] IS NULL OR e.kind = ANY ($2)',
        '$3::text[] IS NULL OR e.land = ANY ($3)',
      ],
      parameters: [q ?? null, kind ?? null, land ?? null],
      sort: [...(isName ? MATCH : []), { key: 'key', column: 'e.key', type: 'text' }],
      // The key decides already; a page asks for a uuid at the end of its order.
      idColumn: 'md5(e.key)::uuid',
      limit,
      cursor,
      filterHash: { q, kind, land },
    });
  }
}
