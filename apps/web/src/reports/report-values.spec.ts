import { sentReport } from './report-values';

describe('a report', () => {
  it('is sent with the parts that were written, in the sequence of the form', () => {
    expect(sentReport({ text: { NEXT_STEPS: 'Train', MILESTONES: 'Two wards' } })).toEqual({
      sections: [
        { section: 'MILESTONES', text: 'Two wards' },
        { section: 'NEXT_STEPS', text: 'Train' },
      ],
      attachments: [],
    });
  });

  it('of which nothing was written has no part, and is refused for that', () => {
    expect(sentReport({}).sections).toEqual([]);
  });
});
