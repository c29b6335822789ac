import { numberOrNull, parseCsv, text, textOrNull } from '../csv';
import type { ReferenceSet } from '../reference-set';

export const PLACE_SET: ReferenceSet = {
  name: 'places',
  files: ['places.csv.gz', 'editions.csv'],
  edition: 1,
  tables: (places = '') => [
    {
      table: 'place',
      key: ['geonames_id'],
      rows: parseCsv(places).map((row) => ({
        geonames_id: Number(text(row, 'geonames_id')),
        name: text(row, 'name'),
        local_name: textOrNull(row, 'local_name'),
        country: text(row, 'country'),
        region: textOrNull(row, 'region'),
        latitude: Number(text(row, 'latitude')),
        longitude: Number(text(row, 'longitude')),
        population: numberOrNull(row, 'population') ?? 0,
        names: `|${text(row, 'name')}|${text(row, 'local_name')}|${text(row, 'other_names')}|`,
      })),
    },
  ],
};
