import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CountryCode,
  csv,
  Day,
  EmailAddress,
  Id,
  Line,
  pageOf,
  pageQuery,
  sortQuery,
  Version,
  MachineText,
  Code,
} from '../values';
import { FieldOfActionKey } from '../partnership/reference.operations';

export const CEFR_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;

const unique = (values: readonly string[]) => new Set(values).size === values.length;

const caseData = {
  languages: z
    .array(
      z.strictObject({
        language: Code(12, /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'a BCP 47 tag, such as "sw"'),
        level: z.enum(CEFR_LEVELS).meta({ description: 'Level of the Common European Framework of Reference' }),
      }),
    )
    .max(20)
    .refine((languages) => unique(languages.map((each) => each.language)), 'names a language twice'),
  fieldsOfAction: z.array(FieldOfActionKey).max(20).refine(unique, 'names a field twice'),
  qualifications: z.array(Line(300)).max(50),
  citizenships: z
    .array(CountryCode)
    .min(1)
    .max(5)
    .refine(unique, 'names a country twice')
    .meta({ description: 'Decides with the residence which instruments are open (docs/domain.md#instruments)' }),
  residenceCountry: CountryCode,
};

const Person = z
  .strictObject({
    givenNames: Line(100),
    familyName: Line(100),
    birthDate: Day,
    email: EmailAddress,
  })
  .meta({ id: 'ExpertPerson', description: 'Personal data, kept apart from the case' });
export type ExpertPersonView = z.infer<typeof Person>;

export const ExpertView = z
  .strictObject({
    id: Id,
    version: Version,
    ...caseData,
    person: Person.nullable().meta({
      description:
        'Only for recruiter, programme officer, data protection officer and the expert; null for others and after erasure',
    }),
  })
  .meta({
    id: 'ExpertView',
    description: 'An expert (Fachkraft): case data, and personal data for those who need it.',
  });
export type ExpertView = z.infer<typeof ExpertView>;

const READERS = {
  ...grant('any', 'recruiter', 'programme-officer', 'adviser', 'auditor', 'data-protection-officer'),
  ...grant('own', 'expert', 'municipality-de', 'municipality-partner'),
};

export const createExpert = operation({
  subject: 'rpc.staffing.expert.create',
  http: { method: 'POST', path: '/experts', success: 201, location: '/experts/{id}', putById: true },
  summary: 'Take an expert into the pool',
  request: z.strictObject({ id: Id.optional(), ...caseData, person: Person }),
  reply: ExpertView,
  errors: ['PLATFORM_RESOURCE_EXISTS'],
  allow: grant('any', 'recruiter', 'programme-officer'),
  idempotency: 'optional',
});

export const changeExpert = operation({
  subject: 'rpc.staffing.expert.change',
  http: { method: 'PATCH', path: '/experts/{expertId}' },
  summary: 'Change the profile of an expert',
  description:
    'An expert keeps the own profile up to date. Citizenship and residence of past assignments are not judged anew.',
  request: z.strictObject({ expertId: Id, ...z.strictObject(caseData).partial().shape, person: Person.optional() }),
  reply: ExpertView,
  allow: { ...grant('any', 'recruiter', 'programme-officer'), expert: 'own' },
  idempotency: 'optional',
  precondition: 'required',
});

export const getExpert = operation({
  subject: 'rpc.staffing.expert.get',
  http: { method: 'GET', path: '/experts/{expertId}' },
  summary: 'Read one expert',
  description: 'Municipality users see the case data of experts with an assignment in one of their partnerships.',
  request: z.strictObject({ expertId: Id }),
  reply: ExpertView,
  allow: READERS,
});

export const listExpertActions = actionsOf('rpc.staffing.expert', '/experts/{expertId}', READERS);

export const listExperts = operation({
  subject: 'rpc.staffing.expert.list',
  http: { method: 'GET', path: '/experts' },
  summary: 'List experts',
  request: z.strictObject({
    ...pageQuery,
    fieldOfAction: csv(FieldOfActionKey).optional().meta({ description: 'Experts with at least one of these fields' }),
    language: MachineText(12).optional().meta({ description: 'BCP 47 tag of a language at any level' }),
    citizenship: CountryCode.optional(),
    sort: sortQuery('createdAt'),
  }),
  reply: pageOf(ExpertView),
  allow: READERS,
});
