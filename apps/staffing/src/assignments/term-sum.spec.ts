import { AppError, type Period } from '#contracts';
import { refuseSum } from './term-sum';

const MONTHS_MAX = 24;

function refusal(...termsOfPersons: Period[][]): unknown {
  try {
    refuseSum('STAFFING_EXPERT_TERMS_TOO_LONG', MONTHS_MAX, termsOfPersons);
  } catch (error) {
    if (error instanceof AppError) return error.toReply();
    throw error;
  }
  return undefined;
}

const first = { from: '2027-01-01', to: '2028-01-01' };
const second = { from: '2030-05-15', to: '2031-05-15' };

describe('terms that are limited together', () => {
  it('may be as long as the instrument allows, and no day longer', () => {
    expect(refusal([first, second])).toBeUndefined();
    expect(refusal([second, { ...first, to: '2028-01-02' }])).toEqual({
      code: 'STAFFING_EXPERT_TERMS_TOO_LONG',
      details: { monthsMax: 24, months: 24, days: 1, terms: ['2027-01-01/2028-01-02', '2030-05-15/2031-05-15'] },
    });
  });

  it('count once where one person serves them at once, and each where several do', () => {
    expect(refusal([first, first, second])).toBeUndefined();
    expect(refusal([first], [first])).toBeUndefined();
    expect(refusal([first, second], [first])).toMatchObject({ details: { months: 36, days: 0 } });
  });

  it('count thirty days to a month where they are in pieces (BGB 191)', () => {
    const pieces = Array.from({ length: 23 }, (_, index) => ({
      from: `${2001 + index}-03-01`,
      to: `${2001 + index}-04-01`,
    }));
    const days = (to: string) => [...pieces, { from: '2027-01-01', to: '2027-01-16' }, { from: '2028-01-01', to }];
    expect(refusal(days('2028-01-16'))).toBeUndefined();
    expect(refusal(days('2028-01-17'))).toMatchObject({ details: { months: 23, days: 31 } });
  });
});
