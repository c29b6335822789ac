import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { admitWalkIn, type RegistrationView } from '#contracts/events';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { EventService } from '../events/event.service';
import { recordParticipants } from './participant.rows';
import { RegistrantService } from './registrant.service';
import { Registration } from './registration.entity';
import { attendedMessage, registrationView } from './registration.messages';
import { SeatingService } from './seating.service';

/** Who comes to the door without a registration gets a seat that nobody holds, and is checked in at once. */
@Injectable()
export class WalkInService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly events: EventService,
    private readonly registrants: RegistrantService,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  @Handle(admitWalkIn)
  admit(request: RequestOf<typeof admitWalkIn>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const { eventId, participants, group, attendanceMode } = request;
      const kind = participants.length === 1 ? 'PERSON' : 'DELEGATION';
      const input = { kind, group, municipalityId: request.municipalityId } as const;
      const sides = await this.registrants.sidesFor(tx, [{ input, call }]);
      const municipalityId = this.registrants.municipalityOf(input, call, sides);
      const queue = await this.seating.enterQueue(tx, eventId);
      const [event, now] = [await this.events.find(tx, eventId), this.clock.now()];
      event.refuseEntryUnlessOn(now);
      if (!event.offers(attendanceMode)) throw new AppError('EVENTS_ATTENDANCE_MODE_NOT_OFFERED');
      const registration = Registration.arriving({
        id: newId(),
        eventId,
        kind,
        registrantGroup: group,
        attendanceMode,
        municipalityId,
        registeredBy: call.caller.subject,
        seats: participants.length,
        registeredAt: now,
        lateReason: null,
        addressConfirmedAt: null,
        seatsHeldUntil: null,
      });
      await this.seating.seat(tx, registration, queue);
      registration.checkIn(now);
      await tx.insert(registration);
      // They are there: no mail asks whether the address is theirs.
      await recordParticipants(tx, [{ registration, entries: participants }]);
      const attended = attendedMessage(registration);
      if (attended) this.outbox.append(tx, attended);
      return registrationView(registration);
    });
  }
}
