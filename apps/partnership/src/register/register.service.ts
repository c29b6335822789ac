import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listRegisterEntries, type RegisterEntryView } from '#contracts/partnership';
import { Database, Filters, type SortColumn } from '#database';
import { Clock, Handle } from '#platform';
import { officialKeyIn } from './official-key';
import { askedName } from './written-name';

// What stands elsewhere is asked for by subqueries: only for the entries of the page, after they are sorted and cut.
const SELECT = `
  SELECT e.key, e.kind, e.name, e.designation,
    (SELECT json_build_object('key', l.key, 'name', l.name) FROM register_land l WHERE l.key = e.land) AS land,
    (SELECT json_build_object('key', d.key, 'name', d.name) FROM register_entry d WHERE d.key = e.district_key) AS district,
    e.regional_key, e.nuts3, e.population, e.area_km2::float8 AS area_km2, e.postal_code, e.longitude, e.latitude,
    e.same_as,
    (SELECT m.id FROM municipality m WHERE m.register_key = coalesce(e.same_as, e.key)) AS municipality_id, e.as_of,
    e.valid_from, e.valid_to, e.successor_key`;

// Like the search in partnerships and municipalities: a word of the name is much like the asked one, or the whole name is fairly. Each
// of the two reads the index by itself, and its candidates are compared in that one way only. OFFSET 0 keeps the planner from
// writing out what is computed once, the folded name and a name's likeness, wherever they are named. The way as it was typed goes
// before those that were read out of it, and a name in another language counts less unless it is the very one.
const LIKE = `
  FROM (SELECT entry.*, found.match + CASE WHEN $2 AND entry.kind = 'DISTRICT' AND entry.same_as IS NULL THEN 400 ELSE 0 END AS match
    FROM (SELECT name.entry_key, max((1000 * strict_word_similarity(asked.name, name.search_name)
        + CASE WHEN name.search_name = asked.name THEN 500 WHEN name.kind = 'OTHER_LANGUAGE' THEN -150 ELSE 0 END
        - 10 * asked.way)::int4) AS match
      FROM (SELECT fold(name) AS name, way FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, way) OFFSET 0) asked, LATERAL (
        SELECT * FROM register_name WHERE asked.name <% search_name
        UNION ALL
        SELECT * FROM register_name WHERE asked.name % search_name AND NOT asked.name <% search_name
          AND greatest(similarity(asked.name, search_name), word_similarity(asked.name, search_name)) >= 0.4
        UNION ALL
        SELECT * FROM register_name WHERE length(asked.name) <= 2 AND search_name ^@ asked.name
      ) name GROUP BY name.entry_key OFFSET 0) found
    JOIN register_entry entry ON entry.key = found.entry_key) e`;

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
  private designations: Promise<ReadonlySet<string>> | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handle(listRegisterEntries)
  async list({
    limit,
    cursor,
    q,
    kind,
    land,
  }: RequestOf<typeof listRegisterEntries>): Promise<Page<RegisterEntryView>> {
    const key = q === undefined ? undefined : officialKeyIn(q);
    const isName = q !== undefined && key === undefined;
    const filters = new Filters();
    if (isName) {
      const { ways, isDistrict } = askedName(q, await this.titles());
      filters.parameters.push(ways, isDistrict);
    }
    // By its key an entry is found after it has ended, too: whoever has an old file in hand is told what became of it.
    filters.add('e.key = ? OR e.regional_key = ?', key);
    if (key === undefined) filters.add('daterange(e.valid_from, e.valid_to) @> ?::date', this.clock.today());
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

  /** Shipped data: they change with a migration step only, which comes before a start. */
  private titles(): Promise<ReadonlySet<string>> {
    this.designations ??= this.database
      .query<{ word: string }>('SELECT word FROM register_designation')
      .then((rows) => new Set(rows.map(({ word }) => word)));
    return this.designations;
  }
}
