import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { CountryCode, Day, Id, Instant, Line, pageOf, pageQuery, Subject, Text, Written, Code } from '../values';
import {
  Identifier,
  IdentifierScheme,
  MunicipalityKind,
  MunicipalityNames,
  MunicipalityView,
  Position,
  READ_PARTNERSHIPS,
  WRITE_PARTNERSHIPS,
} from './municipality.operations';

const municipalityId = Id;
const reason = Text(1_000).meta({ description: 'Why; kept with who and when' });
const act = {
  reply: MunicipalityView,
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
  precondition: 'required',
} as const;

export const listMunicipalityActions = actionsOf(
  'rpc.partnership.municipality',
  '/municipalities/{municipalityId}',
  READ_PARTNERSHIPS,
);

export const correctMunicipality = operation({
  subject: 'rpc.partnership.municipality.correct',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/corrections' },
  summary: 'Correct what was typed wrongly of a municipality',
  description:
    'What is left out stays. Partner municipalities and German associations; any other German one is what the register says. A name that it ' +
    'bears from a day on is a succession (RENAMING), not a correction. Partnerships and the copies of other services follow.',
  request: z.strictObject({
    municipalityId,
    names: MunicipalityNames.optional(),
    country: CountryCode.optional().meta({ description: 'Partner side only' }),
    kind: MunicipalityKind.optional(),
    population: z.int().nonnegative().max(100_000_000).optional(),
    populationOn: Day.optional(),
    position: Position.optional(),
    reason,
  }),
  errors: [
    'PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY',
    'PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN',
    'PARTNERSHIP_MUNICIPALITY_ENDED',
  ],
  ...act,
});

export const addMunicipalityIdentifier = operation({
  subject: 'rpc.partnership.municipality-identifier.add',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/identifiers' },
  summary: 'Add an identifier of a municipality, from a day on',
  description: 'Official German keys on the German side only. A scheme and value belong to one municipality at a time.',
  request: z.strictObject({ municipalityId, identifier: Identifier, reason }),
  errors: ['PARTNERSHIP_IDENTIFIER_INVALID', 'PARTNERSHIP_MUNICIPALITY_EXISTS', 'PARTNERSHIP_MUNICIPALITY_ENDED'],
  ...act,
});

export const endMunicipalityIdentifier = operation({
  subject: 'rpc.partnership.municipality-identifier.end',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/identifier-endings' },
  summary: 'End an identifier of a municipality on a day',
  description: 'It stays on record with its period; a wrong one is ended as well, and the right one added.',
  request: z.strictObject({
    municipalityId,
    scheme: IdentifierScheme,
    value: Line(40),
    on: Day.meta({ description: 'First day on which it is no longer valid' }),
    reason,
  }),
  errors: ['PARTNERSHIP_IDENTIFIER_NOT_VALID', 'PARTNERSHIP_MUNICIPALITY_ENDED'],
  ...act,
});

export const SuccessionKind = z.enum(['MERGER', 'SPLIT', 'RENAMING', 'RENUMBERING', 'DISTRICT_CHANGE']).meta({
  id: 'SuccessionKind',
  description:
    'MERGER: becomes part of another. SPLIT: becomes several. RENAMING, RENUMBERING, DISTRICT_CHANGE: goes on with another name, key or district.',
});
export type SuccessionKind = z.infer<typeof SuccessionKind>;

const SUCCESSORS_MAX = 10;

