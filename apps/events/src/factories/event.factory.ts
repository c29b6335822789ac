import { randomUUID } from 'node:crypto';
import type { RequestInputOf } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import {
  createEvent,
  createRegistration,
  type EventView,
  publishEvent,
  type RegistrationView,
} from '#contracts/events';
import { caller, type TestCaller, type TestService } from '#testing';

export const ADVISER = caller('adviser');
/** Between the publication and the registration deadline of every event made here. */
export const BEFORE_DEADLINE = '2027-02-01T12:00:00Z';

type EventRequest = RequestInputOf<typeof createEvent>;
type RegistrationRequest = RequestInputOf<typeof createRegistration>;

/** A conference in Moshi from 1 to 2 March 2027; registration until 20 February; ten seats. */
export function eventRequest(changes: Partial<EventRequest> = {}): EventRequest {
  return {
    kind: 'CONFERENCE',
    mode: 'HYBRID',
    title: { de: 'Abfallwirtschaft wachsender Städte', en: 'Waste management in growing towns' },
    venue: 'Moshi',
    timeZone: 'Africa/Dar_es_Salaam',
    startsAt: '2027-03-01T07:00:00Z',
    endsAt: '2027-03-02T15:00:00Z',
    registrationDeadlineAt: '2027-02-20T21:00:00Z',
    capacity: 10,
    ...changes,
  };
}

export async function aPublishedEvent(service: TestService, changes: Partial<EventRequest> = {}): Promise<EventView> {
  const draft = await service.rpc(createEvent, eventRequest(changes), ADVISER);
  return service.rpc(publishEvent, { eventId: draft.id }, ADVISER, { expectedVersion: draft.version });
}

/** A person nobody has seen before, registered by an organiser unless said otherwise. */
export function register(
  service: TestService,
  eventId: string,
  { as = ADVISER, ...changes }: Partial<RegistrationRequest> & { as?: TestCaller } = {},
): Promise<RegistrationView> {
  return service.rpc(
    createRegistration,
    {
      eventId,
      kind: 'PERSON',
      group: 'EXPERTS',
      attendanceMode: 'ON_SITE',
      participants: [aParticipant()],
      ...changes,
    },
    as,
  );
}

export function aParticipant(
  changes: Partial<RegistrationRequest['participants'][number]> = {},
): RegistrationRequest['participants'][number] {
  return { name: 'Asha Mushi', email: `${randomUUID()}@example.org`, ...changes };
}

export function delegation(seats: number): RegistrationRequest['participants'] {
  return Array.from({ length: seats }, () => aParticipant());
}

/** Tells the service of a municipality, as partnership would. */
export async function tellOfMunicipality(
  service: TestService,
  {
    side,
    version = 1,
    municipalityId = randomUUID(),
  }: { side: 'DE' | 'PARTNER'; version?: number; municipalityId?: string },
): Promise<string> {
  await service.publish(
    municipalityRecorded.of({
      aggregateId: municipalityId,
      aggregateVersion: version,
      data: {
        municipalityId,
        name: 'Moshi',
        kind: 'CITY',
        country: side === 'DE' ? 'DE' : 'TZ',
        side,
        population: null,
      },
    }),
  );
  return municipalityId;
}
