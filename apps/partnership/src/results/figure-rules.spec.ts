import type { FigurePart, IndicatorView } from '#contracts/partnership';
import { assertKind, assertParts, assertRises } from './figure-rules';

const number = (value: string) => ({ kind: 'NUMBER' as const, number: value });
const share = (numerator: string, denominator: string) => ({ kind: 'PERCENTAGE' as const, numerator, denominator });
const part = (category: FigurePart['category'], value: FigurePart['value']): FigurePart => ({ category, value });
const broken = (fault: string, at: string) => ({ code: 'PARTNERSHIP_RESULT_PARTS_INVALID', details: { at, fault } });
const refusal = (check: () => void): unknown => {
  try {
    check();
  } catch (error) {
    return error;
  }
  return undefined;
};

const bySex = (mustAddUp: boolean, kind: IndicatorView['kind'] = 'NUMBER') => ({
  kind,
  disaggregations: [{ dimension: 'SEX' as const, mustAddUp }],
});

describe('the parts of a figure', () => {
  it('may be left out, and fall short where nothing else is stated', () => {
    assertParts(bySex(true), number('10'), []);
    assertParts(bySex(false), number('10'), [part('FEMALE', number('9.9999'))]);
    assertParts(bySex(true), number('0.3'), [part('FEMALE', number('0.1')), part('MALE', number('0.2'))]);
  });

  it('are refused when they exceed it, fall short of it, repeat themselves or are not asked for', () => {
    const check = (mustAddUp: boolean, ...parts: FigurePart[]) =>
      refusal(() => assertParts(bySex(mustAddUp), number('10'), parts));
    const [women, men] = [part('FEMALE', number('6')), part('MALE', number('4.0001'))];
    expect(check(false, women, men)).toMatchObject(broken('EXCEEDS', 'SEX'));
    expect(check(true, women)).toMatchObject(broken('DOES_NOT_ADD_UP', 'SEX'));
    expect(check(false, women, women)).toMatchObject(broken('REPEATED', 'FEMALE'));
    expect(check(false, part('AGE_0_14', number('1')))).toMatchObject(broken('NOT_ASKED_FOR', 'AGE_0_14'));
    expect(check(false, part('FEMALE', share('1', '2')))).toMatchObject({
      code: 'PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS',
    });
  });

  it('by group may overlap, as a person may belong to several, but none exceeds the figure', () => {
    const groups = {
      kind: 'NUMBER' as const,
      disaggregations: [{ dimension: 'DISADVANTAGED_GROUP' as const, mustAddUp: false }],
    };
    assertParts(groups, number('10'), [part('POVERTY', number('9')), part('DISABILITY', number('8'))]);
    expect(refusal(() => assertParts(groups, number('10'), [part('POVERTY', number('11'))]))).toMatchObject(
      broken('EXCEEDS', 'DISADVANTAGED_GROUP'),
    );
  });

  it('of a percentage are compared by numerator and by denominator', () => {
    const check = (...parts: FigurePart[]) =>
      refusal(() => assertParts(bySex(true, 'PERCENTAGE'), share('5', '10'), parts));
    expect(check(part('FEMALE', share('3', '6')), part('MALE', share('2', '4')))).toBeUndefined();
    expect(check(part('FEMALE', share('6', '6')), part('MALE', share('0', '4')))).toMatchObject(
      broken('EXCEEDS', 'SEX'),
    );
    expect(check(part('FEMALE', share('3', '6')), part('MALE', share('2', '3')))).toMatchObject(
      broken('DOES_NOT_ADD_UP', 'SEX'),
    );
  });
});

it('a value of another kind than its indicator is refused', () => {
  expect(refusal(() => assertKind('YES_NO', number('1')))).toMatchObject({
    code: 'PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS',
    details: { kind: 'YES_NO' },
  });
});

it('a cumulative series may stand still and never falls, compared by value and not by spelling', () => {
  const series = [
    { startsOn: '2023-01-01', number: '9' },
    { startsOn: '2025-01-01', number: '10.0' },
  ];
  const at = (value: string) => refusal(() => assertRises(series, { startsOn: '2024-01-01', number: value }));
  for (const value of ['9', '9.5', '10']) expect(at(value)).toBeUndefined();
  expect(at('8.9999')).toMatchObject({ code: 'PARTNERSHIP_RESULT_SERIES_FALLS', details: { startsOn: '2023-01-01' } });
  expect(at('10.0001')).toMatchObject({ details: { startsOn: '2025-01-01' } });
  expect(refusal(() => assertRises(series, { startsOn: '2023-01-01', number: '1' }))).toBeUndefined();
});
