import type { EventView } from '#contracts/events';
import type { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';

/** As many as an event may have. */
export const EVENT_SEATS = 5000;
const HOUR_MS = 3_600_000;

/** Published events without quotas, whose registration is open. */
export async function openEvents(api: ApiClient, count: number): Promise<string[]> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const { id, version } = await api.post<EventView>(user('adviser'), '/events', {
      kind: 'CONFERENCE',
      mode: 'ON_SITE',
      title: { en: `Bench ${number}` },
      timeZone: 'Europe/Berlin',
      startsAt: at(24),
      endsAt: at(32),
      registrationDeadlineAt: at(23),
      capacity: EVENT_SEATS,
    });
    await api.post(user('adviser'), `/events/${id}/publications`, {}, { ifMatch: version });
    ids.push(id);
  }
  return ids;
}
