import { randomBytes, randomUUID } from 'node:crypto';
import {
  cancelRegistration,
  confirmAddress,
  type EventView,
  getRegistration,
  listEventParticipants,
  listUndeliveredMails,
  type RegistrationView,
  replaceParticipant,
  requestAddressConfirmation,
} from '#contracts/events';
import { caller, eventually, FixedClock, startTestService, type TestCaller, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import {
  ADVISER,
  aParticipant,
  aPublishedEvent,
  BEFORE_DEADLINE,
  delegation,
  register,
  tellOfMunicipality,
} from '../factories/event.factory';
import { MailSender } from '../mails/mail-sender.service';
import { MailServer, type Received, tokenIn } from '../mails/mail-server-spec';
import { SweepService } from '../sweeps/sweep.service';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const clock = new FixedClock(BEFORE_DEADLINE);
const INVALID = { code: 'EVENTS_CONFIRMATION_LINK_INVALID', kind: 'unprocessable', details: undefined };
let service: TestService;
let mails: MailServer;
let town: string;

beforeAll(async () => {
  mails = await MailServer.start();
  const { environment } = mails;
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock, environment });
  town = await tellOfMunicipality(service, { side: 'DE' });
  await eventually(async () => {
    expect(await service.asServiceRole('SELECT FROM municipality_copy')).toHaveLength(1);
  });
});
afterAll(async () => {
  await service.close();
  await mails.stop();
});
beforeEach(() => {
  clock.set(BEFORE_DEADLINE);
  mails.next.splice(0);
});

const address = () => `${randomUUID()}@example.org`;
const expert = (binding: Partial<TestCaller> = {}) =>
  caller('expert', { subject: randomUUID(), expertId: randomUUID(), ...binding });
const named = (email: string, changes: object = {}) => ({ participants: [aParticipant({ email, ...changes })] });
const read = ({ id }: RegistrationView) => service.rpc(getRegistration, { registrationId: id }, ADVISER);
const people = async ({ id }: RegistrationView) =>
  (await service.rpc(listEventParticipants, { registrationId: id }, ADVISER)).items;
const confirm = (token: string) => service.rpc(confirmAddress, { token }, ADVISER);
const send = () => service.app.get(MailSender).sendDue();
const sweep = () => service.app.get(SweepService).sweep();
const ask = async (registration: RegistrationView, request: { participantId?: string } = {}) =>
  service.rpc(requestAddressConfirmation, { registrationId: registration.id, ...request }, ADVISER, {
    expectedVersion: (await read(registration)).version,
  });
/** The mails to an address, once there are as many; the service sends by itself, too. */
async function mailTo(email: string, count = 1): Promise<Received[]> {
  await eventually(async () => {
    await send();
    expect(mails.to(email).length).toBeGreaterThanOrEqual(count);
  });
  return mails.to(email);
}
/** Nothing is on its way: what the server is told next is about the next mail. */
const allSent = () =>
  eventually(async () => {
    await send();
    const [left] = await service.asServiceRole(
      'SELECT FROM mail WHERE sent_at IS NULL AND participant_id IS NOT NULL AND given_up_at IS NULL LIMIT 1',
    );
    expect(left).toBeUndefined();
  });
const town3 = (event: EventView, ...emails: readonly string[]) =>
  register(service, event.id, {
    as: caller('municipality-de', { subject: randomUUID(), municipalityId: town }),
    kind: 'DELEGATION',
    group: 'GERMAN_SIDE',
    participants: emails.map((email) => aParticipant({ email })),
  });

