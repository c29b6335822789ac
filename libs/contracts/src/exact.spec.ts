import { Exact } from './exact';

describe('an exact number', () => {
  it.each([
    ['0.5', 1n],
    ['0.49999999999999999999', 0n],
    ['2.5', 3n],
    ['655.957', 656n],
  ])('%s is rounded commercially to %s', (decimal, expected) => {
    expect(Exact.parse(decimal).round()).toBe(expected);
    expect(Exact.of(0).minus(Exact.parse(decimal)).round()).toBe(-expected);
  });

  it('loses nothing on the way to the one rounding', () => {
    const third = Exact.of(100).dividedBy(Exact.of(3));
    expect(third.plus(third).plus(third).round()).toBe(100n);
    expect(Exact.of(2).dividedBy(Exact.of(3)).toDecimal(6)).toBe('0.666667');
    expect(Exact.of(1_000).percent(Exact.parse('6.27')).toDecimal(2)).toBe('62.70');
  });

  it('knows its bounds', () => {
    expect(Exact.of(0).minus(Exact.of(3)).orZero().round()).toBe(0n);
    expect(Exact.of(7).atMost(Exact.of(5)).round()).toBe(5n);
    expect(Exact.of(3).atMost(Exact.of(5)).round()).toBe(3n);
  });

  it.each(['', '-1', '1,5', '1e3', '.5'])('is not read from "%s"', (text) => {
    expect(() => Exact.parse(text)).toThrow('not a decimal');
  });

  it('is not divided by zero or less', () => {
    expect(() => Exact.of(1).dividedBy(Exact.of(0))).toThrow('division by zero');
  });
});
