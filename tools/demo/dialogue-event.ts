import { randomUUID } from 'node:crypto';
import type { EventView, RegistrationView } from '#contracts/events';
import type { ApiClient } from './api-client';
import { DEMO_CASES } from './cases';
import { type DemoUser, user } from './demo-token';
import { tell } from './story';

const HOUR_MS = 3_600_000;

/** A dialogue event for the three partnerships with two seats: the third delegation waits, and moves up when one withdraws. */
export async function holdDialogueEvent(api: ApiClient): Promise<void> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  const draft = await api.post<EventView>(user('adviser'), '/events', {
    kind: 'DIALOGUE_EVENT',
    mode: 'ONLINE',
    title: {
      de: 'Wasser, Abfall, Klima: Erfahrungen aus drei Partnerschaften',
      en: 'Water, waste, climate: lessons of three partnerships',
    },
    timeZone: 'Europe/Berlin',
    startsAt: at(1),
    endsAt: at(3),
    registrationDeadlineAt: at(0.5),
    capacity: 2,
    offerHours: 1,
    fieldsOfAction: DEMO_CASES.map((demo) => demo.partnership.field),
  });
  const event = await api.post<EventView>(
    user('adviser'),
    `/events/${draft.id}/publications`,
    {},
    { ifMatch: draft.version },
  );
  const registrations: RegistrationView[] = [];
  for (const demo of DEMO_CASES) {
    registrations.push(
      await register(api, event.id, user('municipality-partner', { municipalityId: demo.partner.id })),
    );
  }
  tell(`"${event.title.en ?? ''}": two seats, registrations ${registrations.map(({ status }) => status).join(', ')}`);
  const [first, , last] = registrations;
  if (!first || !last) return;
  await api.post(
    user('municipality-partner', { municipalityId: DEMO_CASES[0]?.partner.id }),
    `/registrations/${first.id}/cancellations`,
    {},
    { ifMatch: first.version },
  );
  const as = user('municipality-partner', { municipalityId: DEMO_CASES[2]?.partner.id });
  const offered = await api.get<RegistrationView>(as, `/registrations/${last.id}`);
  const accepted = await api.post<RegistrationView>(
    as,
    `/registrations/${last.id}/confirmations`,
    {},
    { ifMatch: offered.version },
  );
  tell(`the first withdraws, the seat is ${offered.status} to the next in line and ${accepted.status}`);
}

function register(api: ApiClient, eventId: string, as: DemoUser): Promise<RegistrationView> {
  return api.post<RegistrationView>(as, `/events/${eventId}/registrations`, {
    kind: 'PERSON',
    group: 'PARTNER_SIDE',
    attendanceMode: 'ONLINE',
    participants: [{ name: 'Demo Participant', email: `${randomUUID()}@example.org` }],
  });
}