describe('a mail', () => {
  it('asks each person once, in the language of the person, and is all that holds a token', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const registration = await register(service, event.id, { as: expert(), ...named(email, { language: 'fr' }) });
    const [mail, ...others] = await mailTo(email);
    await send();
    expect([others, mails.to(email).length]).toEqual([[], 1]);
    expect(mail?.subject).toBe('Merci de confirmer votre inscription');
    expect(mail?.headers).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(mail?.text).toContain('Waste management in growing towns, 1 mars 2027');
    const token = tokenIn(mail);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    // No name and no word of whoever registered goes to somebody who may not know them.
    expect(mail?.text).not.toContain('Asha');
    const stored = await service.asServiceRole<{ row: string }>(
      `SELECT to_jsonb(mail)::text AS row FROM mail WHERE registration_id = $1
       UNION ALL SELECT data FROM outbox_message WHERE aggregate_id = $1::text
       UNION ALL SELECT to_jsonb(address_confirmation)::text FROM address_confirmation
       UNION ALL SELECT to_jsonb(audit_record)::text FROM audit_record`,
      [registration.id],
    );
    expect(stored.length).toBeGreaterThan(3);
    for (const { row } of stored) for (const secret of [email, token]) expect(row).not.toContain(secret);
  });

  it.each([
    ['the German side', { de: 'Tagung', en: 'Meeting' }, 'Bitte bestätigen Sie Ihre Anmeldung'],
    ['the German side, of an event in Spanish', { es: 'Reunión' }, 'Confirme su inscripción, por favor'],
  ])('to %s is in a language of the event', async (_, title, subject) => {
    const [event, email] = [await aPublishedEvent(service, { title }), address()];
    await town3(event, email);
    expect(await mailTo(email)).toMatchObject([{ subject }]);
  });

  it('is tried again later when the server says no for now, and sent once', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    await allSent();
    mails.next.push('refuse for now');
    await register(service, event.id, { as: expert(), ...named(email) });
    await send();
    await send();
    expect(mails.to(email)).toEqual([]);
    clock.advance(MINUTE_MS);
    expect(await mailTo(email)).toHaveLength(1);
  });

  it('is given up when the server refuses it for good, which an organiser sees without the address', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    await allSent();
    mails.next.push('refuse for good');
    const registration = await register(service, event.id, { as: expert(), ...named(email) });
    const { id } = registration;
    await send();
    const given = async () => (await service.rpc(listUndeliveredMails, { eventId: event.id }, ADVISER)).items;
    await eventually(async () => {
      expect(await given()).toMatchObject([
        { kind: 'ADDRESS_CONFIRMATION', registrationId: id, attempts: 1, failure: 'EENVELOPE 550' },
      ]);
    });
    clock.advance(DAY_MS);
    expect(await mailTo(email, 0)).toEqual([]);
    const items = await given();
    expect(JSON.stringify(items)).not.toContain(email);
    const open = async (isOpen = true) =>
      (await service.rpc(listUndeliveredMails, { eventId: event.id, isOpen }, ADVISER)).items.map((mail) => mail.id);
    const [first] = items.map((mail) => mail.id);
    expect([await open(), await open(false)]).toEqual([[first], []]);
    clock.set(event.endsAt);
    expect([await open(), await open(false)]).toEqual([[], [first]]);
    clock.set(new Date(Date.parse(BEFORE_DEADLINE) + DAY_MS).toISOString());
    // Of two only the later one is to be mended, and none once somebody else is named.
    mails.next.push('refuse for good');
    await ask(registration);
    await allSent();
    expect(await open()).toEqual([expect.not.stringContaining(first ?? '')]);
    const [person] = await people(registration);
    const request = { registrationId: id, participantId: person?.id ?? '', substitute: aParticipant(), reason: 'typo' };
    await service.rpc(replaceParticipant, request, ADVISER, { expectedVersion: (await read(registration)).version });
    expect(await open()).toEqual([]);
    await allSent();
  });

  it('comes again under its own name when the process learns no end of it, and every copy works', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    await allSent();
    mails.next.push('take and hang up');
    await register(service, event.id, { as: expert(), ...named(email) });
    await send();
    clock.advance(MINUTE_MS);
    const copies = await mailTo(email, 2);
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map(({ messageId }) => messageId)).size).toBe(1);
    const [first, second] = copies.map(tokenIn);
    expect(first).not.toBe(second);
    expect(await confirm(first ?? '')).toMatchObject({ eventId: event.id });
    await expect(confirm(second ?? '')).rejects.toMatchObject(INVALID);
  });

  it('is not sent to somebody who was taken out, or whose registration ended', async () => {
    const [event, [removed, ended]] = [await aPublishedEvent(service), [address(), address()]];
    await allSent();
    mails.next.push('refuse for now', 'refuse for now');
    const [one, two] = [
      await register(service, event.id, named(removed)),
      await register(service, event.id, named(ended)),
    ];
    const tried = `SELECT FROM mail WHERE registration_id = ANY ($1) AND failure IS NOT NULL`;
    await eventually(async () => {
      await send();
      expect(await service.asServiceRole(tried, [[one.id, two.id]])).toHaveLength(2);
    });
    const [person] = await people(one);
    await service.rpc(
      replaceParticipant,
      { registrationId: one.id, participantId: person?.id ?? '', substitute: aParticipant(), reason: 'ill' },
      ADVISER,
      { expectedVersion: one.version },
    );
    await service.rpc(cancelRegistration, { registrationId: two.id }, ADVISER, { expectedVersion: two.version });
    clock.advance(MINUTE_MS);
    await allSent();
    expect([mails.to(removed), mails.to(ended)]).toEqual([[], []]);
  });
});

