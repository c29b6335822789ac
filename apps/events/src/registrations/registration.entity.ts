import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { AttendanceMode, RegistrantGroup, RegistrationKind, RegistrationStatus } from '#contracts/events';
import { AuditFields, States } from '#database';

const NEXT: Record<RegistrationStatus, readonly RegistrationStatus[]> = {
  CONFIRMED: ['ATTENDED', 'NO_SHOW', 'CANCELLED'],
  WAITLISTED: ['OFFERED', 'CANCELLED'],
  OFFERED: ['CONFIRMED', 'OFFER_EXPIRED', 'CANCELLED'],
  OFFER_EXPIRED: [],
  CANCELLED: [],
  ATTENDED: ['NO_SHOW', 'CONFIRMED'],
  NO_SHOW: ['ATTENDED', 'CONFIRMED'],
};

/** States in which the seats are taken, so that leaving them frees seats. */
const HOLDS_SEATS: readonly RegistrationStatus[] = ['CONFIRMED', 'OFFERED', 'ATTENDED', 'NO_SHOW'];
const TOLD_WHO_CAME: readonly RegistrationStatus[] = ['ATTENDED', 'NO_SHOW'];

/**
 * A person's or a delegation's place at an event, without the people's names. Promises the fair order by `queueNumber`, and that
 * an offer is accepted in time or not at all. Refuses check-in of anyone who is not confirmed.
 */
@AuditFields<Registration>({ open: ['kind', 'registrantGroup', 'attendanceMode', 'registeredBy', 'status'] })
@States(NEXT)
@Entity({ name: 'registration' })
export class Registration {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('uuid') eventId!: string;
  @Column('text') kind!: RegistrationKind;
  @Column('text') registrantGroup!: RegistrantGroup;
  @Column('text') attendanceMode!: AttendanceMode;
  @Column('uuid', { nullable: true }) municipalityId!: string | null;
  /** Subject of the user who registered: what makes it "own". */
  @Column('text') registeredBy!: string;
  @Column('int') seats!: number;
  @Column('text') status!: RegistrationStatus;
  @Column('int') queueNumber!: number;
  @Column('timestamptz') registeredAt!: Date;
  @Column('timestamptz', { nullable: true }) offerExpiresAt!: Date | null;
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('timestamptz', { nullable: true }) checkedInAt!: Date | null;
  @Column('int', { nullable: true }) seatsAttended!: number | null;
  /** While free seats are kept for it: until when. */
  @Column('timestamptz', { nullable: true }) seatsKeptUntil!: Date | null;
  /** That time is over, and seats are still free: those behind go first. */
  @Column('boolean') isPassedOver!: boolean;
  @Column('text', { nullable: true }) lateReason!: string | null;
  @Column('text', { nullable: true }) changeReason!: string | null;
  /** Since when the address of one of its people is known to be theirs. */
  @Column('timestamptz', { nullable: true }) addressConfirmedAt!: Date | null;
  /** While none is: until when it keeps its seats whoever waits. Null for one that an organiser answers for. */
  @Column('timestamptz', { nullable: true }) seatsHeldUntil!: Date | null;
  @Column('timestamptz', { nullable: true }) seatsGivenBackAt!: Date | null;

  /** Its place in the queue is known once it is admitted. */
  static arriving(content: RegistrationContent): Registration {
    return Object.assign(new Registration(), content, {
      queueNumber: 0,
      version: 1,
      status: 'WAITLISTED' as const,
      confirmedAt: null,
      offerExpiresAt: null,
      cancelledAt: null,
      checkedInAt: null,
      seatsAttended: null,
      seatsKeptUntil: null,
      isPassedOver: false,
      changeReason: null,
      seatsGivenBackAt: null,
    });
  }

  get holdsSeats(): boolean {
    return HOLDS_SEATS.includes(this.status);
  }

  /** What the seat counters need to know. */
  get wish(): { group: RegistrantGroup; attendanceMode: AttendanceMode; seats: number } {
    return { group: this.registrantGroup, attendanceMode: this.attendanceMode, seats: this.seats };
  }

  /** Seats were free on arrival: no waiting, no offer. */
  seatAtOnce(): void {
    this.status = 'CONFIRMED';
    this.confirmedAt = this.registeredAt;
  }

