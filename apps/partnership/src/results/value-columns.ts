import assert from 'node:assert/strict';
import type { IndicatorKind, IndicatorValue } from '#contracts/partnership';

/** A value as the columns of its table hold it: those of its kind are set, the others null. */
export interface ValueColumns {
  readonly number: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly isMet: boolean | null;
  readonly text: string | null;
}

export const NO_VALUE: ValueColumns = { number: null, numerator: null, denominator: null, isMet: null, text: null };

export function columnsOf({ kind: _, ...value }: IndicatorValue): ValueColumns {
  return { ...NO_VALUE, ...value };
}

export function valueOf(kind: IndicatorKind, columns: ValueColumns): IndicatorValue {
  const { number, numerator, denominator, isMet, text } = columns;
  switch (kind) {
    case 'NUMBER':
      assert(number !== null, 'a number without one');
      return { kind, number };
    case 'PERCENTAGE':
      assert(numerator !== null && denominator !== null, 'a percentage without its parts');
      return { kind, numerator, denominator };
    case 'YES_NO':
      assert(isMet !== null, 'neither yes nor no');
      return { kind, isMet };
    case 'TEXT':
      assert(text !== null, 'a text without one');
      return { kind, text };
  }
}
