import type { ParticipantEntry } from '#contracts/events';
import type { Tx } from '#database';
import { newId } from '#platform';
import { AccessibilityNeed, Participant } from './participant.entity';
import type { Registration } from './registration.entity';

/** Stores the people of registrations. A unique index refuses whoever has an open registration for the event already. */
export async function recordParticipants(
  tx: Tx,
  registrations: readonly { registration: Registration; entries: readonly ParticipantEntry[] }[],
): Promise<void> {
  const people = registrations.flatMap(({ registration: { id: registrationId, eventId }, entries }) =>
    entries.map(({ name, email, accessibilityNeeds }) => {
      const id = newId();
      const person = { id, version: 1, eventId, registrationId, name, email, isOpen: true };
      const needs = accessibilityNeeds.map((need) => ({
        id: newId(),
        version: 1,
        eventId,
        participantId: id,
        ...need,
      }));
      return { person: Object.assign(new Participant(), person), needs };
    }),
  );
  await tx.insertAll(people.map(({ person }) => person));
  await tx.insertAll(people.flatMap(({ needs }) => needs.map((need) => Object.assign(new AccessibilityNeed(), need))));
}

/** The registrations are over: their people may register again, and nobody has to know their needs any more. */
export async function closeParticipants(tx: Tx, registrationIds: readonly string[]): Promise<void> {
  await tx.execute(
    'UPDATE participant SET is_open = false, version = version + 1 WHERE registration_id = ANY($1::uuid[])',
    [registrationIds],
  );
  await tx.execute(
    `DELETE FROM accessibility_need
      WHERE participant_id IN (SELECT id FROM participant WHERE registration_id = ANY($1::uuid[]))`,
    [registrationIds],
  );
}
