import { Backoff } from './backoff';

describe('the pause before the next start', () => {
  it('doubles up to ten seconds and never ends the trying', () => {
    const backoff = new Backoff();
    const pauses = Array.from({ length: 1000 }, () => backoff.pauseMsAfter(0));
    expect(pauses.slice(0, 9)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
    expect(pauses.at(-1)).toBe(10_000);
  });

  it('is short again after a minute of life, and not before', () => {
    const backoff = new Backoff();
    for (let death = 0; death < 20; death++) backoff.pauseMsAfter(100);
    expect(backoff.pauseMsAfter(59_999)).toBe(10_000);
    expect(backoff.pauseMsAfter(60_000)).toBe(250);
    expect(backoff.pauseMsAfter(100)).toBe(500);
  });
});
