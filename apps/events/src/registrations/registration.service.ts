import { Injectable } from '@nestjs/common';
import {
  AppError,
  type cancelRegistration,
  type checkInRegistration,
  type confirmRegistration,
  type createRegistration,
  type RegistrationView,
  type RequestOf,
} from '#contracts';
import type { Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { EventService } from '../events/event.service';
import { recordParticipants } from './participant.records';
import { RegistrantService } from './registrant.service';
import { refuseUnlessOwn } from './registration-ownership';
import { Registration } from './registration.entity';
import { attendedMessage, confirmedMessage, registrationView, waitlistedMessage } from './registration.messages';
import { SeatingService } from './seating.service';

/** Use cases of registrations. Whatever moves seats first locks the seats of the event, so the order of arrival is one order. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly events: EventService,
    private readonly registrants: RegistrantService,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

  async create(request: RequestOf<typeof createRegistration>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const municipalityId = await this.registrants.municipalityOf(tx, request, call);
      const queue = await this.seating.enterQueue(tx, request.eventId);
      const now = this.clock.now();
      const event = await this.events.findVisible(tx, request.eventId, call.scope);
      event.refuseRegistrationUnlessOpen(now);
      if (!event.offers(request.attendanceMode)) throw new AppError('EVENTS_ATTENDANCE_MODE_NOT_OFFERED');
      const registration = Registration.arriving({
        id: newId(),
        eventId: event.id,
        kind: request.kind,
        registrantGroup: request.group,
        attendanceMode: request.attendanceMode,
        municipalityId,
        registeredBy: call.caller.subject,
        seats: request.participants.length,
        queueNumber: queue.nextNumber,
        registeredAt: now,
      });
      const hasSeats = await this.seating.admit(tx, registration, queue.pools);
      await recordParticipants(tx, registration, request.participants);
      this.outbox.append(tx, hasSeats ? confirmedMessage(registration) : waitlistedMessage(registration));
      return registrationView(registration);
    });
  }

  async confirm(request: RequestOf<typeof confirmRegistration>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const registration = await this.lockOwn(tx, request.registrationId, call);
      registration.accept(this.clock.now());
      await tx.update(registration);
      this.outbox.append(tx, confirmedMessage(registration));
      return registrationView(registration);
    });
  }

  async cancel(request: RequestOf<typeof cancelRegistration>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const { eventId } = await tx.findOrFail(Registration, request.registrationId);
      const queue = await this.seating.enterQueue(tx, eventId);
      const registration = await this.lockOwn(tx, request.registrationId, call);
      const event = await this.events.findVisible(tx, eventId, 'any');
      const now = this.clock.now();
      if (now >= event.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
      await this.seating.leave(tx, registration, queue.pools, now);
      return registrationView(registration);
    });
  }

  async checkIn(request: RequestOf<typeof checkInRegistration>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const registration = await this.lockOwn(tx, request.registrationId, call);
      const event = await this.events.findVisible(tx, registration.eventId, 'any');
      const now = this.clock.now();
      if (!event.isOnItsDays(now)) throw new AppError('EVENTS_CHECK_IN_NOT_ON_EVENT_DAY', { timeZone: event.timeZone });
      registration.checkIn(now, request.seatsAttended);
      await tx.update(registration);
      this.outbox.append(tx, attendedMessage(registration));
      return registrationView(registration);
    });
  }

  private async lockOwn(tx: Tx, registrationId: string, call: Call): Promise<Registration> {
    refuseUnlessOwn(await tx.findOrFail(Registration, registrationId), call);
    return tx.lockOrFail(Registration, registrationId, call.expectedVersion);
  }
}
