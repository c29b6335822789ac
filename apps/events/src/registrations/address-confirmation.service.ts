import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, asciiAddress, fieldError, type RequestOf } from '#contracts';
import {
  type AddressConfirmationView,
  confirmAddress,
  type MailKind,
  requestAddressConfirmation,
  type RegistrationView,
} from '#contracts/events';
import { Database, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle } from '#platform';
import { EventService } from '../events/event.service';
import { type Addressee, MailOutbox } from '../mails/mail-outbox.service';
import {
  type Confirming,
  deleteExpiredTokens,
  deleteTokens,
  findPerson,
  findUnconfirmed,
  lockNamed,
  recordConfirmed,
  recordRequested,
  recordTaken,
  useToken,
} from './address-confirmation.rows';
import { type Naming, recordParticipants } from './participant.rows';
import { act } from './registration.act';
import { Registration } from './registration.entity';
import { registrationView } from './registration.messages';

/** Between two mails to one person. */
const PAUSE_MINUTES = 10;
const MINUTE_MS = 60_000;

/**
 * Whose an address is: of whoever opened the link in a mail to it, or signed in with it at a provider that has verified it. Until then
 * several registrations may name it, so that nobody keeps a stranger out (docs/adr/0049-an-address-is-whose-reads-its-mail.md).
 */
@Injectable()
export class AddressConfirmationService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly events: EventService,
    private readonly mails: MailOutbox,
    private readonly clock: Clock,
  ) {}

  /** Stores the people whom registrations name, and asks those by mail whose address is not known to be theirs. */
  async name(tx: Tx, namings: readonly Naming[]): Promise<void> {
    const people = await recordParticipants(tx, namings);
    await this.ask(
      tx,
      people.filter(({ addressConfirmedAt }) => addressConfirmedAt === null),
    );
    const byId = new Map(namings.map(({ registration }) => [registration.id, registration]));
    for (const person of people) {
      if (person.addressConfirmedAt === null) continue;
      byId.get(person.registrationId)?.confirmAddress(person.addressConfirmedAt);
      await this.tellOthers(tx, person, await lockNamed(tx, person));
    }
  }

  /** The caller's own address, if it is known to be: confirmed at once where it is named. */
  ownAddress({ caller: { verifiedEmail } }: Call): Map<string, Date> {
    return new Map(verifiedEmail === undefined ? [] : [[asciiAddress(verifiedEmail), this.clock.now()]]);
  }

  @Handle(confirmAddress)
  confirm({ token }: RequestOf<typeof confirmAddress>, call: Call): Promise<AddressConfirmationView> {
    return this.commands.run(call, async (tx) => {
      const now = this.clock.now();
      const person = await this.personOf(tx, token, now);
      const registration = await tx.lockOrFail(Registration, person.registrationId);
      const named = await lockNamed(tx, person);
      const isTheirs = named.some(({ id, addressTakenAt }) => id === person.id && addressTakenAt === null);
      if (!isTheirs || named.some(({ addressConfirmedAt }) => addressConfirmedAt)) throw invalidLink();
      await recordConfirmed(tx, person.id, now);
      await deleteTokens(tx, [person.id]);
      registration.confirmAddress(now);
      await tx.update(registration);
      await this.tellOthers(tx, person, named);
      const event = await this.events.find(tx, person.eventId);
      return {
        eventId: event.id,
        eventTitle: event.title,
        startsAt: event.startsAt.toISOString(),
        timeZone: event.timeZone,
        registrationStatus: registration.status,
        confirmedAt: now.toISOString(),
      };
    });
  }

  @act(requestAddressConfirmation, {
    possible: (registration) => registration.assertCanRequestConfirmation(),
  })
  async request(
    registration: Registration,
    { participantId }: RequestOf<typeof requestAddressConfirmation>,
    { tx }: Act,
  ): Promise<void> {
    const unconfirmed = await findUnconfirmed(tx, registration.id);
    if (unconfirmed.length === 0) throw new AppError('EVENTS_ADDRESSES_CONFIRMED');
    const asked = unconfirmed.filter(({ id }) => participantId === undefined || id === participantId);
    if (asked.length === 0)
      throw fieldError('EVENTS_PARTICIPANTS_INVALID', '#/participantId', 'has nothing to confirm here');
    const before = new Date(this.clock.now().getTime() - PAUSE_MINUTES * MINUTE_MS);
    const sent = await this.ask(
      tx,
      asked.filter(({ confirmationRequestedAt: last }) => last === null || last <= before),
    );
    if (sent === 0) throw new AppError('EVENTS_CONFIRMATION_MAIL_TOO_SOON', { pauseMinutes: PAUSE_MINUTES });
  }

  view(registration: Registration): RegistrationView {
    return registrationView(registration);
  }

  forgetExpiredTokens(limit: number): Promise<void> {
    return deleteExpiredTokens(this.database, this.clock.now(), limit);
  }

  /** Every fault of a link is answered alike: it tells nobody which addresses are known here. */
  private async personOf(tx: Tx, token: string, now: Date): Promise<Confirming> {
    const participantId = await useToken(tx, hashOfToken(token), now);
    const person = participantId === undefined ? undefined : await findPerson(tx, participantId);
    if (!person) throw invalidLink();
    return person;
  }

  private async ask(tx: Tx, people: readonly Pick<Confirming, 'id' | Named>[]): Promise<number> {
    const addressees = people.map((person) => addresseeOf(person, 'ADDRESS_CONFIRMATION'));
    const sent = await this.mails.append(tx, addressees);
    if (sent.size > 0) await recordRequested(tx, [...sent], this.clock.now());
    return sent.size;
  }

  /** The others who are named with the address learn that theirs is not the one; their links end. */
  private async tellOthers(tx: Tx, { id }: { readonly id: string }, named: readonly Confirming[]): Promise<void> {
    const others = named.filter((other) => other.id !== id && other.addressTakenAt === null);
    if (others.length === 0) return;
    const ids = others.map((other) => other.id);
    await recordTaken(tx, ids, this.clock.now());
    await deleteTokens(tx, ids);
    await this.mails.append(
      tx,
      others.map((other) => addresseeOf(other, 'ADDRESS_TAKEN')),
    );
  }
}

type Named = 'eventId' | 'registrationId' | 'addressKey';

function addresseeOf({ id, ...person }: Pick<Confirming, 'id' | Named>, kind: MailKind): Addressee {
  const { eventId, registrationId, addressKey } = person;
  return { kind, eventId, registrationId, addressKey, participantId: id };
}

/** How a token is known here. It is random, so that no salt and no slow function is needed. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function invalidLink(): AppError {
  return new AppError('EVENTS_CONFIRMATION_LINK_INVALID');
}
