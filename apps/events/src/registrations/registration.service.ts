import { Injectable } from '@nestjs/common';
import {
  AppError,
  cancelRegistration,
  checkInRegistration,
  confirmRegistration,
  createRegistration,
  type RegistrationView,
  type RequestOf,
} from '#contracts';
import type { Tx } from '#database';
import { type Act, Commands, Outbox } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { EventService } from '../events/event.service';
import { recordParticipants } from './participant.records';
import { RegistrantService } from './registrant.service';
import { act } from './registration.act';
import { Registration } from './registration.entity';
import { attendedMessage, confirmedMessage, registrationView, waitlistedMessage } from './registration.messages';
import { type Queue, SeatingService } from './seating.service';

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

  @Handle(createRegistration)
  create(request: RequestOf<typeof createRegistration>, call: Call): Promise<RegistrationView> {
    return this.commands.run(call, async (tx) => {
      const municipalityId = await this.registrants.municipalityOf(tx, request, call);
      await this.events.refuseInvisible(tx, request.eventId, call);
      const queue = await this.seating.enterQueue(tx, request.eventId);
      const now = this.clock.now();
      const event = await this.events.find(tx, request.eventId);
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

  @act(confirmRegistration, {
    possible: (registration, { now }) => registration.assertCanAccept(now),
    message: confirmedMessage,
  })
  confirm(registration: Registration): void {
    registration.accept(this.clock.now());
  }

  @act(cancelRegistration, {
    first: (self: RegistrationService, { registrationId }, { tx }) => self.queueOf(tx, registrationId),
    possible: (registration) => registration.assertCanBecome('CANCELLED'),
  })
  async cancel(
    registration: Registration,
    _: RequestOf<typeof cancelRegistration>,
    { tx, first: queue }: Act<undefined, Queue>,
  ): Promise<void> {
    const event = await this.events.find(tx, registration.eventId);
    const now = this.clock.now();
    if (now >= event.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
    await this.seating.leave(tx, registration, queue.pools, now);
  }

  @act(checkInRegistration, {
    possible: (registration) => registration.assertCanBecome('ATTENDED'),
    message: attendedMessage,
  })
  async checkIn(
    registration: Registration,
    { seatsAttended }: RequestOf<typeof checkInRegistration>,
    { tx }: Act,
  ): Promise<void> {
    const event = await this.events.find(tx, registration.eventId);
    const now = this.clock.now();
    if (!event.isOnItsDays(now)) throw new AppError('EVENTS_CHECK_IN_NOT_ON_EVENT_DAY', { timeZone: event.timeZone });
    registration.checkIn(now, seatsAttended);
  }

  view(registration: Registration): RegistrationView {
    return registrationView(registration);
  }

  private async queueOf(tx: Tx, registrationId: string): Promise<Queue> {
    const { eventId } = await tx.findOrFail(Registration, registrationId);
    return this.seating.enterQueue(tx, eventId);
  }
}
