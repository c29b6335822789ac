/**
 * An exact fraction of integers. Amounts are computed with all decimals and rounded once, at the amount that is paid
 * commercially. Never a float.
 */
export class Exact {
  private constructor(
    private readonly numerator: bigint,
    private readonly denominator: bigint,
  ) {}

  /** A whole number. */
  static of(value: bigint | number): Exact {
    return new Exact(BigInt(value), 1n);
  }

  /** Reads a decimal string such as `655.957`, with every digit. */
  static parse(decimal: string): Exact {
    if (!/^\d+(\.\d+)?$/.test(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
    const [whole = '0', fraction = ''] = decimal.split('.');
    return new Exact(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
  }

  plus(other: Exact): Exact {
    return new Exact(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Exact): Exact {
    return this.plus(new Exact(-other.numerator, other.denominator));
  }

  times(other: Exact): Exact {
    return new Exact(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  dividedBy(other: Exact): Exact {
    if (other.numerator <= 0n) throw new RangeError('division by zero or a negative number');
    return new Exact(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** So many per cent of the value. */
  percent(percent: Exact): Exact {
    return this.times(percent).dividedBy(Exact.of(100));
  }

  isNegative(): boolean {
    return this.numerator < 0n;
  }

  /** The value, or zero where it is negative. */
  orZero(): Exact {
    return this.isNegative() ? Exact.of(0) : this;
  }

  /** The value, or the ceiling where it lies above. */
  atMost(ceiling: Exact): Exact {
    return ceiling.minus(this).isNegative() ? ceiling : this;
  }

  /** Commercial rounding: half away from zero. */
  round(): bigint {
    const magnitude = this.numerator < 0n ? -this.numerator : this.numerator;
    const rounded = (2n * magnitude + this.denominator) / (2n * this.denominator);
    return this.isNegative() ? -rounded : rounded;
  }

  /** The value with so many decimals, commercially rounded; for rates that are derived from two others. */
  toDecimal(digits: number): string {
    const text = this.times(Exact.of(10n ** BigInt(digits)))
      .round()
      .toString()
      .padStart(digits + 1, '0');
    return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }
}
