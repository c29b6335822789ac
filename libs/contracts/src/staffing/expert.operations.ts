import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { operation } from '../operation';
import { grant, type Role } from '../roles';
import {
  CountryCode,
  csv,
  Day,
  EmailAddress,
  Id,
  Instant,
  Line,
  LineOrEmpty,
  pageOf,
  pageQuery,
  sortQuery,
  Subject,
  Text,
  Version,
  Written,
  MachineText,
  Code,
} from '../values';
import { FieldOfActionKey } from '../partnership/reference.operations';

export const CEFR_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;

const unique = (values: readonly string[]) => new Set(values).size === values.length;

export const Languages = z
  .array(
    z.strictObject({
      language: Code(12, /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'a BCP 47 tag, such as "sw"'),
      level: z.enum(CEFR_LEVELS).meta({ description: 'Level of the Common European Framework of Reference' }),
    }),
  )
  .max(20)
  .refine((languages) => unique(languages.map((each) => each.language)), 'names a language twice');
export const Qualifications = z.array(Line(300)).max(50);

const caseData = {
  languages: Languages,
  fieldsOfAction: z.array(FieldOfActionKey).max(20).refine(unique, 'names a field twice'),
  qualifications: Qualifications,
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
    givenNames: LineOrEmpty(100).default(''),
    familyName: LineOrEmpty(100).default('').meta({ description: 'Who has one name only has it here or above' }),
    birthDate: Day,
    email: EmailAddress,
  })
  .refine(({ givenNames, familyName }) => givenNames !== '' || familyName !== '', {
    path: ['familyName'],
    message: 'a person has at least one name',
  })
  .meta({ id: 'ExpertPerson', description: 'Personal data, kept apart from the case' });
export type ExpertPersonView = z.infer<typeof Person>;

/** On what the right to an instrument hangs. */
export const EXPERT_FACTS = ['citizenships', 'birthDate', 'residenceCountry'] as const;
export const ExpertFact = z.enum(EXPERT_FACTS).meta({ id: 'ExpertFact' });
export type ExpertFact = z.infer<typeof ExpertFact>;

export const FactDocument = z
  .enum([
    'PASSPORT',
    'IDENTITY_CARD',
    'BIRTH_CERTIFICATE',
    'NATURALISATION_CERTIFICATE',
    'RESIDENCE_PERMIT',
    'REGISTRATION_CERTIFICATE',
    'OTHER',
  ])
  .meta({ id: 'FactDocument', description: 'The kind of paper that was seen; no copy of it is kept here' });
export type FactDocument = z.infer<typeof FactDocument>;

const FactVerification = z
  .strictObject({
    by: Subject,
    at: Instant,
    document: FactDocument.nullable().meta({ description: 'Null where the entry names no paper' }),
  })
  .meta({ id: 'FactVerification', description: 'Which person of the fund entered or verified a fact.' });
export type FactVerification = z.infer<typeof FactVerification>;

/** Who sees who the experts are, and may ask for them by name. */
export const EXPERT_PERSON_READERS = [
  'recruiter',
  'programme-officer',
  'data-protection-officer',
] as const satisfies readonly Role[];

const LIKELY_DUPLICATES_MAX = 20;

export const ExpertView = z
  .strictObject({
    id: Id,
    version: Version,
    ...caseData,
    person: Person.nullable().meta({
      description:
        'Only for recruiter, programme officer, data protection officer and the expert; null for others and after erasure',
    }),
    verifications: z
      .strictObject({
        citizenships: FactVerification.nullable(),
        birthDate: FactVerification.nullable(),
        residenceCountry: FactVerification.nullable(),
      })
      .nullable()
      .meta({
        description: 'A fact that nobody verified decides nothing. Null as a whole for who does not see the person',
      }),
    changeReason: Written(1_000).nullable().meta({
      description: 'Why the record was corrected last, if it was said; null for who does not see the person',
    }),
    likelyDuplicates: z.array(Id).max(LIKELY_DUPLICATES_MAX).nullable().meta({
      description:
        'Other experts with this address, or with this name and birth date: to be looked at. Null in lists, and for all but recruiters and programme officers',
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

const document = FactDocument.optional().meta({
  description: 'The paper from which the entry of citizenship, birth date or residence was taken',
});
const duplicateReason = Text(1_000).optional().meta({
  description:
    'Why it is another person than the one who has this address already; without it a likely duplicate is refused',
});

export const createExpert = operation({
  subject: 'rpc.staffing.expert.create',
  http: { method: 'POST', path: '/experts', success: 201, location: '/experts/{id}', putById: true },
  summary: 'Take an expert into the pool',
  description:
    'What is entered counts as verified by who enters it. A person whose address another expert has is refused with that expert, and taken in with the reason why it is another one; the same name and birth date is named in the answer.',
  request: z.strictObject({ id: Id.optional(), ...caseData, person: Person, document, duplicateReason }),
  reply: ExpertView,
  errors: ['STAFFING_EXPERT_BIRTH_DATE_NOT_PLAUSIBLE', 'STAFFING_EXPERT_DUPLICATE_LIKELY', 'PLATFORM_RESOURCE_EXISTS'],
  allow: grant('any', 'recruiter', 'programme-officer'),
  idempotency: 'optional',
});

export const changeExpert = operation({
  subject: 'rpc.staffing.expert.change',
  http: { method: 'PATCH', path: '/experts/{expertId}' },
  summary: 'Change the profile of an expert',
  description:
    'An expert keeps the own profile up to date; a citizenship, birth date or residence that the expert changes decides nothing until a person of the fund has verified it. Changed by such a person it counts as verified. Past assignments are not judged anew.',
  request: z.strictObject({
    expertId: Id,
    ...z.strictObject(caseData).partial().shape,
    person: Person.optional(),
    document,
    duplicateReason,
    reason: Text(1_000).optional().meta({ description: 'Why it is corrected; kept in the audit record' }),
  }),
  reply: ExpertView,
  errors: ['STAFFING_EXPERT_BIRTH_DATE_NOT_PLAUSIBLE', 'STAFFING_EXPERT_DUPLICATE_LIKELY'],
  allow: { ...grant('any', 'recruiter', 'programme-officer'), expert: 'own' },
  idempotency: 'optional',
  precondition: 'required',
});

export const verifyExpert = operation({
  subject: 'rpc.staffing.expert.verify',
  http: { method: 'POST', path: '/experts/{expertId}/fact-verifications' },
  summary: 'Verify facts of an expert against papers',
  description:
    'Citizenship, birth date and residence decide on the instrument once a person of the fund has seen a paper.',
  request: z.strictObject({
    expertId: Id,
    facts: z.array(ExpertFact).min(1).max(EXPERT_FACTS.length).refine(unique, 'names a fact twice'),
    document: FactDocument,
  }),
  reply: ExpertView,
  errors: ['STAFFING_EXPERT_VERIFIES_SELF'],
  allow: grant('any', 'recruiter', 'programme-officer'),
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
    language: MachineText(12)
      .optional()
      .meta({ description: 'BCP 47 tag of a language, at any level unless one is given' }),
    level: z.enum(CEFR_LEVELS).optional().meta({ description: 'The language at this level or a higher one' }),
    q: Line(100).optional().meta({
      description: 'Part of the name or address; for recruiters, programme officers and the data protection officer',
    }),
    citizenship: CountryCode.optional(),
    sort: sortQuery('createdAt'),
  }),
  reply: pageOf(ExpertView),
  allow: READERS,
});
