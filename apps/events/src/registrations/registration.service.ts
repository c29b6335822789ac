import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type RequestOf } from '#contracts';
import {
  cancelRegistration,
  changeRegistration,
  checkInRegistration,
  confirmRegistration,
  correctAttendance,
  REGISTRATION_SEATS_MAX,
  type RegistrationKind,
  type RegistrationView,
  replaceParticipant,
  undoCheckIn,
} from '#contracts/events';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { EventService } from '../events/event.service';
import { poolTooSmallFor } from '../seats/allocation';
import { AddressConfirmationService } from './address-confirmation.service';
import { removeParticipants, takeOut } from './participant.rows';
import { act } from './registration.act';
import { Registration } from './registration.entity';
import { attendedMessage, confirmedMessage, correctedMessage, registrationView } from './registration.messages';
import { partyTooLarge, type Queue, SeatingService } from './seating.service';

/** What becomes of a registration after the arrival. Whatever moves seats first locks the seats of the event, so the order of arrival is one order. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly events: EventService,
    private readonly seating: SeatingService,
    private readonly addresses: AddressConfirmationService,
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

  @act(changeRegistration, {
    first: (self: RegistrationService, { registrationId }, { tx }) => self.queueOf(tx, registrationId),
    possible: (registration) => registration.assertCanChange(),
  })
  async change(
    registration: Registration,
    request: RequestOf<typeof changeRegistration>,
    { tx, call, first: { pools } }: Act<undefined, Queue>,
  ): Promise<void> {
    const { reason, addParticipants = [], removeParticipantIds = [] } = request;
    const event = await this.events.find(tx, registration.eventId);
    if (this.clock.now() >= event.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
    const { attendanceMode = registration.attendanceMode } = request;
    if (!event.offers(attendanceMode)) throw new AppError('EVENTS_ATTENDANCE_MODE_NOT_OFFERED');
    const seats = registration.seats - new Set(removeParticipantIds).size + addParticipants.length;
    refuseUnfit(registration.kind, seats);
    const wish = { ...registration.wish, attendanceMode, seats };
    const tooSmall = poolTooSmallFor(pools, wish);
    if (tooSmall) throw partyTooLarge(tooSmall, seats);
    const limits = await this.seating.limitsOf(tx, event);
    const more = { municipalityId: registration.municipalityId, seats: seats - registration.seats };
    const refusal = more.seats > 0 ? limits.refusalOf(more) : undefined;
    if (refusal) throw refusal;
    await this.seating.reseat(tx, registration, { pools, wish });
    registration.change({ attendanceMode, seats }, reason);
    await removeParticipants(tx, registration.id, removeParticipantIds);
    const confirmed = this.addresses.ownAddress(call);
    await this.addresses.name(tx, [{ registration, entries: addParticipants, confirmed }]);
    await tx.update(registration);
    await this.seating.offerFreeSeats(tx, registration.eventId);
  }

  @act(replaceParticipant, { possible: (registration) => registration.assertCanReplace() })
  async replace(
    registration: Registration,
    { participantId, substitute, reason }: RequestOf<typeof replaceParticipant>,
    { tx, call }: Act,
  ): Promise<void> {
    const event = await this.events.find(tx, registration.eventId);
    event.refuseOnceSettled();
    if (call.scope === 'own' && this.clock.now() >= event.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
    const before = await takeOut(tx, registration.id, participantId);
    // Who is written another way only has nothing to confirm again.
    const confirmed = new Map([...this.addresses.ownAddress(call), ...before]);
    await this.addresses.name(tx, [{ registration, entries: [substitute], confirmed }]);
    registration.changeReason = reason;
  }

  @act(checkInRegistration, {
    possible: (registration) => registration.assertCanCheckIn(),
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

  @act(correctAttendance, {
    possible: (registration) => registration.assertCanCorrectAttendance(),
    message: correctedMessage,
  })
  async correct(
    registration: Registration,
    { seatsAttended, reason }: RequestOf<typeof correctAttendance>,
    { tx }: Act,
  ): Promise<void> {
    (await this.events.find(tx, registration.eventId)).refuseUnlessOpenForCorrection();
    registration.correctAttendance(seatsAttended, reason, this.clock.now());
  }

  @act(undoCheckIn, {
    possible: (registration) => registration.assertCanCorrectAttendance(),
    message: correctedMessage,
  })
  async undo(registration: Registration, { reason }: RequestOf<typeof undoCheckIn>, { tx }: Act): Promise<void> {
    (await this.events.find(tx, registration.eventId)).refuseUnlessOpenForCorrection();
    registration.undoCheckIn(reason);
  }

  view(registration: Registration): RegistrationView {
    return registrationView(registration);
  }

  private async queueOf(tx: Tx, registrationId: string): Promise<Queue> {
    const { eventId } = await tx.findOrFail(Registration, registrationId);
    return this.seating.enterQueue(tx, eventId);
  }
}

function refuseUnfit(kind: RegistrationKind, seats: number): void {
  const most = kind === 'PERSON' ? 1 : REGISTRATION_SEATS_MAX;
  if (seats >= 1 && seats <= most) return;
  const [pointer, message] =
    seats < 1 ? ['#/removeParticipantIds', 'leaves nobody; cancel instead'] : ['#/addParticipants', `${most} at most`];
  throw fieldError('EVENTS_PARTICIPANTS_INVALID', pointer, message);
}
