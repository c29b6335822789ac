import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listPlaces, type PlaceView } from '#contracts/partnership';
import { Database, Filters, type SortColumn } from '#database';
import { Handle } from '#platform';
import { editionOf } from '../edition';
import { askedPlace } from './country-names';

const SELECT = `
  SELECT p.geonames_id::text AS geonames_id, p.name, p.local_name, p.country, p.region, p.longitude, p.latitude,
    nullif(p.population, 0) AS population, '${editionOf('places').asOf}' AS as_of,
    (SELECT i.municipality_id FROM municipality_identifier i WHERE i.scheme = 'geonames' AND i.value = p.geonames_id::text
       AND i.valid_to IS NULL LIMIT 1) AS municipality_id`;

// The likeness to the whole of a name counts most; among equals the larger place is the likelier one.
const LIKE = `
  FROM (SELECT place.*, (1000 * strict_word_similarity(asked.name, search_name)
      + CASE WHEN position('|' || asked.name || '|' IN search_name) = 1 THEN 550
             WHEN position('|' || asked.name || '|' IN search_name) > 0 THEN 500 ELSE 0 END)::int4 AS match
    FROM (SELECT fold($1) AS name OFFSET 0) asked, place WHERE asked.name <% search_name OFFSET 0) p`;

const MATCH: readonly SortColumn[] = [
  { key: 'match', column: 'p.match', type: 'int4', descending: true },
  { key: 'population', column: 'p.population', type: 'int4', descending: true },
];

/** Looks places of the world up, to record partner municipalities from. */
@Injectable()
export class PlaceService {
  constructor(private readonly database: Database) {}

  @Handle(listPlaces)
  list({ limit, cursor, q, country }: RequestOf<typeof listPlaces>): Promise<Page<PlaceView>> {
    const asked = q === undefined ? undefined : askedPlace(q);
    const filters = new Filters();
    if (asked) filters.parameters.push(asked.name);
    filters.add('p.country = ?', asked?.country).add('p.country = ANY (?)', country);
    return this.database.page<PlaceView>({
      select: SELECT + (asked ? LIKE : ' FROM place p'),
      where: filters.conditions,
      parameters: filters.parameters,
      sort: asked ? MATCH : [{ key: 'geonamesId', column: 'p.geonames_id', type: 'int4' }],
      idColumn: 'md5(p.geonames_id::text)::uuid',
      limit,
      cursor,
      filterHash: { q, country },
    });
  }
}
