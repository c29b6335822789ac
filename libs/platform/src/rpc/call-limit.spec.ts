import { CallLimit, CALLS_AT_FIRST, CALLS_FLOOR } from './call-limit';

const MAX = 100;
const DEADLINE_MS = 3000;
let now = 0;
let limit: CallLimit;
beforeEach(() => {
  now = 0;
  limit = new CallLimit(MAX, DEADLINE_MS, () => now);
});

/** Takes as many calls as there are places, and answers them after so long. */
function rounds(count: number, tookMs: number): void {
  for (let round = 0; round < count; round += 1) {
    let taken = 0;
    while (limit.tryEnter()) taken += 1;
    now += 300;
    while (taken-- > 0) limit.leave(tookMs);
  }
}

describe('the limit of calls in hand', () => {
  it('takes as many as it says, refuses the next and counts it', () => {
    for (let call = 0; call < MAX; call += 1) expect(limit.tryEnter()).toBe(true);
    expect(limit.tryEnter()).toBe(false);
    expect(limit.shed).toBe(1);
    limit.leave(1);
    expect(limit.tryEnter()).toBe(true);
  });

  it('stays where it is while calls are quick', () => {
    rounds(20, 20);
    expect(limit.current).toBe(MAX);
  });

  it('falls while they take too long, but never so low that connections stand idle', () => {
    rounds(1, 2000);
    expect(limit.current).toBeLessThan(MAX);
    rounds(50, 2000);
    expect(limit.current).toBe(CALLS_FLOOR);
  });

  it('rises again while it is reached and they are quick, up to what is configured', () => {
    rounds(50, 2000);
    rounds(10, 20);
    expect(limit.current).toBeGreaterThan(CALLS_FLOOR);
    rounds(50, 20);
    expect(limit.current).toBe(MAX);
  });

  it('is not moved by a few slow ones among many', () => {
    for (let call = 0; call < 50; call += 1) limit.tryEnter();
    now += 300;
    for (let call = 0; call < 50; call += 1) limit.leave(call < 5 ? 3000 : 20);
    expect(limit.current).toBe(MAX);
  });

  it('is not moved by a few slow ones while little is asked', () => {
    for (let round = 0; round < 50; round += 1) {
      limit.tryEnter();
      now += 300;
      limit.leave(3000);
    }
    expect(limit.current).toBe(MAX);
  });

  it('forgets a bad time when the calls are quick again, however few they are', () => {
    rounds(50, 3000);
    for (let call = 0; call < 500; call += 1) {
      limit.tryEnter();
      now += 300;
      limit.leave(20);
    }
    expect(limit.current).toBe(MAX);
  });

  it('falls within seconds when everything is slow', () => {
    rounds(4, 3000);
    expect(limit.current).toBeLessThan(MAX / 8);
  });

  it('lets a burst in where it may be high, and rises with quick calls', () => {
    limit = new CallLimit(2000, DEADLINE_MS, () => now);
    expect(limit.current).toBe(CALLS_AT_FIRST);
    rounds(50, 20);
    expect(limit.current).toBe(2000);
  });

  it('that is configured lower than the floor stays there', () => {
    limit = new CallLimit(2, DEADLINE_MS, () => now);
    rounds(50, 2000);
    expect(limit.current).toBe(2);
  });
});
