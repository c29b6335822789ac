import { EMPTY, changesOf, contentOf, type EventValues } from './event-values';

const filled: Partial<EventValues> = {
  kind: 'WORKSHOP',
  mode: 'ONLINE',
  title: { de: 'Wasser' },
  timeZone: 'Africa/Nairobi',
  startsAt: { day: '2027-03-01', time: '09:00' },
  endsAt: { day: '2027-03-01', time: '17:00' },
  registrationDeadlineAt: { day: '2027-02-20', time: '23:59' },
  capacity: 20,
  quotas: [{ group: 'EXPERTS', capacity: 5 } as EventValues['quotas'][number]],
};

describe('an event written by the clock of its place', () => {
  it('is sent in instants, and an open end of a quota as null', () => {
    expect(contentOf(filled)).toMatchObject({
      startsAt: '2027-03-01T06:00:00.000Z',
      registrationDeadlineAt: '2027-02-20T20:59:00.000Z',
      quotas: [{ group: 'EXPERTS', attendanceMode: null, capacity: 5 }],
      venue: null,
      municipalitySeatsMax: null,
    });
  });

  it('moves with its time zone, and tells what is different', () => {
    const changes = changesOf(contentOf(filled), contentOf({ ...filled, timeZone: 'Europe/Berlin' }));
    expect(Object.keys(changes).sort()).toEqual(['endsAt', 'registrationDeadlineAt', 'startsAt', 'timeZone']);
  });

  it('that is not complete is left to the check', () => {
    expect(contentOf({ ...filled, startsAt: { day: '', time: '' } }).startsAt).toBe(' ');
    expect(contentOf({}).startsAt).toBeUndefined();
    expect(EMPTY.timeZone).toBe('Europe/Berlin');
  });
});
