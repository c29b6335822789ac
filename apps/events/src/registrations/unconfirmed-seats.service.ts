import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock } from '#platform';
import { EventService } from '../events/event.service';
import { partiesInTheWay, type WaitingParty } from '../seats/allocation';
import { SeatService } from '../seats/seat.service';
import { Registration } from './registration.entity';
import { SeatingService } from './seating.service';

/** Looked at for one event at once. */
const PARTIES_MAX = 50;

/**
 * Seats that nobody has stood up for with an address: they are held for a while, and then as long as nobody else needs them. Source:
 * docs/domain.md#registrations.
 */
@Injectable()
export class UnconfirmedSeatsService {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    private readonly seats: SeatService,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  /** Events with seats that may have to go. In any order: one where they help nobody must not hide the others for ever. */
  async eventsToLookAt(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT event_id AS id FROM registration WHERE status = 'CONFIRMED' AND seats_held_until <= $1
          AND EXISTS (SELECT FROM registration other WHERE other.event_id = registration.event_id AND other.status = 'WAITLISTED')
        GROUP BY event_id ORDER BY random() LIMIT $2`,
      [this.clock.now(), limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Cancels as few of them as let the first in line in whom that helps, those first whose time was over first. */
  async giveBack(eventId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [pools, now] = [await this.seats.lock(tx, eventId), this.clock.now()];
      const event = await this.events.find(tx, eventId);
      if (now >= event.startsAt) {
        // Whoever comes, comes: nothing is looked at again.
        await tx.execute('UPDATE registration SET seats_held_until = NULL WHERE event_id = $1', [eventId]);
        return;
      }
      if (!event.offerExpiryFrom(now)) return;
      const overdue = await tx.query<WaitingParty>(
        `SELECT id, registrant_group AS "group", attendance_mode, seats, false AS is_passed_over
           FROM registration WHERE event_id = $1 AND status = 'CONFIRMED' AND seats_held_until <= $2
          ORDER BY seats_held_until, queue_number LIMIT $3`,
        [eventId, now, PARTIES_MAX],
      );
      const waiting = await this.seating.lineOf(tx, eventId);
      for (const { id } of partiesInTheWay(pools, { seated: overdue, waiting })) {
        const registration = await tx.lockOrFail(Registration, id);
        registration.giveSeatsBack(now);
        await this.seating.leave(tx, registration, pools, now);
      }
    });
  }
}
