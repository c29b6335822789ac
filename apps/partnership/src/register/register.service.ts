import { Injectable } from '@nestjs/common';
import type { listRegisterEntries, Page, RegisterEntryView, RequestOf } from '#contracts';
import { Database, type SortColumn } from '#database';

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

// Likeness of the whole name counts as much as of its best part: "Freiburg" is rather Freiburg im Breisgau than Neufreiburg, and
// among the equally alike the larger place is the likelier one.
const MATCH: readonly SortColumn[] = [
  {
    key: 'match',
    column: '(500 * (similarity(fold($1), e.search_name) + strict_word_similarity(fold($1), e.search_name)))::int4',
    type: 'int4',
    descending: true,
  },
  { key: 'population', column: 'e.population', type: 'int4', descending: true },
];

/** Looks places up in the official German register. */
@Injectable()
export class RegisterService {
  constructor(private readonly database: Database) {}

  list({ limit, cursor, q, kind, land }: RequestOf<typeof listRegisterEntries>): Promise<Page<RegisterEntryView>> {
    const isKey = q !== undefined && OFFICIAL_KEY.test(q);
    const isName = q !== undefined && !isKey;
    return this.database.page<RegisterEntryView>({
      select: SELECT,
      where: [
        ...(isKey ? ['$1::text IN (e.key, e.regional_key::text)'] : []),
        ...(isName ? ['fold($1) <% e.search_name'] : ['$1::text IS NULL OR true']),
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