describe('confirming', () => {
  it('is done once, with the very token, and shows since when', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const registration = await register(service, event.id, { as: expert(), ...named(email) });
    expect(registration).toMatchObject({ addressConfirmedAt: null, seatsHeldUntil: '2027-02-08T12:00:00.000Z' });
    const token = tokenIn((await mailTo(email))[0]);
    const at = '2027-02-01T12:00:00.000Z';
    expect(await confirm(token)).toEqual({
      eventId: event.id,
      eventTitle: event.title,
      startsAt: event.startsAt,
      timeZone: event.timeZone,
      registrationStatus: 'CONFIRMED',
      confirmedAt: at,
    });
    expect(await read(registration)).toMatchObject({ addressConfirmedAt: at, seatsHeldUntil: null, version: 2 });
    expect(await people(registration)).toMatchObject([{ addressConfirmedAt: at, addressTakenAt: null }]);
    await expect(confirm(token)).rejects.toMatchObject(INVALID);
  });

  it('answers a link that is used, too old, cut, invented or of somebody taken out alike', async () => {
    const event = await aPublishedEvent(service);
    const [old, gone] = [address(), address()];
    await register(service, event.id, { as: expert(), ...named(old) });
    const party = await register(service, event.id, named(gone));
    const [oldToken, goneToken] = [tokenIn((await mailTo(old))[0]), tokenIn((await mailTo(gone))[0])];
    const [person] = await people(party);
    const request = { registrationId: party.id, participantId: person?.id ?? '', reason: 'ill' };
    await service.rpc(replaceParticipant, { ...request, substitute: aParticipant() }, ADVISER, {
      expectedVersion: party.version,
    });
    clock.advance(14 * DAY_MS);
    const links = [oldToken, goneToken, oldToken.slice(1), 'x', '%00', randomBytes(32).toString('base64url'), old];
    for (const token of links) {
      const refused: unknown = await confirm(token).catch((error: unknown) => error);
      expect(refused).toMatchObject(INVALID);
    }
  });

  it('is not needed for an own address that the provider has verified', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const own = expert({ verifiedEmail: email.toUpperCase() });
    const registration = await register(service, event.id, { as: own, ...named(email) });
    expect(registration).toMatchObject({ addressConfirmedAt: '2027-02-01T12:00:00.000Z', seatsHeldUntil: null });
    await allSent();
    expect(mails.to(email)).toEqual([]);
    await expect(register(service, event.id, named(email))).rejects.toMatchObject({
      code: 'EVENTS_REGISTRATION_EXISTS',
    });
  });
});

describe("another's address", () => {
  it.each([
    ['the first who named it', 0],
    ['the second who named it', 1],
  ])('blocks nobody: %s confirms it and has it, and the other is told', async (_, winner) => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const parties = [
      await town3(event, email, address()),
      await register(service, event.id, { as: expert(), ...named(email) }),
    ];
    expect(parties.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
    const tokens = (await mailTo(email, 2)).map(tokenIn);
    const titles = await Promise.all(parties.map(people));
    expect(titles.map((those) => those.some((one) => one.email === email))).toEqual([true, true]);
    await confirm(tokens[winner] ?? '');
    await expect(confirm(tokens[1 - winner] ?? '')).rejects.toMatchObject(INVALID);
    const own = async (index: number) =>
      (await people(parties[index] as RegistrationView)).find((one) => one.email === email);
    expect([await own(winner), await own(1 - winner)]).toMatchObject([
      { addressConfirmedAt: clock.now().toISOString(), addressTakenAt: null },
      { addressConfirmedAt: null, addressTakenAt: clock.now().toISOString() },
    ]);
    const last = (await mailTo(email, 3)).at(-1);
    expect(last?.text).not.toContain('#');
    expect(last?.subject).toMatch(/second registration|zweiten Anmeldung/);
    const third = register(service, event.id, { as: expert(), ...named(email) });
    await expect(third).rejects.toMatchObject({ code: 'EVENTS_REGISTRATION_EXISTS' });
  });

  it('is won by exactly one of two who open their links at once', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    for (let party = 0; party < 2; party += 1) await register(service, event.id, { as: expert(), ...named(email) });
    const tokens = (await mailTo(email, 2)).map(tokenIn);
    const outcomes = await Promise.allSettled(tokens.map(confirm));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: INVALID });
  });
});

