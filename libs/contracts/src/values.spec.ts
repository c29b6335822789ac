import { z } from 'zod';
import { csv, Period, sortQuery } from './values';

describe('periods', () => {
  it('are half-open and not empty', () => {
    expect(Period.safeParse({ from: '2027-01-01', to: '2027-01-01' }).success).toBe(false);
    expect(Period.safeParse({ from: '2027-01-01', to: '2027-02-30' }).success).toBe(false);
    expect(Period.safeParse({ from: '2027-01-01', to: '2027-01-02' }).success).toBe(true);
  });
});

describe('query members', () => {
  it('take comma-separated values, and what a service gets already split', () => {
    const status = csv(z.enum(['ACTIVE', 'DORMANT']));
    expect(status.parse('ACTIVE,DORMANT')).toEqual(['ACTIVE', 'DORMANT']);
    expect(status.parse(['ACTIVE'])).toEqual(['ACTIVE']);
    expect(status.safeParse('ACTIVE,LOST').success).toBe(false);
  });

  it('sort by the stated keys only', () => {
    expect(sortQuery('name', 'startsOn').parse('-startsOn,name')).toEqual(['-startsOn', 'name']);
    expect(sortQuery('name').safeParse('password').success).toBe(false);
  });
});
