import { SilenceWatch } from './silence-watch';

describe('a watch for silence', () => {
  let silences: number[];
  let watch: SilenceWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    silences = [];
    watch = new SilenceWatch({ firstMs: 10_000, thenMs: 3_000 }, (seconds) => silences.push(seconds)).start();
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  it('waits longer for the first sign of life than for the next', () => {
    jest.advanceTimersByTime(9_999);
    expect(silences).toEqual([]);
    watch.heard();
    jest.advanceTimersByTime(3_000);
    expect(silences).toEqual([3]);
  });

  it('calls once, at the limit', () => {
    jest.advanceTimersByTime(60_000);
    expect(silences).toEqual([10]);
  });

  it('hears for ever while there is life', () => {
    for (let second = 0; second < 100; second++) {
      jest.advanceTimersByTime(2_000);
      watch.heard();
    }
    expect(silences).toEqual([]);
  });

  it('does not take its own pause for the silence of another', () => {
    watch.heard();
    // As after a suspended machine: the clock is far ahead, and the timer fires once.
    jest.setSystemTime(Date.now() + 3_600_000);
    jest.advanceTimersByTime(1_000);
    expect(silences).toEqual([]);
  });

  it('is quiet once stopped', () => {
    watch.stop();
    jest.advanceTimersByTime(60_000);
    expect(silences).toEqual([]);
  });
});
