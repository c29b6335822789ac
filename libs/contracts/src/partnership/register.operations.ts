import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { csv, Day, Id, Line, pageOf, pageQuery, Written, Code } from '../values';
import { RegisterArea } from './municipality.operations';

export const RegisterKind = z
  .enum(['CITY', 'MUNICIPALITY', 'DISTRICT', 'UNINCORPORATED_AREA'])
  .meta({ id: 'RegisterKind', description: 'Stadt, Gemeinde, Kreis, gemeindefreies Gebiet' });
export type RegisterKind = z.infer<typeof RegisterKind>;

export const RegisterEntryView = z
  .strictObject({
    key: Written(8).meta({ description: 'AGS (8 digits) or district key (5 digits), with leading zero' }),
    kind: RegisterKind,
    name: Written(200),
    designation: Written(200).meta({
      description: 'Designation in the register, such as "Große Kreisstadt" or "Landkreis"',
    }),
    land: RegisterArea,
    district: RegisterArea.nullable(),
    regionalKey: Written(12).nullable().meta({ description: 'Amtlicher Regionalschlüssel (ARS), 12 digits' }),
    nuts3: Written(5).nullable().meta({ description: 'NUTS-3 region of a district' }),
    population: z.int().nonnegative().nullable(),
    areaKm2: z.number().nonnegative().nullable(),
    postalCode: Written(10).nullable().meta({ description: 'Postal code of the seat of the administration' }),
    longitude: z.number().nullable(),
    latitude: z.number().nullable(),
    sameAs: Written(8)
      .nullable()
      .meta({ description: 'District entry of a kreisfreie Stadt: the AGS of the same body' }),
    municipalityId: Id.nullable().meta({ description: 'The recorded municipality, when there is one' }),
    asOf: Day.meta({ description: 'Day to which the register entry refers' }),
    validFrom: Day.nullable().meta({ description: 'Day on which the key was given; null when before the edition' }),
    validTo: Day.nullable().meta({ description: 'Day on which the key ended; null while valid' }),
    successorKey: Written(8).nullable().meta({ description: 'Key of the entry that took the place of an ended one' }),
  })
  .meta({ id: 'RegisterEntryView' });
export type RegisterEntryView = z.infer<typeof RegisterEntryView>;

export const listRegisterEntries = operation({
  subject: 'rpc.partnership.register-entry.list',
  http: { method: 'GET', path: '/municipality-register' },
  summary: 'Search the official German municipality register',
  description:
    '11,004 municipalities and 401 districts, and what is known to have changed since. `q` takes a name as people write it (titles such as ' +
    'Landkreis or Hansestadt, abbreviations, other languages; accents ignored, typing errors tolerated, best match first) ' +
    'or an AGS, district key or ARS, spaced or without its leading zero; an ended key is found with its successor. ' +
    'Source: Destatis, Gemeindeverzeichnis-Informationssystem.',
  request: z.strictObject({
    ...pageQuery,
    q: Line(100).optional(),
    kind: csv(RegisterKind).optional(),
    land: csv(Code(2, /^(0[1-9]|1[0-6])$/, 'a key of a Land, 01 to 16')).optional(),
  }),
  reply: pageOf(RegisterEntryView),
  allow: EVERY_PERSON,
});
