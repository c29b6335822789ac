import { z } from 'zod';
import { readRuleFile } from './rule-file';
import type { RuleFile, RuleSet } from './rule-set';
import { count, euros, monthAndDay, oneOf, someOf, yesOrNo } from './rule-values';

const FEES: RuleSet = {
  name: 'FEES',
  keys: { fee: euros('EUR'), days: { ...count('DAYS', 'WEEKS'), isOptional: true } },
};
const CLUB = {
  name: 'CLUB',
  keys: {},
  members: { form: z.string().regex(/^[A-Z]{2}$/), rule: oneOf(['MEMBER'], 'MEMBERSHIP') },
};
const FILE: RuleFile = { path: 'fees.csv', sets: [FEES, CLUB], rowsMax: 10 };
const HEAD = 'rule_set,key,value,unit,valid_from,valid_to,mark,name,source';
const SOURCE = 'Ordinance on fees, § 1';
const FEE = `FEES,fee,10,EUR,2020-01-01,2024-01-01,FOUND,,"${SOURCE}"`;
const NEXT = `FEES,fee,12.50,EUR,2024-01-01,,FOUND,FEE-NOW,"${SOURCE}"`;

const read = (...lines: string[]) => readRuleFile(FILE, [HEAD, ...lines].join('\n'));

describe('a shipped file of rules', () => {
  it('is read row by row, each with a name', () => {
    expect(read(FEE, NEXT)).toEqual([
      {
        ruleSet: 'FEES',
        key: 'fee',
        name: 'FEES-FEE-2020-01-01',
        value: '10',
        unit: 'EUR',
        validFrom: '2020-01-01',
        validTo: '2024-01-01',
        source: SOURCE,
        mark: 'FOUND',
      },
      expect.objectContaining({ name: 'FEE-NOW', value: '12.50', validTo: null }),
    ]);
  });

  it.each([
    ['an unknown set', [FEE.replace('FEES', 'FINES')], '2: there is no rule set FINES'],
    ['an unknown key', [NEXT, FEE.replace('fee', 'fine')], '3: FEES has no key fine'],
    ['another unit', [FEE.replace('EUR', 'USD')], '2: fee is not in USD, but in EUR'],
    ['a value of another form', [FEE.replace('10', 'ten')], '2: fee cannot be "ten": must be an amount of euros'],
    ['a negative amount', [FEE.replace('10', '-10')], '2: fee cannot be "-10"'],
    ['a day that is none', [FEE.replace('2024-01-01', '2024-02-30')], '2: "2024-02-30" is no day'],
    ['no first day', [FEE.replace('2020-01-01', '')], '2: there is no first day (valid_from)'],
    ['an end before its beginning', [FEE.replace('2024-01-01', '2020-01-01')], '2: it ends before it begins'],
    [
      'an unknown mark',
      [FEE.replace('FOUND', 'SURE')],
      '2: the mark is FOUND, GENERAL_KNOWLEDGE, PROPOSAL, not "SURE"',
    ],
    ['no source', [FEE.replace(SOURCE, '')], '2: there is no source that could be found'],
    ['an overlap', [NEXT, FEE.replace('2024-01-01', '2024-01-02')], '2: fee overlaps with line 3'],
    [
      'a row after an open one',
      [NEXT, FEE.replaceAll('2024', '2026').replace('2020', '2025')],
      '3: fee overlaps with line 2',
    ],
    ['a gap', [FEE.replace('2024', '2023'), NEXT], '3: fee leaves a gap from 2023-01-01 on, after line 2'],
    ['a name given twice', [FEE.replace(',,"', ',FEE-NOW,"'), NEXT], '3: the name FEE-NOW stands in line 2 already'],
    ['a key without a row', [FEE.replace('fee,10,EUR', 'days,10,DAYS')], '1: FEES has no row of fee'],
    [
      'a member of another form',
      [FEE, 'CLUB,France,MEMBER,MEMBERSHIP,2020-01-01,,FOUND,,The list of the club'],
      '3: CLUB has no key France',
    ],
  ])('with %s is refused with its line', (_what, lines, fault) => {
    expect(() => read(...lines)).toThrow(`fees.csv:${fault}`);
  });

  it('says all that is wrong at once', () => {
    expect(() => read(FEE.replace('EUR', 'USD'), NEXT.replace('12.50', 'x'))).toThrow(/fees\.csv:2: .*\nfees\.csv:3: /);
  });

  it('without a column is refused', () => {
    expect(() => readRuleFile(FILE, `${HEAD.replace(',mark', '')}\nFEES,fee,10,EUR,2020-01-01,,,x`)).toThrow(
      'fees.csv:1: there is no column mark',
    );
  });

  it('may let a member go and come back', () => {
    const member = (from: string, to: string) => `CLUB,FR,MEMBER,MEMBERSHIP,${from},${to},FOUND,,The list of the club`;
    expect(read(FEE, NEXT, member('2020-01-01', '2021-01-01'), member('2023-01-01', ''))).toHaveLength(4);
  });
});

it.each([
  { kind: 'euros', rule: euros('EUR'), text: '25000.50', value: 2_500_050n, other: '1.234' },
  { kind: 'a whole number', rule: count('DAYS'), text: '24', value: 24, other: '2.5' },
  { kind: 'one of several words', rule: oneOf(['A', 'B'], 'WORD'), text: 'B', value: 'B', other: 'C' },
  { kind: 'some of several words', rule: someOf(['A', 'B'], 'WORD'), text: 'A B', value: ['A', 'B'], other: 'A  B' },
  { kind: 'yes or no', rule: yesOrNo(), text: 'no', value: false, other: 'maybe' },
  { kind: 'a day of every year', rule: monthAndDay(), text: '02-28', value: '02-28', other: '02-29' },
])('$kind is read from text, and another text is refused', ({ rule, text, value, other }) => {
  expect(rule.value.parse(text)).toEqual(value);
  expect(rule.value.safeParse(other).success).toBe(false);
});