  offer(expiresAt: Date): void {
    this.moveTo('OFFERED');
    this.offerExpiresAt = expiresAt;
  }

  assertCanAccept(at: Date): void {
    if (this.status !== 'OFFERED') throw this.refusal('CONFIRMED');
    if (this.isOfferOver(at)) throw new AppError('EVENTS_OFFER_EXPIRED');
  }

  accept(at: Date): void {
    this.assertCanAccept(at);
    this.status = 'CONFIRMED';
    this.confirmedAt = at;
    this.offerExpiresAt = null;
  }

  expire(): void {
    this.moveTo('OFFER_EXPIRED');
    this.offerExpiresAt = null;
  }

  isOfferOver(now: Date): boolean {
    return this.offerExpiresAt !== null && this.offerExpiresAt <= now;
  }

  cancel(at: Date): void {
    this.moveTo('CANCELLED');
    this.cancelledAt = at;
    this.offerExpiresAt = null;
  }

  /** Somebody of it has shown that the address is theirs: from now on nobody takes its seats. */
  confirmAddress(at: Date): void {
    this.addressConfirmedAt ??= at;
    this.seatsHeldUntil = null;
  }

  /** Nobody has confirmed an address in time, and others wait for the seats; the cancellation follows. */
  giveSeatsBack(at: Date): void {
    this.assertCanBecome('CANCELLED');
    this.seatsGivenBackAt = at;
  }

  /** Whoever is there, or comes no more, is not asked whether the address is theirs. */
  assertCanRequestConfirmation(): void {
    if (!['CONFIRMED', 'WAITLISTED', 'OFFERED'].includes(this.status)) throw this.refusal(this.status);
  }

  assertCanCheckIn(): void {
    if (this.status !== 'CONFIRMED') throw this.refusal('ATTENDED');
  }

  checkIn(at: Date, seatsAttended = this.seats): void {
    this.assertCanCheckIn();
    this.record(seatsAttended, at);
  }

  assertCanCorrectAttendance(): void {
    if (!TOLD_WHO_CAME.includes(this.status)) throw this.refusal('ATTENDED');
  }

  correctAttendance(seatsAttended: number, reason: string, at: Date): void {
    this.assertCanCorrectAttendance();
    this.record(seatsAttended, this.checkedInAt ?? at);
    this.changeReason = reason;
  }

  undoCheckIn(reason: string): void {
    this.assertCanCorrectAttendance();
    this.moveTo('CONFIRMED');
    Object.assign(this, { checkedInAt: null, seatsAttended: null, changeReason: reason });
  }

  /** With an offer open it is accepted or left first: an offer is for what was asked for. */
  assertCanChange(): void {
    if (!['CONFIRMED', 'WAITLISTED'].includes(this.status)) throw this.refusal(this.status);
  }

  change({ attendanceMode, seats }: Pick<Registration, 'attendanceMode' | 'seats'>, reason: string): void {
    this.assertCanChange();
    Object.assign(this, { attendanceMode, seats, changeReason: reason });
  }

  assertCanReplace(): void {
    if (['CANCELLED', 'OFFER_EXPIRED'].includes(this.status)) throw this.refusal(this.status);
  }

  private record(seatsAttended: number, at: Date): void {
    if (seatsAttended > this.seats) throw new AppError('EVENTS_CHECK_IN_SEATS_EXCEEDED', { seats: this.seats });
    const next = seatsAttended === 0 ? 'NO_SHOW' : 'ATTENDED';
    if (next !== this.status) this.moveTo(next);
    this.checkedInAt = seatsAttended === 0 ? null : at;
    this.seatsAttended = seatsAttended;
  }

  assertCanBecome(next: RegistrationStatus): void {
    if (!NEXT[this.status].includes(next)) throw this.refusal(next);
  }

  private moveTo(next: RegistrationStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }

  private refusal(next: RegistrationStatus): AppError {
    return new AppError('EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}

type RegistrationContent = Pick<
  Registration,
  | 'id'
  | 'eventId'
  | 'kind'
  | 'registrantGroup'
  | 'attendanceMode'
  | 'municipalityId'
  | 'registeredBy'
  | 'seats'
  | 'registeredAt'
  | 'lateReason'
  | 'addressConfirmedAt'
  | 'seatsHeldUntil'
>;
