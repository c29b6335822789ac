import { Exact } from '#contracts';
import type { FullTimePart } from '#contracts/finance';

export const FULL_TIME: FullTimePart = { from: 0, to: 100 };

/**
 * What a part of a full post costs of an amount: the cents between two marks in the amount of the full post, each mark rounded
 * commercially. The parts of one post touch, so together they cost what the full post costs, to the cent, however many they are:
 * of 0.05 the lower half gets 0.03 and the upper half 0.02. Source: docs/domain.md#share-of-full-time.
 */
export class Slice {
  private constructor(
    private readonly below: Exact,
    private readonly upTo: Exact,
  ) {}

  static readonly NONE = new Slice(Exact.of(0), Exact.of(0));

  /** The part of an amount that is paid per time of service. */
  static of(cents: Exact, { from, to }: FullTimePart): Slice {
    return new Slice(cents.percent(Exact.of(from)), cents.percent(Exact.of(to)));
  }

  /** An amount that is paid once for a person, whatever the share: all of it goes with the part that begins at 0. */
  static once(cents: Exact, { from }: FullTimePart): Slice {
    return from === 0 ? new Slice(Exact.of(0), cents) : Slice.NONE;
  }

  plus(other: Slice): Slice {
    return new Slice(this.below.plus(other.below), this.upTo.plus(other.upTo));
  }

  percent(percent: Exact): Slice {
    return new Slice(this.below.percent(percent), this.upTo.percent(percent));
  }

  times(factor: Exact): Slice {
    return new Slice(this.below.times(factor), this.upTo.times(factor));
  }

  round(): bigint {
    return this.upTo.round() - this.below.round();
  }
}
