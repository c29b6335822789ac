import { z } from 'zod';
import { operation } from '../operation';
import { grant, STAFF, type Allow } from '../roles';
import {
  CountryCode,
  csv,
  Day,
  Id,
  Instant,
  Line,
  pageOf,
  pageQuery,
  sortQuery,
  Text,
  Version,
  Written,
  Code,
} from '../values';

/** Case data of the registry: offices read all, municipalities what they take part in. */
export const READ_PARTNERSHIPS: Allow = {
  ...grant('any', ...STAFF),
  ...grant('own', 'municipality-de', 'municipality-partner'),
};
export const WRITE_PARTNERSHIPS: Allow = grant('any', 'programme-officer', 'adviser');

export const Side = z
  .enum(['DE', 'PARTNER'])
  .meta({ id: 'Side', description: 'DE: German side; PARTNER: the other side of the world' });
export type Side = z.infer<typeof Side>;

export const MunicipalityKind = z
  .enum(['CITY', 'MUNICIPALITY', 'DISTRICT', 'ASSOCIATION'])
  .meta({ id: 'MunicipalityKind', description: 'Stadt, Gemeinde, (Land-)Kreis, Kommunalverband' });
export type MunicipalityKind = z.infer<typeof MunicipalityKind>;

/**
 * Form of an identifier per scheme. AGS = Land 2 + Regierungsbezirk 1 + Kreis 2 + Gemeinde 3 digits; always text, the leading
 * zero counts. Source: docs/domain.md#municipalities.
 */
export const IDENTIFIER_FORMS = {
  'org:de:ags': /^\d{8}$/,
  'org:de:ars': /^\d{12}$/,
  'org:de:kreis': /^\d{5}$/,
  geonames: /^[1-9]\d{0,9}$/,
  'un:locode': /^[A-Z]{2}[A-Z2-9]{3}$/,
  wikidata: /^Q[1-9]\d{0,11}$/,
} as const;
export const IdentifierScheme = z
  .enum(['org:de:ags', 'org:de:ars', 'org:de:kreis', 'geonames', 'un:locode', 'wikidata'])
  .meta({ id: 'IdentifierScheme' });
export type IdentifierScheme = z.infer<typeof IdentifierScheme>;

export const Identifier = z
  .strictObject({
    scheme: IdentifierScheme,
    value: Line(40),
    validFrom: Day.nullable()
      .default(null)
      .meta({ description: 'First day of validity; null when unknown or ever since' }),
    validTo: Day.nullable()
      .default(null)
      .meta({ description: 'First day on which it is no longer valid; null while valid' }),
  })
  .refine((it) => IDENTIFIER_FORMS[it.scheme].test(it.value), {
    path: ['value'],
    message: 'does not have the form of its scheme',
  })
  .refine((it) => it.validFrom === null || it.validTo === null || it.validFrom < it.validTo, {
    path: ['validTo'],
    message: 'must be after validFrom',
  })
  .meta({
    id: 'Identifier',
    description: 'An identifier that others gave; a scheme and value belong to one municipality at a time.',
  });
export type Identifier = z.infer<typeof Identifier>;

export const MunicipalityNames = z
  .strictObject({
    official: Line(200).meta({ description: 'Official name in Latin script where there is one' }),
    local: Line(200).nullable().default(null).meta({ description: 'Name in the local script' }),
    latin: Line(200).nullable().default(null).meta({ description: 'Transliteration into Latin script' }),
  })
  .meta({ id: 'MunicipalityNames' });
export type MunicipalityNames = z.infer<typeof MunicipalityNames>;

export const Position = z
  .strictObject({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) })
  .meta({ id: 'Position', description: 'A point on Earth in degrees (WGS 84)' });
export type Position = z.infer<typeof Position>;

/** A German Land or district a place lies in. */
export const RegisterArea = z.strictObject({ key: Written(8), name: Written(200) }).meta({ id: 'RegisterArea' });

export const MunicipalityView = z
  .strictObject({
    id: Id,
    version: Version,
    side: Side,
    kind: MunicipalityKind,
    name: Written(200).meta({ description: 'The official name' }),
    names: MunicipalityNames,
    country: CountryCode,
    land: RegisterArea.nullable().meta({ description: 'German Land; null on the partner side' }),
    designation: Written(200)
      .nullable()
      .meta({ description: 'Designation in the German register, such as "Große Kreisstadt"' }),
    population: z.int().nonnegative().nullable(),
    populationOn: Day.nullable().meta({ description: 'Day to which the population figure refers' }),
    position: Position.nullable().meta({ description: 'Where it lies; null when nobody has said' }),
    endedOn: Day.nullable().meta({
      description: 'Day from which it is another municipality by merger or split; null while it exists',
    }),
    identifiers: z.array(Identifier).max(60),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'MunicipalityView' });
