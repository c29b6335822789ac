import type { ParticipantEntry } from '#contracts';
import type { Tx } from '#database';
import { newId } from '#platform';
import { AccessibilityNeed, Participant } from './participant.entity';
import type { Registration } from './registration.entity';

/** Stores the people of a registration. A unique index refuses whoever has an open registration for the event already. */
export async function recordParticipants(
  tx: Tx,
  { id: registrationId, eventId }: Registration,
  entries: readonly ParticipantEntry[],
): Promise<void> {
  const rows = entries.flatMap(({ name, email, accessibilityNeeds }) => {
    const id = newId();
    const person = Object.assign(new Participant(), {
      id,
      version: 1,
      eventId,
      registrationId,
      name,
      email,
      isOpen: true,
    });
    const needs = accessibilityNeeds.map(({ kind, note }) =>
      Object.assign(new AccessibilityNeed(), { id: newId(), version: 1, eventId, participantId: id, kind, note }),
    );
    return [person, ...needs];
  });
  await tx.insertAll(rows);
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
