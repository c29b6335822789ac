import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { CountryCode, csv, Day, Id, Line, pageOf, pageQuery, Written } from '../values';

export const PlaceView = z
  .strictObject({
    geonamesId: Written(10),
    name: Written(200),
    localName: Written(200).nullable().meta({ description: 'Name in the script of the country, where there is one' }),
    country: CountryCode,
    region: Written(200)
      .nullable()
      .meta({ description: 'First administrative level, to tell places of one name apart' }),
    longitude: z.number(),
    latitude: z.number(),
    population: z.int().nonnegative().nullable(),
    municipalityId: Id.nullable().meta({
      description: 'The municipality that is recorded with this place, when there is one',
    }),
    asOf: Day,
  })
  .meta({ id: 'PlaceView', description: 'A place outside of Germany. Source: GeoNames, CC BY 4.0.' });
export type PlaceView = z.infer<typeof PlaceView>;

export const listPlaces = operation({
  subject: 'rpc.partnership.place.list',
  http: { method: 'GET', path: '/places' },
  summary: 'Search places of the world',
  description:
    'Some 40,000 places outside of Germany with their position, to record a partner municipality from. `q` takes a name in any script; a name ' +
    'of a country in German, English, French or Spanish behind it narrows the search. Source: GeoNames, CC BY 4.0.',
  request: z.strictObject({ ...pageQuery, q: Line(100).optional(), country: csv(CountryCode).optional() }),
  reply: pageOf(PlaceView),
  allow: EVERY_PERSON,
});
