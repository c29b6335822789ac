import { z } from 'zod';
import { operation } from '../operation';
import { EVERY_PERSON } from '../roles';
import { flag, Id, Instant, Line, LocalizedText, pageOf, pageQuery, Version, Written } from '../values';
import { MailKind, RegistrationStatus } from './registration.values';
import { ORGANISERS, ORGANISERS_OR_OWN, RegistrationView } from './registration.operations';

/** Ample for a token of 256 bits, and for one that a mail program has broken. */
const TOKEN_LENGTH_MAX = 200;

export const AddressConfirmationView = z
  .strictObject({
    eventId: Id,
    eventTitle: LocalizedText,
    startsAt: Instant,
    timeZone: Written(60),
    registrationStatus: RegistrationStatus,
    confirmedAt: Instant,
  })
  .meta({
    id: 'AddressConfirmationView',
    description: 'For whoever opened the link: the event, and what became of the registration. No names.',
  });
export type AddressConfirmationView = z.infer<typeof AddressConfirmationView>;

export const confirmAddress = operation({
  subject: 'rpc.events.address.confirm',
  http: { method: 'POST', path: '/registration-confirmations' },
  summary: 'Confirm an e-mail address with the token of the mail that was sent to it',
  description:
    'Everybody may, without signing in: who has the token reads the mails of the address. A token is used once and for a limited time. ' +
    'One that is unknown, used, too old, of a person who was taken out, or no token at all gets the same answer. ' +
    'From then on the address is taken at this event: others who named it are told so and have to name somebody else.',
  request: z.strictObject({ token: Line(TOKEN_LENGTH_MAX) }),
  reply: AddressConfirmationView,
  errors: ['EVENTS_CONFIRMATION_LINK_INVALID'],
  allow: EVERY_PERSON,
  isPublic: true,
});

export const requestAddressConfirmation = operation({
  subject: 'rpc.events.registration.request-address-confirmation',
  http: { method: 'POST', path: '/registrations/{registrationId}/address-confirmation-requests' },
  summary: 'Send the confirmation mail again',
  description:
    'To the people of the registration who have not confirmed their address, or to one of them. At the earliest ten minutes after the ' +
    'last one, and no more than five in 24 hours to one address, whoever asks.',
  request: z.strictObject({ registrationId: Id, participantId: Id.optional() }),
  reply: RegistrationView,
  errors: [
    'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED',
    'EVENTS_ADDRESSES_CONFIRMED',
    'EVENTS_CONFIRMATION_MAIL_TOO_SOON',
    'EVENTS_PARTICIPANTS_INVALID',
  ],
  allow: ORGANISERS_OR_OWN,
  idempotency: 'optional',
  precondition: 'required',
});

export const UndeliveredMailView = z
  .strictObject({
    id: Id,
    version: Version,
    kind: MailKind,
    registrationId: Id,
    participantId: Id,
    writtenAt: Instant,
    attempts: z.int().min(1),
    givenUpAt: Instant,
    failure: Written(200)
      .nullable()
      .meta({ description: "The mail server's code, or why it was not reached; never the address" }),
  })
  .meta({
    id: 'UndeliveredMailView',
    description: 'A mail that was given up. The address stands with the participant.',
  });
export type UndeliveredMailView = z.infer<typeof UndeliveredMailView>;

export const listUndeliveredMails = operation({
  subject: 'rpc.events.undelivered-mail.list',
  http: { method: 'GET', path: '/undelivered-mails' },
  summary: 'See which mails could not be delivered',
  description: 'Refused by the mail server for good, or not taken by it in three days. Newest first.',
  request: z.strictObject({
    ...pageQuery,
    eventId: Id.optional(),
    isOpen: flag().optional().meta({
      description:
        'true: something is to be done. The person still takes part in an event that is not over, has not confirmed the address, and nothing was sent to it since',
    }),
  }),
  reply: pageOf(UndeliveredMailView),
  allow: ORGANISERS,
});
