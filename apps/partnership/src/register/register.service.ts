import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listRegisterEntries, type RegisterEntryView } from '#contracts/partnership';
import { Database, Filters, type SortColumn } from '#database';
import { Handle } from '#platform';

// What stands elsewhere is asked for by subqueries: only for the entries of the page, after they are sorted and cut.
const SELECT = `
  SELECT e.key, e.kind, e.name, e.designation,
    (SELECT json_build_object('key', l.key, 'name', l.name) FROM register_land l WHERE l.key = e.land) AS land,
    (SELECT json_build_object('key', d.key, 'name', d.name) FROM register_entry d WHERE d.key = e.district_key) AS district,
    e.regional_key, e.nuts3, e.population, e.area_km2::float8 AS area_km2, e.postal_code, e.longitude, e.latitude,
    e.same_as,
    (SELECT m.id FROM municipality m WHERE m.register_key = coalesce(e.same_as, e.key)) AS municipality_id, e.as_of`;

const OFFICIAL_KEY = /^(\d{5}|\d{8}|\d{12})$/;

// Like the search in partnerships and municipalities: a word of the name is much like the asked one, or the whole name is fairly. Each
// of the two reads the index by itself, and its candidates are compared in that one way only. OFFSET 0 keeps the planner from
// writing out what is computed once, the folded name and an entry's likeness, wherever they are named.
const LIKE = `
  FROM (SELECT entry.*, (1000 * strict_word_similarity(asked.name, search_name) + 500 * (search_name = asked.name)::int4)::int4 AS match
    FROM (SELECT fold($1) AS name OFFSET 0) asked, LATERAL (
      SELECT * FROM register_entry WHERE asked.name <% search_name
      UNION ALL
      SELECT * FROM register_entry WHERE asked.name % search_name AND NOT asked.name <% search_name
        AND greatest(similarity(asked.name, search_name), word_similarity(asked.name, search_name)) >= 0.4
    ) entry OFFSET 0) e`;

// The very name first, then the likeness of words; among equals the municipality before its district, and the larger place, which
// is the likelier one: "Freiburg" means Freiburg im Breisgau rather than Freiburg (Elbe).
const MATCH: readonly SortColumn[] = [
  { key: 'match', column: 'e.match', type: 'int4', descending: true },
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
    const filters = new Filters();
    if (isName) filters.parameters.push(q);
    if (isKey) filters.add('e.key = ? OR e.regional_key = ?', q);
    filters.add('e.kind = ANY (?)', kind).add('e.land = ANY (?)', land);
    return this.database.page<RegisterEntryView>({
      select: SELECT + (isName ? LIKE : ' FROM register_entry e'),
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [...(isName ? MATCH : []), { key: 'key', column: 'e.key', type: 'text' }],
      // The key decides already; a page asks for a uuid at the end of its order.
      idColumn: 'md5(e.key)::uuid',
      limit,
      cursor,
      filterHash: { q, kind, land },
    });
  }
}
