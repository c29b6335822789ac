import { type KnownResult, publicResults } from './public-results';
import { iatiResult } from './iati/iati-results';

const number = (value: string) => ({ kind: 'NUMBER' as const, number: value });
const period = { from: '2025-01-01', to: '2026-01-01', isLocked: true, target: null, actual: { value: number('7') } };
const trained: KnownResult['indicators'][number] = {
  standard: 'PEOPLE_TRAINED',
  measure: '1',
  arithmetic: 'CUMULATIVE',
  isAscending: true,
  sdgTargets: ['11.6'],
  baseline: null,
  periods: [period],
};
const result = (changes: Partial<KnownResult>): KnownResult => ({
  id: 'r',
  type: 'OUTPUT',
  origins: [{ partnershipId: 'open', projectId: null, projectTitle: null, assignmentId: 'a' }],
  indicators: [trained],
  ...changes,
});
const publicOf = (changes: Partial<KnownResult>) => publicResults([result(changes)], (id) => id === 'open');

describe('a result that is published', () => {
  it('has its partnerships and figures, and not the assignment that it belongs to', () => {
    expect(publicOf({})).toEqual([
      {
        id: 'r',
        type: 'OUTPUT',
        partnershipIds: ['open'],
        indicators: [
          {
            ...trained,
            periods: [{ from: '2025-01-01', to: '2026-01-01', target: null, actual: number('7') }],
          },
        ],
      },
    ]);
  });

  it('is left out where one of its partnerships is, or where it is measured in words of its own only', () => {
    const hidden = { partnershipId: 'hidden', projectId: null, projectTitle: null, assignmentId: null };
    expect(publicOf({ origins: [...result({}).origins, hidden] })).toEqual([]);
    expect(publicOf({ indicators: [{ ...trained, standard: null }] })).toEqual([]);
  });

  it('has no observation that nobody has locked', () => {
    const target = { value: number('9') };
    const [told] = publicOf({ indicators: [{ ...trained, periods: [{ ...period, isLocked: false, target }] }] });
    expect(told?.indicators[0]?.periods).toEqual([
      { from: '2025-01-01', to: '2026-01-01', target: number('9'), actual: null },
    ]);
    expect(publicOf({ indicators: [{ ...trained, periods: [{ ...period, isLocked: false }] }] })).toEqual([]);
  });

  it('has its percentage to two decimals in IATI, beside the counts that it was made of', () => {
    const value = { kind: 'PERCENTAGE' as const, numerator: '2', denominator: '3' };
    const share = { ...trained, standard: 'SERVICE_COVERAGE' as const, measure: '2' as const };
    const [told] = publicOf({ indicators: [{ ...share, periods: [{ ...period, actual: { value } }] }] });
    if (!told) throw new Error('it is not told');
    const element = JSON.stringify(iatiResult(told, ['KP-1']));
    expect(element).toContain('"actual":{"@value":"66.67","comment":{"narrative":["2 von 3 Haushalte"');
    expect(element).toContain('"period-end":{"@iso-date":"2025-12-31"}');
  });
});
