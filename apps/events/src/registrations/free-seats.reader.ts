import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type EventFreeSeatsView, type EventQuota, getEventFreeSeats } from '#contracts/events';
import { Database } from '#database';
import { type Call, Handle } from '#platform';
import { EventService } from '../events/event.service';
import { SeatService } from '../seats/seat.service';
import { SeatingService } from './seating.service';

/** How many seats of an event are taken, and how many registrations wait. */
@Injectable()
export class FreeSeatsReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    private readonly seats: SeatService,
    private readonly seating: SeatingService,
  ) {}

  @Handle(getEventFreeSeats)
  async freeSeats({ eventId }: RequestOf<typeof getEventFreeSeats>, call: Call): Promise<EventFreeSeatsView> {
    await this.events.refuseInvisible(this.database, eventId, call);
    const { capacity, quotas } = await this.events.find(this.database, eventId);
    const demand = await this.seating.demand(this.database, eventId);
    const pools = await this.seats.read(this.database, eventId);
    const takenOf = ({ group, attendanceMode }: Pick<EventQuota, 'group' | 'attendanceMode'>) => {
      const pool = pools.find((it) => it.group === group && it.attendanceMode === attendanceMode);
      return pool ? pool.capacity - pool.free : 0;
    };
    return {
      id: eventId,
      pools: [{ group: null, attendanceMode: null, capacity }, ...quotas].map((pool) => ({
        ...pool,
        taken: takenOf(pool),
      })),
      waiting: demand.reduce((sum, { isWaiting, registrations }) => sum + (isWaiting ? registrations : 0), 0),
    };
  }
}
