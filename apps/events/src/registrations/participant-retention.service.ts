import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listParticipantDeletions, type ParticipantDeletionView } from '#contracts/events';
import { Database, Filters } from '#database';
import { Clock, Handle, newId } from '#platform';
import { ParticipantDeletion } from './participant-deletion.entity';

/** How long names and addresses are kept after an event. Source: docs/domain.md#registrations (DSGVO 5 (1) e, DIN 66398). */
const KEPT_MONTHS = 6;

/** When the period of an event's people is over. */
const DUE = `coalesce(event.cancelled_at, event.ends_at) + interval '${KEPT_MONTHS} months'`;

/** Keeps the promise that people are forgotten: needs (Art. 9 GDPR) with the event, names and addresses after their period. */
@Injectable()
export class ParticipantRetentionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Deletes up to `limit` needs of events that are over; the next call takes the rest. */
  forgetNeedsOfPastEvents(limit: number): Promise<number> {
    return this.database.transaction((tx) =>
      tx.execute(
        `DELETE FROM accessibility_need WHERE id IN
           (SELECT need.id FROM accessibility_need need JOIN event ON event.id = need.event_id
             WHERE event.ends_at <= $1 LIMIT $2)`,
        [this.clock.now(), limit],
      ),
    );
  }

  /** Deletes the people of up to `limit` events whose period is over, and records for each that it was done. */
  async forgetPeopleOfPastEvents(limit: number): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const due = await tx.query<{ id: string; dueAt: Date }>(
        `SELECT id, ${DUE} AS due_at FROM event
          WHERE ${DUE} <= $1 AND EXISTS (SELECT FROM participant WHERE event_id = event.id)
          ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [now, limit],
      );
      for (const { id: eventId, dueAt } of due) {
        const people = await tx.execute('DELETE FROM participant WHERE event_id = $1', [eventId]);
        if (people === 0) continue;
        const done = { id: newId(), version: 1, eventId, dueAt, deletedAt: now, people };
        await tx.insert(Object.assign(new ParticipantDeletion(), done));
      }
    });
  }

  @Handle(listParticipantDeletions)
  list(request: RequestOf<typeof listParticipantDeletions>): Promise<Page<ParticipantDeletionView>> {
    const { limit, cursor, eventId } = request;
    const { conditions, parameters } = new Filters().add('event_id = ?', eventId);
    return this.database.page<ParticipantDeletion, ParticipantDeletionView>({
      select: 'SELECT id, version, event_id, due_at, deleted_at, people FROM participant_deletion',
      where: conditions,
      parameters,
      sort: [{ key: 'deletedAt', column: 'deleted_at', type: 'timestamptz', descending: true }],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { eventId },
      items: (rows) =>
        rows.map(({ dueAt, deletedAt, ...row }) => ({
          ...row,
          dueAt: dueAt.toISOString(),
          deletedAt: deletedAt.toISOString(),
        })),
    });
  }
}
