import { useQuery } from '@tanstack/react-query';
import { type AttendeeView, listAttendees, type RegistrationStatus, type RegistrationView } from '#contracts/events';
import { readAll } from '../api/query';

/** A registration with the people who belong to it. */
export interface Party {
  readonly registration: RegistrationView;
  readonly people: readonly Pick<AttendeeView, 'id' | 'name' | 'email' | 'addressConfirmedAt' | 'addressTakenAt'>[];
}

/** Those who have seats, or had them: whom the door and the attendance list are about. */
export const WITH_SEATS: RegistrationStatus[] = ['CONFIRMED', 'ATTENDED', 'NO_SHOW'];
const SHARED_DOOR_MS = 20_000;

/** The parties of an event with their people; read again by itself, as more than one person may stand at the door. */
export function useAttendees(eventId: string, status?: RegistrationStatus[]) {
  return useQuery({ ...readAll(listAttendees, { eventId, status }), staleTime: 0, refetchInterval: SHARED_DOOR_MS });
}

export function partiesOf(attendees: readonly AttendeeView[]): readonly Party[] {
  return [...Map.groupBy(attendees, ({ registrationId }) => registrationId).values()].flatMap((people) =>
    people[0] ? [{ registration: people[0].registration, people }] : [],
  );
}

/** Whether a name is meant by what was typed: without accents, in any case, any part of it. */
export function isMeant(name: string, typed: string): boolean {
  return plain(typed)
    .split(/\s+/)
    .every((part) => plain(name).includes(part));
}

function plain(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