export type MunicipalityView = z.infer<typeof MunicipalityView>;

export const createMunicipality = operation({
  subject: 'rpc.partnership.municipality.create',
  http: { method: 'POST', path: '/municipalities', success: 201, location: '/municipalities/{id}', putById: true },
  summary: 'Record a municipality',
  description:
    'German side: `{ "side": "DE", "officialKey": "08416041" }`, nothing else: name, kind, Land and population come from the official register. ' +
    'The district key of a kreisfreie Stadt names the same body as its AGS, a key that has ended its successor. A German association ' +
    '(Kommunalverband) stands in no register: kind ASSOCIATION, names, land and the reason. Partner side: kind, and a place by its GeoNames id ' +
    'or names and country, identifiers where known. Recording one twice answers 409 with the id of the first; one that is much like a ' +
    'recorded one is refused with it, and recorded with the reason why it is another.',
  request: z.strictObject({
    id: Id.optional(),
    side: Side,
    officialKey: Code(8, /^(\d{8}|\d{5})$/, 'an AGS of 8 digits or a district key of 5 digits')
      .optional()
      .meta({ description: 'German side only: AGS (8 digits) or district key (5 digits), with leading zero' }),
    names: MunicipalityNames.optional().meta({ description: 'Partner side only' }),
    country: CountryCode.optional().meta({ description: 'Partner side only: ISO 3166-1 alpha-2, or XK' }),
    kind: MunicipalityKind.optional().meta({ description: 'Partner side, or ASSOCIATION' }),
    geonamesId: Code(10, IDENTIFIER_FORMS.geonames, 'a GeoNames id').optional().meta({
      description: 'Partner side only: a place of /v1/places, which gives names, country, position and population',
    }),
    position: Position.optional().meta({ description: 'Partner side only' }),
    land: Code(2, /^(0[1-9]|1[0-6])$/, 'a key of a Land, 01 to 16')
      .optional()
      .meta({ description: 'German association only: the Land of its seat' }),
    associationReason: Text(1_000)
      .optional()
      .meta({ description: 'German association only: what it is founded on, such as its statutes' }),
    duplicateReason: Text(1_000)
      .optional()
      .meta({ description: 'Why it is another municipality than the recorded ones that are much like it' }),
    population: z.int().nonnegative().max(100_000_000).optional().meta({ description: 'Partner side only' }),
    populationOn: Day.optional().meta({ description: 'Partner side only: day to which the population refers' }),
    identifiers: z
      .array(Identifier)
      .max(20)
      .default([])
      .meta({ description: 'Further identifiers; org:de:* come from the register only' }),
  }),
  reply: MunicipalityView,
  errors: [
    'PARTNERSHIP_REGISTER_KEY_UNKNOWN',
    'PARTNERSHIP_REGISTER_ENTRY_UNINCORPORATED',
    'PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY',
    'PARTNERSHIP_MUNICIPALITY_INCOMPLETE',
    'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    'PARTNERSHIP_MUNICIPALITY_EXISTS',
    'PARTNERSHIP_MUNICIPALITY_DUPLICATE_LIKELY',
    'PARTNERSHIP_PLACE_UNKNOWN',
    'PARTNERSHIP_IDENTIFIER_INVALID',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
});

export const getMunicipality = operation({
  subject: 'rpc.partnership.municipality.get',
  http: { method: 'GET', path: '/municipalities/{municipalityId}' },
  summary: 'Read a municipality',
  request: z.strictObject({ municipalityId: Id }),
  reply: MunicipalityView,
  // An expert is told where the assignment is; nothing in it is anybody's secret.
  allow: { ...READ_PARTNERSHIPS, expert: 'any' },
});

export const listMunicipalities = operation({
  subject: 'rpc.partnership.municipality.list',
  http: { method: 'GET', path: '/municipalities' },
  summary: 'List and search recorded municipalities',
  description:
    'Municipality users see their own municipality and those they share a partnership with. `q` ignores accents and tolerates typing errors.',
  request: z.strictObject({
    ...pageQuery,
    q: Line(100)
      .optional()
      .meta({
        description:
          'Name in any of its forms; best match first unless sort is stated. Or a key as people write it, an AGS without its leading zero too: ' +
          'what its bearer has become.',
      }),
    side: Side.optional(),
    country: csv(CountryCode).optional(),
    kind: csv(MunicipalityKind).optional(),
    identifier: Line(60).optional().meta({
      description: 'scheme:value, such as "org:de:ags:08416041"; an ended one finds what its bearer has become',
    }),
    sort: sortQuery('name', 'country', 'createdAt'),
  }),
  reply: pageOf(MunicipalityView),
  allow: READ_PARTNERSHIPS,
});
