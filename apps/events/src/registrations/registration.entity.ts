import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { AttendanceMode, RegistrantGroup, RegistrationKind, RegistrationStatus } from '#contracts/events';
import { AuditFields } from '#database';

const NEXT: Record<RegistrationStatus, readonly RegistrationStatus[]> = {
  CONFIRMED: ['ATTENDED', 'CANCELLED'],
  WAITLISTED: ['OFFERED', 'CANCELLED'],
  OFFERED: ['CONFIRMED', 'OFFER_EXPIRED', 'CANCELLED'],
  OFFER_EXPIRED: [],
  CANCELLED: [],
  ATTENDED: [],
};

/** States in which the seats are taken, so that leaving them frees seats. */
const HOLDS_SEATS: readonly RegistrationStatus[] = ['CONFIRMED', 'OFFERED', 'ATTENDED'];

/**
 * A person's or a delegation's place at an event, without the people's names. Promises the fair order by `queueNumber`, and that
 * an offer is accepted in time or not at all. Refuses check-in of anyone who is not confirmed.
 */
@AuditFields<Registration>({ open: ['kind', 'registrantGroup', 'attendanceMode', 'registeredBy', 'status'] })
@Entity({ name: 'registration' })
export class Registration {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
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

  checkIn(at: Date, seatsAttended = this.seats): void {
    if (seatsAttended > this.seats) throw new AppError('EVENTS_CHECK_IN_SEATS_EXCEEDED', { seats: this.seats });
    this.moveTo('ATTENDED');
    this.checkedInAt = at;
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
>;
