import { fitOf } from './fit';

describe('whether a party fits', () => {
  const pools = [
    { group: null, attendanceMode: null, capacity: 10, taken: 4 },
    { group: 'EXPERTS' as const, attendanceMode: null, capacity: 3, taken: 3 },
    { group: null, attendanceMode: 'ON_SITE' as const, capacity: 5, taken: 1 },
  ];
  const party = { group: 'GERMAN_SIDE', attendanceMode: 'ON_SITE', seats: 2 } as const;

  it('is told by the smallest of the pools that count it', () => {
    expect(fitOf(pools, party)).toEqual({ free: 4, tooSmall: undefined });
    expect(fitOf(pools, { ...party, attendanceMode: 'ONLINE' }).free).toBe(6);
    expect(fitOf(pools, { ...party, group: 'EXPERTS' }).free).toBe(0);
  });

  it('names the pool that could never seat it', () => {
    expect(fitOf(pools, { ...party, seats: 6 }).tooSmall).toBe(pools[2]);
    expect(fitOf(pools, { ...party, group: 'EXPERTS', seats: 4 }).tooSmall).toBe(pools[1]);
  });
});
