import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, fieldError, type LocalizedText } from '#contracts';
import type { AttendanceMode, EventKind, EventMode, EventQuota, EventStatus } from '#contracts/events';
import { AuditFields } from '#database';

const NEXT: Record<EventStatus, readonly EventStatus[]> = {
  DRAFT: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: ['REGISTRATION_CLOSED', 'POSTPONED', 'CANCELLED'],
  REGISTRATION_CLOSED: ['RUNNING', 'POSTPONED', 'CANCELLED'],
  RUNNING: ['HELD'],
  HELD: ['SETTLED'],
  SETTLED: [],
  CANCELLED: [],
  POSTPONED: ['PUBLISHED', 'CANCELLED'],
};

const HOUR_MS = 3_600_000;

/**
 * An event that people attend (docs/domain.md#events). Promises that its period is sound, that its states follow the table above
 * and that time alone closes the registration, starts and ends it. Refuses registrations outside PUBLISHED or after the deadline.
 */
@AuditFields<Event>({ open: ['status', 'kind', 'mode', 'timeZone'] })
@Entity({ name: 'event' })
export class Event {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
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
  /** As asked for; the counters in `seat_pool` are made from it once. */
  @Column('jsonb') quotas!: EventQuota[];
  @Column('int') offerHours!: number;
  @Column('text', { array: true }) fieldsOfAction!: string[];
  @Column('timestamptz', { nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) cancelledAt!: Date | null;
  @Column('text', { nullable: true }) cancellationReason!: string | null;

  static draft(content: EventContent): Event {
    const event = Object.assign(new Event(), content, {
      version: 1,
      status: 'DRAFT' as const,
      publishedAt: null,
      cancelledAt: null,
      cancellationReason: null,
    });
    event.refuseUnsoundPeriod();
    event.refuseUnsoundQuotas();
    return event;
  }

  /** Whether municipalities and experts may see it. */
  get isPublic(): boolean {
    return this.publishedAt !== null;
  }

  assertCanPublish(at: Date): void {
    if (at >= this.startsAt) throw new AppError('EVENTS_EVENT_ALREADY_STARTED');
    this.assertCanBecome('PUBLISHED');
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

  refuseRegistrationUnlessOpen(now: Date): void {
    if (this.status !== 'PUBLISHED' || now > this.registrationDeadlineAt) {
      throw new AppError('EVENTS_REGISTRATION_CLOSED', { status: this.status });
    }
  }

  offers(attendanceMode: AttendanceMode): boolean {
    return this.mode === 'HYBRID' || this.mode === attendanceMode;
  }

  /** Until when a seat offered now is held, or null when nothing is offered any more. */
  offerExpiryFrom(now: Date): Date | null {
    if (now >= this.startsAt || !['PUBLISHED', 'REGISTRATION_CLOSED'].includes(this.status)) return null;
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

  private refuseUnsoundPeriod(): void {
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
    if (NEXT[this.status].includes(next)) return;
    throw new AppError('EVENTS_EVENT_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }

  private moveTo(next: EventStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}

type EventContent = Pick<
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
  | 'fieldsOfAction'
>;

function keyOf(quota: EventQuota): string {
  return `${quota.group}/${quota.attendanceMode}`;
}
