import { isDeepStrictEqual } from 'node:util';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, fieldError, type LocalizedText } from '#contracts';
import type { AttendanceMode, EventKind, EventMode, EventQuota, EventStatus } from '#contracts/events';
import { AuditFields } from '#database';

const NEXT: Record<EventStatus, readonly EventStatus[]> = {
  DRAFT: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: ['REGISTRATION_CLOSED', 'POSTPONED', 'CANCELLED'],
  REGISTRATION_CLOSED: ['PUBLISHED', 'RUNNING', 'POSTPONED', 'CANCELLED'],
  RUNNING: ['HELD'],
  HELD: ['SETTLED'],
  SETTLED: [],
  CANCELLED: [],
  POSTPONED: ['PUBLISHED', 'CANCELLED'],
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Beyond these a date is a typing error. */
const AHEAD_DAYS_MAX = 5 * 366;
const LENGTH_DAYS_MAX = 92;
const CHANGEABLE: readonly EventStatus[] = ['DRAFT', 'PUBLISHED', 'REGISTRATION_CLOSED', 'POSTPONED'];

/**
 * An event that people attend (docs/domain.md#events). Promises that its period is sound, that its states follow the table above
 * and that time alone closes the registration, starts and ends it. Refuses registrations outside PUBLISHED or after the deadline.
 */
@AuditFields<Event>({ open: ['status', 'kind', 'mode', 'timeZone'] })
@Entity({ name: 'event' })
export class Event {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column({ type: 'timestamptz', update: false }) createdAt!: Date;
  @Column('text') status!: EventStatus;
  @Column('text') kind!: EventKind;
  @Column('text') mode!: EventMode;
  @Column('jsonb') title!: LocalizedText;
  @Column('jsonb', { nullable: true }) description!: LocalizedText | null;
  @Column('text', { nullable: true }) venue!: string | null;
  @Column('text') timeZone!: string;
  @Column('timestamptz') startsAt!: Date;
  @Column('timestamptz') endsAt!: Date;
  @Column('timestamptz') registrationDeadlineAt!: Date;
  @Column('int') capacity!: number;
  /** As asked for; the counters in `seat_pool` are made from it. */
  @Column('jsonb') quotas!: EventQuota[];
  @Column('int') offerHours!: number;
  @Column('int', { nullable: true }) municipalitySeatsMax!: number | null;
  @Column('text', { array: true }) fieldsOfAction!: string[];
  @Column('timestamptz', { nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('text', { nullable: true }) cancellationReason!: string | null;
  @Column('text', { nullable: true }) changeReason!: string | null;

  static draft(content: EventContent, now: Date): Event {
    const event = Object.assign(new Event(), content, {
      version: 1,
      status: 'DRAFT' as const,
      createdAt: now,
      publishedAt: null,
      cancelledAt: null,
      cancellationReason: null,
      changeReason: null,
    });
    event.refuseUnsoundPeriod(now);
    event.refuseUnsoundQuotas();
    return event;
  }

  /** Whether municipalities and experts may see it. */
  get isPublic(): boolean {
    return this.publishedAt !== null;
  }

  assertCanPublish(at: Date): void {
    if (at >= this.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
    // Back from REGISTRATION_CLOSED leads a later deadline only.
    if (this.status === 'REGISTRATION_CLOSED') throw this.refusal('PUBLISHED');
    this.assertCanBecome('PUBLISHED');
  }

  assertCanChange(at: Date): void {
    if (!CHANGEABLE.includes(this.status)) throw this.refusal(this.status);
    if (at >= this.startsAt && this.isPublic && this.status !== 'POSTPONED') throw this.refusal('RUNNING');
  }

  /** Takes the changes over; a later deadline opens the registration again. Answers the names of what is different now. */
  change(changes: Partial<EventContent>, reason: string, now: Date): string[] {
    this.assertCanChange(now);
    const fields = this.differencesTo(changes);
    const changed = Object.assign(Object.create(Event.prototype) as Event, this, changes);
    changed.refuseUnsoundPeriod(now);
    changed.refuseUnsoundQuotas();
    Object.assign(this, changes, { changeReason: reason });
    if (this.status === 'REGISTRATION_CLOSED' && now <= this.registrationDeadlineAt) this.moveTo('PUBLISHED');
    return fields;
  }

  /** The names of what is different in the changes. */
  differencesTo(changes: Partial<EventContent>): string[] {
    const before = new Map<string, unknown>(Object.entries(this));
    return Object.entries(changes)
      .filter(([name, value]) => !isDeepStrictEqual(before.get(name), value))
      .map(([name]) => name);
  }

  postpone(reason: string): void {
    this.moveTo('POSTPONED');
    this.changeReason = reason;
  }

  settle(): void {
    this.moveTo('SETTLED');
  }

  /** Attendance is corrected until the books of the event are closed. */
  refuseUnlessOpenForCorrection(): void {
    if (!['PUBLISHED', 'REGISTRATION_CLOSED', 'RUNNING', 'HELD'].includes(this.status)) throw this.refusal('HELD');
  }

  /** Who took part is settled with the event: names then belong to seats that were counted. */
  refuseOnceSettled(): void {
    if (this.status === 'SETTLED') throw this.refusal('SETTLED');
  }

  publish(at: Date): void {
    this.assertCanPublish(at);
    this.status = 'PUBLISHED';
    this.publishedAt = at;
  }

  cancel(reason: string, at: Date): void {
    this.moveTo('CANCELLED');
    this.cancelledAt = at;
    this.cancellationReason = reason;
  }

  /** Takes the steps that time brings; answers whether anything changed. */
  advance(now: Date): boolean {
    const before = this.status;
    if (this.status === 'PUBLISHED' && now > this.registrationDeadlineAt) this.moveTo('REGISTRATION_CLOSED');
    if (this.status === 'REGISTRATION_CLOSED' && now >= this.startsAt) this.moveTo('RUNNING');
    if (this.status === 'RUNNING' && now >= this.endsAt) this.moveTo('HELD');
    return this.status !== before;
  }

  /** `isLate`: an organiser takes it after the deadline, with a reason. */
  refuseRegistrationUnlessOpen(now: Date, isLate = false): void {
    const isOpen = this.status === 'PUBLISHED' && now <= this.registrationDeadlineAt;
    if (isOpen || (isLate && this.takesLateEntries(now))) return;
    throw new AppError('EVENTS_REGISTRATION_CLOSED', { status: this.status });
  }

  private takesLateEntries(now: Date): boolean {
    return ['PUBLISHED', 'REGISTRATION_CLOSED'].includes(this.status) && now < this.startsAt;
  }

  offers(attendanceMode: AttendanceMode): boolean {
    return this.mode === 'HYBRID' || this.mode === attendanceMode;
  }

  /** Until when a seat offered now is held, or null when nothing is offered any more. */
  offerExpiryFrom(now: Date): Date | null {
    if (now >= this.startsAt || !['PUBLISHED', 'REGISTRATION_CLOSED'].includes(this.status)) return null;
    return this.seatsKeptFrom(now);
  }

  /** Until when seats that are free now are kept for a party that needs more; never beyond the start. */
  seatsKeptFrom(now: Date): Date {
    return new Date(Math.min(now.getTime() + this.offerHours * HOUR_MS, this.startsAt.getTime()));
  }

  /** Whether `now` falls on one of the event's days, counted where it happens. */
  isOnItsDays(now: Date): boolean {
    const day = new Intl.DateTimeFormat('en-CA', {
      timeZone: this.timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const today = day.format(now);
    return day.format(this.startsAt) <= today && today <= day.format(this.endsAt);
  }

  /** People are let in at the door on the days of an event that happens. */
  refuseEntryUnlessOn(now: Date): void {
    const happens = ['PUBLISHED', 'REGISTRATION_CLOSED', 'RUNNING', 'HELD'].includes(this.status);
    if (!happens || !this.isOnItsDays(now)) {
      throw new AppError('EVENTS_ENTRY_NOT_ON_EVENT_DAY', { status: this.status, timeZone: this.timeZone });
    }
  }

  private refuseUnsoundPeriod(now: Date): void {
    if (this.startsAt <= now) throw fieldError('EVENTS_EVENT_PERIOD_INVALID', '#/startsAt', 'must be in the future');
    if (this.startsAt.getTime() > now.getTime() + AHEAD_DAYS_MAX * DAY_MS) {
      throw fieldError('EVENTS_EVENT_PERIOD_INVALID', '#/startsAt', 'must be within five years');
    }
    if (this.endsAt.getTime() > this.startsAt.getTime() + LENGTH_DAYS_MAX * DAY_MS) {
      throw fieldError('EVENTS_EVENT_PERIOD_INVALID', '#/endsAt', `must be within ${LENGTH_DAYS_MAX} days of startsAt`);
    }
    if (this.startsAt >= this.endsAt) {
      throw fieldError('EVENTS_EVENT_PERIOD_INVALID', '#/endsAt', 'must be after startsAt');
    }
    if (this.registrationDeadlineAt > this.startsAt) {
      throw fieldError('EVENTS_EVENT_PERIOD_INVALID', '#/registrationDeadlineAt', 'must not be after startsAt');
    }
  }

  private refuseUnsoundQuotas(): void {
    const seen = new Set<string>();
    for (const [index, quota] of this.quotas.entries()) {
      const fault = this.faultOf(quota, seen);
      if (fault) throw fieldError('EVENTS_QUOTA_INVALID', `#/quotas/${index}`, fault);
      seen.add(keyOf(quota));
    }
  }

  private faultOf(quota: EventQuota, seen: ReadonlySet<string>): string | undefined {
    if (quota.group === null && quota.attendanceMode === null) return 'names neither a group nor an attendance mode';
    if (quota.attendanceMode !== null && !this.offers(quota.attendanceMode)) return 'is for a mode that is not offered';
    if (quota.capacity > this.capacity) return 'is larger than the capacity';
    return seen.has(keyOf(quota)) ? 'stands twice' : undefined;
  }

  assertCanBecome(next: EventStatus): void {
    if (!NEXT[this.status].includes(next)) throw this.refusal(next);
  }

  private refusal(next: EventStatus): AppError {
    return new AppError('EVENTS_EVENT_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }

  private moveTo(next: EventStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}

export type EventContent = Pick<
  Event,
  | 'id'
  | 'kind'
  | 'mode'
  | 'title'
  | 'description'
  | 'venue'
  | 'timeZone'
  | 'startsAt'
  | 'endsAt'
  | 'registrationDeadlineAt'
  | 'capacity'
  | 'quotas'
  | 'offerHours'
  | 'municipalitySeatsMax'
  | 'fieldsOfAction'
>;

function keyOf(quota: EventQuota): string {
  return `${quota.group}/${quota.attendanceMode}`;
}
