import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { cancelRegistration, checkInRegistration, confirmRegistration, type RegistrationView } from '#contracts/events';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { EventService } from '../events/event.service';
import { act } from './registration.act';
import { Registration } from './registration.entity';
import { attendedMessage, confirmedMessage, registrationView } from './registration.messages';
import { type Queue, SeatingService } from './seating.service';

/** What becomes of a registration after the arrival. Whatever moves seats first locks the seats of the event, so the order of arrival is one order. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly events: EventService,
    private readonly seating: SeatingService,
    private readonly clock: Clock,
  ) {}

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
