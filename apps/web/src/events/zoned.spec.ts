import { instantOf, timeOf, wallTimeOf } from './zoned';

describe('a time in the zone of an event', () => {
  it.each([
    ['Africa/Dar_es_Salaam', '2027-03-01', '10:00', '2027-03-01T07:00:00.000Z'],
    ['Asia/Kathmandu', '2027-03-01', '00:00', '2027-02-28T18:15:00.000Z'],
    ['Europe/Berlin', '2027-07-01', '09:30', '2027-07-01T07:30:00.000Z'],
    ['America/Bogota', '2027-03-01', '23:59', '2027-03-02T04:59:00.000Z'],
  ])('%s %s %s is %s, and back', (timeZone, day, time, instant) => {
    expect(instantOf({ day, time }, timeZone)).toBe(instant);
    expect(wallTimeOf(instant, timeZone)).toEqual({ day, time });
  });

  it('that is skipped in spring is the hour after, and the one that comes twice in autumn the first', () => {
    expect(instantOf({ day: '2027-03-28', time: '02:30' }, 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z');
    expect(instantOf({ day: '2027-10-31', time: '02:30' }, 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z');
  });

  it('that is none is left to the check', () => {
    expect(instantOf({ day: 'morgen', time: '10:00' }, 'UTC')).toBeUndefined();
    expect(instantOf({ day: '2027-02-01', time: 'um zehn' }, 'UTC')).toBeUndefined();
    expect(['9:30', '9.30', '0930', '23h59', '24:00', 'abends'].map(timeOf)).toEqual([
      '09:30',
      '09:30',
      '09:30',
      '23:59',
      '24:00',
      'abends',
    ]);
  });
});
