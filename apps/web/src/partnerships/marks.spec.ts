import { apart, type Mark, radiusOf } from './marks';

function mark(country: string, x: number, y: number, count = 1): Mark {
  return { country, count, x, y, home: { x, y }, radius: radiusOf(count) };
}

describe('the marks on the map', () => {
  it('do not cover each other, also where many countries are small or two have one place', () => {
    const crowd = Array.from({ length: 15 }, (_, index) => mark(`C${index}`, 300 + (index % 4) * 8, 200 + index * 3));
    const marks = apart([...crowd, mark('AA', 500, 100), mark('AB', 500, 100, 40)]);
    const covered = marks.flatMap((one, index) =>
      marks
        .slice(index + 1)
        .filter((other) => Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius)
        .map((other) => `${one.country} and ${other.country}`),
    );
    expect(covered).toEqual([]);
  });

  it('stay where they belong while there is room', () => {
    const marks = [mark('TZ', 10, 10), mark('PE', 400, 300, 9)];
    expect(apart(marks)).toEqual(marks);
  });

  it('grow with the number, from what a finger needs to what leaves the map visible', () => {
    expect([1, 4, 9, 1_000].map(radiusOf)).toEqual([12, 15, 18, 26]);
  });
});
