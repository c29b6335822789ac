import fc from 'fast-check';
import { addDays } from '#contracts';
import { isInForce, overlay, type RuleRow } from './rule-row';

const row = (value: string, validFrom: string, validTo: string | null = null, key = 'fee'): RuleRow => ({
  ruleSet: 'FEES',
  key,
  name: value,
  value,
  unit: 'EUR',
  validFrom,
  validTo,
  source: 'Ordinance on fees',
  mark: 'FOUND',
});
const timeline = (rows: readonly RuleRow[]) =>
  [...rows]
    .sort((one, other) => (one.validFrom < other.validFrom ? -1 : 1))
    .map(({ value, validFrom, validTo }) => [value, validFrom, validTo]);

describe('a row that is laid over others', () => {
  it('ends the one before it', () => {
    expect(timeline(overlay([row('10', '2020-01-01')], row('12', '2026-07-01')))).toEqual([
      ['10', '2020-01-01', '2026-07-01'],
      ['12', '2026-07-01', null],
    ]);
  });

  it('for a time leaves what was before it and after it', () => {
    expect(timeline(overlay([row('10', '2020-01-01')], row('12', '2026-07-01', '2027-01-01')))).toEqual([
      ['10', '2020-01-01', '2026-07-01'],
      ['12', '2026-07-01', '2027-01-01'],
      ['10', '2027-01-01', null],
    ]);
  });

  it('takes the place of those that lie within it, and of the same days', () => {
    const rows = [
      row('10', '2020-01-01', '2021-01-01'),
      row('11', '2021-01-01', '2022-01-01'),
      row('12', '2022-01-01'),
    ];
    expect(timeline(overlay(rows, row('9', '2020-01-01', '2022-06-01')))).toEqual([
      ['9', '2020-01-01', '2022-06-01'],
      ['12', '2022-06-01', null],
    ]);
  });

  it('leaves other keys alone', () => {
    expect(overlay([row('10', '2020-01-01', null, 'fine')], row('12', '2020-01-01'))).toHaveLength(2);
  });

  it('holds on each of its days, and on every other day what held before: never two, never another', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-01-01', days));
    const span = fc
      .tuple(day, fc.option(fc.integer({ min: 1, max: 30 })))
      .map(([from, days]) => ({ from, to: days === null ? null : addDays(from, days) }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), day, (spans, asked) => {
        let expected: string | undefined = 'shipped';
        let rows: RuleRow[] = [row('shipped', '2025-01-01')];
        for (const [index, { from, to }] of spans.entries()) {
          const own = row(`own ${index}`, from, to);
          rows = overlay(rows, own);
          if (isInForce(own, asked)) expected = own.value;
        }
        expect(rows.filter((it) => isInForce(it, asked)).map(({ value }) => value)).toEqual([expected]);
      }),
    );
  });
});
