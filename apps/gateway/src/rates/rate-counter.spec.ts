import { RateCounter } from './rate-counter';
import type { RatePolicy } from './rate-policy';

const SECOND = 1000;
const policy: RatePolicy = { name: 'read', quota: 100, windowMs: 60 * SECOND, header: '' };
const START = Date.UTC(2026, 10, 2, 12);

/** Replicas that tell each other what they accepted every 100 ms, and hear it 20 ms later. */
class Replicas {
  readonly counters: RateCounter[];

  constructor(
    count: number,
    readonly rule = policy,
  ) {
    this.counters = Array.from({ length: count }, (_, index) => new RateCounter(String(index), rule));
  }

  /** How many of the requests are accepted that come evenly, in turn at `among` of the replicas. */
  accepted({ perSecond, seconds, from = 0, among = this.counters.length }: Load): number {
    let accepted = 0;
    const heard: { at: number; work: () => void }[] = [];
    let nextTell = 0;
    for (let request = 0; request < perSecond * seconds; request += 1) {
      const now = START + from * SECOND + (request * SECOND) / perSecond;
      while (nextTell <= now - START - from * SECOND) {
        heard.push(this.exchange(START + from * SECOND + nextTell));
        nextTell += 100;
      }
      while (heard[0] && heard[0].at <= now) heard.shift()?.work();
      if (this.counters[request % among]?.take(now, this.counters.length).isAllowed) accepted += 1;
    }
    return accepted;
  }

  private exchange(at: number): { at: number; work: () => void } {
    const told = this.counters.map((counter) => counter.tell(at));
    return {
      at: at + 20,
      work: () => {
        this.counters.forEach((counter, self) => {
          told.forEach((count, other) => {
            if (other !== self) counter.hear(String(other), count);
          });
        });
      },
    };
  }
}

interface Load {
  perSecond: number;
  seconds: number;
  from?: number;
  among?: number;
}

describe('a quota of 100 in a minute', () => {
  it('lets exactly so many through one replica, whatever the speed', () => {
    expect(new Replicas(1).accepted({ perSecond: 1000, seconds: 1 })).toBe(100);
  });

  it('holds over every minute that slides, not only over those of the clock', () => {
    const replicas = new Replicas(1);
    expect(replicas.accepted({ perSecond: 100, seconds: 10, from: 50 })).toBe(100);
    // Ten seconds into the next minute five sixths of those still count.
    expect(replicas.accepted({ perSecond: 100, seconds: 10, from: 60 })).toBeLessThanOrEqual(17);
  });

  it.each([2, 3, 5])('holds within 5 %% over %i replicas that are asked in turn at ten times the quota', (count) => {
    const accepted = new Replicas(count).accepted({ perSecond: 1000 / 60, seconds: 60 });
    expect(accepted).toBeGreaterThanOrEqual(95);
    expect(accepted).toBeLessThanOrEqual(105);
  });

  it.each([2, 3, 5])('holds within 5 %% over %i replicas that are all asked at once', (count) => {
    expect(new Replicas(count).accepted({ perSecond: 100_000, seconds: 1 })).toBeLessThanOrEqual(105);
  });

  it('is whole for a caller who always comes to the same of three replicas', () => {
    const accepted = new Replicas(3).accepted({ perSecond: 50, seconds: 10, among: 1 });
    expect(accepted).toBeGreaterThanOrEqual(95);
    expect(accepted).toBeLessThanOrEqual(100);
  });

  it('forgets what replicas said that are gone, when it counts no more', () => {
    const counter = new RateCounter('x', policy);
    const window = Math.floor(START / policy.windowMs);
    counter.hear('gone', { window, accepted: 90, acceptedBefore: 0 });
    expect(counter.take(START, 2).remaining).toBe(9);
    expect(counter.prune(START + 60 * SECOND)).toBe(true);
    expect(counter.prune(START + 180 * SECOND)).toBe(false);
  });
});

describe('a refusal', () => {
  it('names a time after which the request passes, and not before', () => {
    const replicas = new Replicas(1);
    replicas.accepted({ perSecond: 100, seconds: 2 });
    const [counter] = replicas.counters;
    const at = START + 30 * SECOND;
    const verdict = counter?.take(at, 1);
    expect(verdict).toMatchObject({ isAllowed: false, remaining: 0 });
    const after = at + (verdict?.seconds ?? 0) * SECOND;
    expect(counter?.take(after - 2 * SECOND, 1).isAllowed).toBe(false);
    expect(counter?.take(after, 1).isAllowed).toBe(true);
  });

  it('is short when the time before fades', () => {
    const replicas = new Replicas(1);
    replicas.accepted({ perSecond: 100, seconds: 1, from: 59 });
    const [counter] = replicas.counters;
    expect(counter?.take(START + 60 * SECOND, 1)).toMatchObject({ isAllowed: false, seconds: 1 });
  });
});

describe('what is left', () => {
  it('is told with every answer', () => {
    const counter = new RateCounter('x', policy);
    expect(counter.take(START, 1)).toEqual({ isAllowed: true, remaining: 99, seconds: 60 });
    expect(counter.take(START + 15 * SECOND, 1)).toEqual({ isAllowed: true, remaining: 98, seconds: 45 });
  });
});
