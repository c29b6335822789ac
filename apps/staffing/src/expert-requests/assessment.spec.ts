import { summarise, weighScores } from './assessment';

const criteria = [
  { key: 'RELEVANCE', weightPercent: 60 },
  { key: 'RISK', weightPercent: 40 },
];

describe('weighing the scores of a reviewer', () => {
  it('gives the exact weighted mean in hundredths', () => {
    const scores = [
      { criterion: 'RISK', score: 1 },
      { criterion: 'RELEVANCE', score: 4 },
    ];
    expect(weighScores(scores, criteria).totalHundredths).toBe(280);
  });

  it.each([
    ['a missing criterion', [{ criterion: 'RISK', score: 1 }]],
    [
      'an unknown criterion',
      [...criteria.map(({ key }) => ({ criterion: key, score: 2 })), { criterion: 'X', score: 2 }],
    ],
    ['a criterion scored twice', [...criteria, criteria[0]].map((each) => ({ criterion: each?.key ?? '', score: 2 }))],
  ])('refuses %s', (_, scores) => {
    expect(() => weighScores(scores, criteria)).toThrow('STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE');
  });

  it('refuses scores when no criteria are in force', () => {
    expect(() => weighScores([], [])).toThrow('STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE');
  });
});

describe('the summary of two assessments', () => {
  it('shows mean and spread, of the totals and of each criterion', () => {
    const one = weighScores(
      [
        { criterion: 'RELEVANCE', score: 4 },
        { criterion: 'RISK', score: 2 },
      ],
      criteria,
    );
    const other = weighScores(
      [
        { criterion: 'RELEVANCE', score: 1 },
        { criterion: 'RISK', score: 2 },
      ],
      criteria,
    );
    expect(summarise([one, other])).toEqual({
      mean: '2.30',
      spread: '1.80',
      spreadByCriterion: [
        { criterion: 'RELEVANCE', spread: 3 },
        { criterion: 'RISK', spread: 0 },
      ],
    });
  });
});