describe('asking again', () => {
  it('waits ten minutes, writes no more than five mails to one address in a day, and ends with the confirmation', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const registration = await register(service, event.id, { as: expert(), ...named(email) });
    const tooSoon = { code: 'EVENTS_CONFIRMATION_MAIL_TOO_SOON' };
    await expect(ask(registration)).rejects.toMatchObject(tooSoon);
    for (let asked = 1; asked < 5; asked += 1) {
      clock.advance(10 * MINUTE_MS);
      await ask(registration);
    }
    clock.advance(10 * MINUTE_MS);
    await expect(ask(registration)).rejects.toMatchObject(tooSoon);
    // A new registration does not help to flood the address either.
    const other = await register(service, (await aPublishedEvent(service)).id, { as: expert(), ...named(email) });
    expect(await people(other)).toMatchObject([{ confirmationRequestedAt: null }]);
    const sent = await mailTo(email, 5);
    await allSent();
    expect(mails.to(email)).toHaveLength(5);
    clock.advance(DAY_MS);
    await ask(registration);
    await confirm(tokenIn(sent.at(-1)));
    await expect(ask(registration)).rejects.toMatchObject({ code: 'EVENTS_ADDRESSES_CONFIRMED' });
  });

  it('is for the people of the registration, one or all of them', async () => {
    const [event, [one, two]] = [await aPublishedEvent(service), [address(), address()]];
    const party = await town3(event, one, two);
    clock.advance(10 * MINUTE_MS);
    const stranger = ask(party, { participantId: randomUUID() });
    await expect(stranger).rejects.toMatchObject({ code: 'EVENTS_PARTICIPANTS_INVALID' });
    const person = (await people(party)).find(({ email }) => email === one);
    await ask(party, { participantId: person?.id });
    expect([await mailTo(one, 2), await mailTo(two)]).toMatchObject([{ length: 2 }, { length: 1 }]);
  });
});

describe('seats that nobody has confirmed', () => {
  it('go after a week to somebody who waits, and to nobody before or without need', async () => {
    const event = await aPublishedEvent(service, { capacity: 3, offerHours: 24 });
    const email = address();
    const [confirmed, squatter, vouched] = [
      await register(service, event.id, { as: expert(), ...named(email) }),
      await register(service, event.id, { as: expert() }),
      await register(service, event.id),
    ];
    await confirm(tokenIn((await mailTo(email))[0]));
    clock.advance(7 * DAY_MS);
    await sweep();
    expect((await read(squatter)).status).toBe('CONFIRMED');
    const large = await register(service, event.id, {
      kind: 'DELEGATION',
      group: 'GERMAN_SIDE',
      municipalityId: town,
      participants: delegation(2),
    });
    await sweep();
    expect((await read(squatter)).status).toBe('CONFIRMED');
    const waiting = await register(service, event.id);
    await sweep();
    expect(await read(squatter)).toMatchObject({ status: 'CANCELLED', seatsGivenBackAt: clock.now().toISOString() });
    // A seat that is free is kept for the larger party first, as ever.
    clock.advance(DAY_MS);
    await sweep();
    const left = await Promise.all([confirmed, vouched, large, waiting].map(read));
    expect(left.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'WAITLISTED', 'OFFERED']);
  });
});

describe('after the period', () => {
  it('nothing of a person is left, neither link nor mail', async () => {
    const [event, email] = [await aPublishedEvent(service), address()];
    const { id } = await register(service, event.id, { as: expert(), ...named(email) });
    await mailTo(email);
    const left = () =>
      service.asServiceRole(
        `SELECT id FROM mail WHERE registration_id = $1
         UNION ALL SELECT participant_id FROM address_confirmation JOIN participant ON participant.id = participant_id
           WHERE registration_id = $1
         UNION ALL SELECT id FROM participant WHERE registration_id = $1`,
        [id],
      );
    expect(await left()).toHaveLength(3);
    clock.set('2027-09-02T15:00:00Z');
    await eventually(async () => {
      await sweep();
      await send();
      expect(await left()).toEqual([]);
    });
  });
});
