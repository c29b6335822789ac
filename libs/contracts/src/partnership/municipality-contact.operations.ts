import { z } from 'zod';
import { operation } from '../operation';
import { type Allow, grant } from '../roles';
import { Day, EmailAddress, Id, Instant, Line, pageOf, pageQuery, Subject, Text, Written } from '../values';
import { MunicipalityView } from './municipality.operations';

/** Who works on partnerships, and for municipalities those of whom they work with; nobody reads them who has no need to. */
const READ_CONTACTS: Allow = {
  ...grant('any', 'programme-officer', 'adviser', 'data-protection-officer'),
  ...grant('own', 'municipality-de', 'municipality-partner'),
};

const municipalityId = Id;
const act = { reply: MunicipalityView, idempotency: 'optional', precondition: 'required' } as const;

const CONTACTS_PERSON = {
  name: Line(200),
  function: Line(200).meta({ description: 'What the person does in the municipality' }),
  email: EmailAddress,
};

export const recordMunicipalityContact = operation({
  subject: 'rpc.partnership.municipality-contact.record',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/contacts' },
  summary: 'Record whom to talk to in a municipality, with the consent of that person',
  description:
    'Name, function and e-mail are kept with the consent alone (DSGVO 6 (1) a, 7): from the day on which it was given, until it is withdrawn ' +
    'or runs out. They are in no message, in no audit record and in nothing that is published.',
  request: z.strictObject({
    municipalityId,
    person: z.strictObject(CONTACTS_PERSON),
    consent: z.strictObject({
      givenOn: Day.meta({ description: 'Never in the future' }),
      evidence: Text(1_000).meta({ description: 'How it was given: the consent has to be shown (DSGVO 7 (1))' }),
      until: Day.nullable()
        .default(null)
        .meta({ description: 'First day without consent; null until it is withdrawn' }),
    }),
  }),
  errors: ['PARTNERSHIP_CONTACT_CONSENT_INVALID', 'PARTNERSHIP_CONTACTS_TOO_MANY', 'PARTNERSHIP_MUNICIPALITY_ENDED'],
  allow: grant('any', 'programme-officer', 'adviser'),
  ...act,
});

export const withdrawMunicipalityContact = operation({
  subject: 'rpc.partnership.municipality-contact.withdraw',
  http: { method: 'POST', path: '/municipalities/{municipalityId}/contact-withdrawals' },
  summary: 'Withdraw the consent of a contact; name, function, e-mail and evidence are deleted at once',
  description: 'At any time and without a reason (DSGVO 7 (3)). That there was a contact stays, and from when to when.',
  request: z.strictObject({ municipalityId, contactId: Id }),
  errors: ['PARTNERSHIP_CONTACT_WITHDRAWN'],
  allow: grant('any', 'programme-officer', 'adviser', 'data-protection-officer'),
  ...act,
});

export const MunicipalityContactView = z
  .strictObject({
    id: Id,
    person: z
      .strictObject({
        name: Written(200),
        function: Written(200),
        email: Written(254),
        evidence: Written(1_000)
          .nullable()
          .meta({ description: 'How the consent was given; for the offices that have to show it' }),
      })
      .nullable()
      .meta({ description: 'Null once the consent was withdrawn or has run out' }),
    givenOn: Day,
    until: Day.nullable().meta({ description: 'First day without consent; null until it is withdrawn' }),
    recordedBy: Subject,
    recordedAt: Instant,
    withdrawnAt: Instant.nullable(),
  })
  .meta({
    id: 'MunicipalityContactView',
    description: 'Whom to talk to in a municipality, while that person consents.',
  });
export type MunicipalityContactView = z.infer<typeof MunicipalityContactView>;

export const listMunicipalityContacts = operation({
  subject: 'rpc.partnership.municipality-contact.list',
  http: { method: 'GET', path: '/municipalities/{municipalityId}/contacts' },
  summary: 'List whom to talk to in a municipality, latest first',
  description: 'Municipalities read their own and those of municipalities that they share a partnership with.',
  request: z.strictObject({ ...pageQuery, municipalityId }),
  reply: pageOf(MunicipalityContactView),
  allow: READ_CONTACTS,
});