export const declareSuccession = operation({
  subject: 'rpc.partnership.municipality-succession.declare',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/successions' },
  summary: 'Declare what became of a municipality on a day',
  description:
    'MERGER names one successor, SPLIT at least two; the municipality and its keys end on the day, and its partnerships that have not ended ' +
    'go on with the first successor. RENUMBERING and DISTRICT_CHANGE name the new official key, RENAMING the new names or, on the German ' +
    'side, the key under which the register has them. Two that merge into one are two declarations. Lists and counts of partnerships and ' +
    'the search by identifier answer the same by the old and by the new municipality.',
  request: z.strictObject({
    municipalityId,
    kind: SuccessionKind,
    on: Day.meta({ description: 'Day from which it holds, never in the future' }),
    successorIds: z.array(Id).max(SUCCESSORS_MAX).default([]).meta({ description: 'MERGER and SPLIT' }),
    officialKey: Code(8, /^(\d{8}|\d{5})$/, 'an AGS of 8 digits or a district key of 5 digits')
      .optional()
      .meta({ description: 'German side: the new key, as the register has it' }),
    names: MunicipalityNames.optional().meta({ description: 'RENAMING' }),
    reason,
  }),
  errors: [
    'PARTNERSHIP_SUCCESSION_INVALID',
    'PARTNERSHIP_MUNICIPALITY_ENDED',
    'PARTNERSHIP_REGISTER_KEY_UNKNOWN',
    'PARTNERSHIP_MUNICIPALITY_EXISTS',
  ],
  ...act,
});

export const SuccessionView = z
  .strictObject({
    id: Id,
    kind: SuccessionKind,
    on: Day,
    reason: Written(1_000),
    municipality: z.strictObject({ id: Id, name: Written(200) }),
    successors: z.array(z.strictObject({ id: Id, name: Written(200) })).max(SUCCESSORS_MAX),
    nameBefore: Written(200),
    nameAfter: Written(200),
    keyBefore: Written(8).nullable(),
    keyAfter: Written(8).nullable(),
    declaredBy: Subject,
    declaredAt: Instant,
  })
  .meta({ id: 'SuccessionView' });
export type SuccessionView = z.infer<typeof SuccessionView>;

export const listSuccessions = operation({
  subject: 'rpc.partnership.municipality-succession.list',
  http: { method: 'GET', path: '/municipalities/{municipalityId}/successions' },
  summary: 'List what became of a municipality, and what went into it',
  request: z.strictObject({ ...pageQuery, municipalityId }),
  reply: pageOf(SuccessionView),
  allow: READ_PARTNERSHIPS,
});

/** What a municipality was said to be at one time. */
const MunicipalityContentView = z
  .strictObject({
    name: Written(200),
    nameLocal: Written(200).nullable(),
    nameLatin: Written(200).nullable(),
    country: CountryCode,
    kind: MunicipalityKind,
    population: z.int().nullable(),
    populationOn: Day.nullable(),
    registerKey: Written(8).nullable(),
    longitude: z.number().nullable(),
    latitude: z.number().nullable(),
  })
  .meta({ id: 'MunicipalityContentView', description: 'What a municipality was said to be at one time.' });

const ChangedIdentifier = z
  .strictObject({
    scheme: IdentifierScheme,
    value: Written(40),
    on: Day.nullable().meta({
      description: 'Added: first day of validity where it was said. Ended: first day without',
    }),
  })
  .meta({ id: 'ChangedIdentifier' });

export const MunicipalityChangeView = z
  .strictObject({
    sequence: z.int(),
    kind: z.enum([
      'ASSOCIATION_RECORDED',
      'DUPLICATE_OVERRIDDEN',
      'CORRECTED',
      'IDENTIFIER_ADDED',
      'IDENTIFIER_ENDED',
      'SUCCEEDED',
    ]),
    reason: Written(1_000),
    before: MunicipalityContentView.nullable().meta({ description: 'CORRECTED and SUCCEEDED: what was said before' }),
    after: MunicipalityContentView.nullable(),
    identifier: ChangedIdentifier.nullable().meta({ description: 'IDENTIFIER_ADDED and IDENTIFIER_ENDED' }),
    recordedBy: Subject,
    recordedAt: Instant,
  })
  .meta({ id: 'MunicipalityChangeView' });
export type MunicipalityChangeView = z.infer<typeof MunicipalityChangeView>;

export const listMunicipalityChanges = operation({
  subject: 'rpc.partnership.municipality-change.list',
  http: { method: 'GET', path: '/municipalities/{municipalityId}/changes' },
  summary: 'List the corrections of a municipality with their reasons and what was said before, latest first',
  request: z.strictObject({ ...pageQuery, municipalityId }),
  reply: pageOf(MunicipalityChangeView),
  allow: READ_PARTNERSHIPS,
});
