import type { AppError } from '#contracts';
import { EVENT_STATUSES, type EventStatus } from '#contracts/events';
import { Event } from './event.entity';

const MAY_FOLLOW: Record<EventStatus, readonly EventStatus[]> = {
  DRAFT: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: ['CANCELLED'],
  REGISTRATION_CLOSED: ['CANCELLED'],
  RUNNING: [],
  HELD: [],
  SETTLED: [],
  CANCELLED: [],
  POSTPONED: ['PUBLISHED', 'CANCELLED'],
};

/** When the events here are drafted. */
const NOW = new Date('2026-12-01T00:00:00Z');

function anEvent(changes: Partial<Event> = {}): Event {
  return Event.draft(
    {
      id: '019a0000-0000-7000-8000-000000000001',
      kind: 'CONFERENCE',
      mode: 'HYBRID',
      title: { en: 'Waste management in growing towns' },
      description: null,
      venue: 'Moshi',
      timeZone: 'Africa/Dar_es_Salaam',
      startsAt: new Date('2027-03-01T07:00:00Z'),
      endsAt: new Date('2027-03-02T15:00:00Z'),
      registrationDeadlineAt: new Date('2027-02-20T21:00:00Z'),
      capacity: 50,
      quotas: [],
      offerHours: 48,
      municipalitySeatsMax: null,
      fieldsOfAction: ['waste_management'],
      ...changes,
    },
    NOW,
  );
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as AppError).code;
  }
  return 'no refusal';
}

describe('drafting an event', () => {
  it('refuses an end that is not after the start', () => {
    expect(codeOf(() => anEvent({ endsAt: new Date('2027-03-01T07:00:00Z') }))).toBe('EVENTS_EVENT_PERIOD_INVALID');
  });

  it('refuses a registration deadline after the start', () => {
    const late = new Date('2027-03-01T07:00:01Z');
    expect(codeOf(() => anEvent({ registrationDeadlineAt: late }))).toBe('EVENTS_EVENT_PERIOD_INVALID');
  });

  it.each([
    ['begins in the past', { startsAt: new Date('2026-11-30T00:00:00Z') }],
    ['begins in a far year', { startsAt: new Date('2222-03-01T07:00:00Z'), endsAt: new Date('2222-03-02T07:00:00Z') }],
    ['lasts for years', { endsAt: new Date('2029-03-01T07:00:00Z') }],
  ])('refuses one that %s', (_, changes) => {
    expect(codeOf(() => anEvent(changes))).toBe('EVENTS_EVENT_PERIOD_INVALID');
  });

  it.each([
    ['names nothing', [{ group: null, attendanceMode: null, capacity: 5 }]],
    ['is larger than the capacity', [{ group: 'EXPERTS' as const, attendanceMode: null, capacity: 51 }]],
    ['stands twice', [1, 2].map((capacity) => ({ group: 'EXPERTS' as const, attendanceMode: null, capacity }))],
  ])('refuses a quota that %s', (_, quotas) => {
    expect(codeOf(() => anEvent({ quotas }))).toBe('EVENTS_QUOTA_INVALID');
  });

  it('refuses a quota for a mode that is not offered', () => {
    const quotas = [{ group: null, attendanceMode: 'ON_SITE' as const, capacity: 5 }];
    expect(codeOf(() => anEvent({ mode: 'ONLINE', quotas }))).toBe('EVENTS_QUOTA_INVALID');
  });
});

describe('the states of an event', () => {
  const before = new Date('2027-01-01T00:00:00Z');

  it.each(EVENT_STATUSES)('are left by publication and cancellation only where allowed: %s', (status) => {
    const from = (): Event => Object.assign(anEvent(), { status });
    const publication = codeOf(() => {
      from().publish(before);
    });
    const cancellation = codeOf(() => {
      from().cancel('host city withdrew', before);
    });
    const expected = (to: EventStatus): string =>
      MAY_FOLLOW[status].includes(to) ? 'no refusal' : 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED';
    expect([publication, cancellation]).toEqual([expected('PUBLISHED'), expected('CANCELLED')]);
  });

  it.each(EVENT_STATUSES)('let the content be changed until it starts: %s', (status) => {
    const event = Object.assign(anEvent(), { status });
    const code = codeOf(() => event.change({ venue: 'Arusha' }, 'a better hall', before));
    const isOpen = ['DRAFT', 'PUBLISHED', 'REGISTRATION_CLOSED', 'POSTPONED'].includes(status);
    expect(code).toBe(isOpen ? 'no refusal' : 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED');
  });

  it('go back to PUBLISHED when the deadline is moved on, and only then', () => {
    const now = new Date('2027-02-21T00:00:00Z');
    const closed = (): Event => Object.assign(anEvent(), { status: 'REGISTRATION_CLOSED', publishedAt: before });
    const [venue, deadline] = [closed(), closed()];
    venue.change({ venue: 'Arusha' }, 'a better hall', now);
    deadline.change({ registrationDeadlineAt: new Date('2027-02-25T00:00:00Z') }, 'seats left', now);
    expect([venue.status, deadline.status]).toEqual(['REGISTRATION_CLOSED', 'PUBLISHED']);
  });

  it('refuse a publication after the start', () => {
    expect(
      codeOf(() => {
        anEvent().publish(new Date('2027-03-01T07:00:00Z'));
      }),
    ).toBe('EVENTS_EVENT_ALREADY_STARTED');
  });

  it.each([
    ['2027-02-20T21:00:00Z', 'PUBLISHED'],
    ['2027-02-20T21:00:01Z', 'REGISTRATION_CLOSED'],
    ['2027-03-01T07:00:00Z', 'RUNNING'],
    ['2027-03-02T15:00:00Z', 'HELD'],
  ])('follow the clock: at %s it is %s', (now, status) => {
    const event = anEvent();
    event.publish(before);
    event.advance(new Date(now));
    expect(event.status).toBe(status);
  });

  it('do not move with the clock before publication', () => {
    const event = anEvent();
    expect(event.advance(new Date('2027-04-01T00:00:00Z'))).toBe(false);
  });
});

describe('the days of an event', () => {
  it.each([
    ['the evening before, already the day itself in Moshi', '2027-02-28T21:30:00Z', true],
    ['the evening before', '2027-02-28T20:30:00Z', false],
    ['between its days', '2027-03-01T22:00:00Z', true],
    ['the day after in Moshi, still the last day in UTC', '2027-03-02T21:30:00Z', false],
  ])('are counted in its time zone: %s', (_, now, isOn) => {
    expect(anEvent().isOnItsDays(new Date(now))).toBe(isOn);
  });
});

describe('an offer of a seat', () => {
  const published = (): Event => {
    const event = anEvent();
    event.publish(new Date('2027-01-01T00:00:00Z'));
    return event;
  };

  it('is held for the stated hours', () => {
    expect(published().offerExpiryFrom(new Date('2027-02-01T00:00:00Z'))).toEqual(new Date('2027-02-03T00:00:00Z'));
  });

  it('ends with the start of the event', () => {
    expect(published().offerExpiryFrom(new Date('2027-03-01T00:00:00Z'))).toEqual(new Date('2027-03-01T07:00:00Z'));
  });

  it('is not made once the event has started', () => {
    expect(published().offerExpiryFrom(new Date('2027-03-01T07:00:00Z'))).toBeNull();
  });
});
