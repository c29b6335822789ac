import fc from 'fast-check';
import type { FullTimePart } from '#contracts/finance';
import { placeShare } from './full-time-part';

const half: FullTimePart = { from: 0, to: 50 };

describe('the place of a share in the full post of a person', () => {
  it('is at the bottom for the first, at the top for the next, and between them for others', () => {
    expect(placeShare(30, [])).toEqual({ from: 0, to: 30 });
    const second = placeShare(20, [{ from: 0, to: 30 }]);
    expect(second).toEqual({ from: 80, to: 100 });
    expect(placeShare(50, [{ from: 0, to: 30 }, second])).toEqual({ from: 30, to: 80 });
  });

  it('keeps its end of the post when the share changes', () => {
    expect(placeShare(70, [{ from: 80, to: 100 }], half)).toEqual({ from: 0, to: 70 });
    expect(placeShare(30, [half], { from: 50, to: 100 })).toEqual({ from: 70, to: 100 });
    expect(placeShare(100, [], half)).toEqual({ from: 0, to: 100 });
    expect(placeShare(50, [], { from: 0, to: 100 })).toEqual(half);
  });

  it('moves where another share lies in its place', () => {
    expect(placeShare(50, [half], half)).toEqual({ from: 50, to: 100 });
  });

  it('overlaps where what is left is in pieces that are too small', () => {
    expect(placeShare(60, [{ from: 30, to: 60 }])).toEqual({ from: 40, to: 100 });
  });

  it('is of the share, within the post, and free wherever the others leave room at an end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (percent, other) => {
        const taken = [placeShare(other, [])];
        const part = placeShare(percent, taken);
        expect(part.to - part.from).toBe(percent);
        expect(part.from >= 0 && part.to <= 100).toBe(true);
        if (percent + other <= 100) expect(part.from).toBeGreaterThanOrEqual(other);
      }),
    );
  });
});
