import { CASE_PREFIXES, CaseNumber, caseKindOf, caseNumberIn, caseNumberQuery, checkDigitOf } from './case-number';

const PREFIXES = Object.values(CASE_PREFIXES);
const isSound = (text: string): boolean => CaseNumber.safeParse(text).success;

describe('a case number', () => {
  it('has a check digit that its inventor gives', () => {
    expect(checkDigitOf('572')).toBe('4');
    expect(isSound('FA-2026-0147-8')).toBe(true);
  });

  it('is refused with any one figure or two neighbours misheard', () => {
    const sound = PREFIXES.map((prefix) => `${prefix}-2026-0147-${checkDigitOf(`${prefix}-2026-0147`)}`);
    for (const number of sound) {
      for (const at of [3, 4, 5, 6, 8, 9, 10, 11, 13]) {
        for (const figure of '0123456789') {
          const heard = number.slice(0, at) + figure + number.slice(at + 1);
          expect([heard, isSound(heard)]).toEqual([heard, heard === number]);
        }
        const [a = '', b = ''] = [number[at], number[at + 1]];
        const swapped = number.slice(0, at) + b + a + number.slice(at + 2);
        if (/\d\d/.test(a + b)) expect([swapped, isSound(swapped)]).toEqual([swapped, swapped === number]);
      }
    }
  });

  it('is refused with the letters of any other kind', () => {
    expect(new Set(PREFIXES.map((prefix) => checkDigitOf(prefix))).size).toBe(PREFIXES.length);
    expect(isSound('IB-2026-0147-8')).toBe(false);
  });

  it('says what it is the number of', () => {
    expect(caseKindOf('AZ-2026-0147-7')).toBe('payout');
    expect(caseKindOf('XX-2026-0147-7')).toBeUndefined();
  });

  it.each(['FA-2026-0147-8', 'fa 2026 147', 'FA2026 147', 'fa-2026-147-8', ' FA 2026/0147 ', 'Fa.2026.00147.8'])(
    'is found in "%s"',
    (text) => {
      expect(caseNumberIn(text)).toBe('FA-2026-0147-8');
    },
  );

  it.each(['Tübingen', 'FA', 'FA-2026', 'FAX-2026-1', '2026-0147'])('is not found in "%s"', (text) => {
    expect(caseNumberIn(text)).toBeUndefined();
  });

  it('with more figures than four goes on', () => {
    expect(caseNumberIn('AZ 2026 12345')).toBe(`AZ-2026-12345-${checkDigitOf('AZ-2026-12345')}`);
  });

  it('is taken by a filter as it is said; a wrong check digit is refused and not looked for', () => {
    const { caseNumber: filter } = caseNumberQuery;
    expect(filter.parse('fa 2026 147')).toBe('FA-2026-0147-8');
    expect(filter.safeParse('FA-2026-0147-3').error?.issues[0]?.message).toContain('misheard');
    expect(filter.safeParse('Tübingen').success).toBe(false);
    expect(filter.parse(undefined)).toBeUndefined();
  });
});
