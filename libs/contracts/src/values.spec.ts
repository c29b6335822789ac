import { z } from 'zod';
import { csv, Line, Period, sortQuery, Text } from './values';

describe('texts', () => {
  it('refuses what Postgres or a bank file cannot hold', () => {
    for (const text of ['a\u0000b', 'a\nb', '\ud800', '', '   ']) expect(Line(10).safeParse(text).success).toBe(false);
    expect(Text(10).safeParse('a\nb').success).toBe(true);
    expect(Text(10).safeParse('a\u0000').success).toBe(false);
  });
});

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
