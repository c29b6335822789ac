import { dayOf } from './day-of';

describe('a day as people type it', () => {
  it.each([
    ['27.11.2026', '2026-11-27'],
    ['7.1.26', '2026-01-07'],
    ['27/11/2026', '2026-11-27'],
    ['27-11-2026', '2026-11-27'],
    [' 2026-11-27 ', '2026-11-27'],
  ])('%s is %s', (typed, day) => expect(dayOf(typed)).toBe(day));

  it.each(['31.02.2026', '1.13.2026', 'morgen', '27.11.'])('%s is no day and stays as it is', (typed) =>
    expect(dayOf(typed)).toBe(typed),
  );
});
