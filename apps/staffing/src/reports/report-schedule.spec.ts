import { reportSchedule } from './report-schedule';

const rule = { startAfterMonths: 3, progressEveryMonths: 6 };

describe('the reports of an assignment', () => {
  it('are start after three months, progress every half year and final at the end', () => {
    expect(reportSchedule(rule, { departedOn: '2027-01-15', endsOn: '2029-01-01' })).toEqual([
      { kind: 'START', sequence: 1, dueOn: '2027-04-15' },
      { kind: 'PROGRESS', sequence: 2, dueOn: '2027-07-15' },
      { kind: 'PROGRESS', sequence: 3, dueOn: '2028-01-15' },
      { kind: 'PROGRESS', sequence: 4, dueOn: '2028-07-15' },
      { kind: 'FINAL', sequence: 5, dueOn: '2029-01-01' },
    ]);
  });

  it('leave to the final report what falls due on the last day', () => {
    const kinds = reportSchedule(rule, { departedOn: '2027-01-01', endsOn: '2028-01-01' }).map(({ kind }) => kind);
    expect(kinds).toEqual(['START', 'PROGRESS', 'FINAL']);
  });

  it('are only the final one when the assignment is short', () => {
    expect(reportSchedule(rule, { departedOn: '2027-01-01', endsOn: '2027-02-01' })).toEqual([
      { kind: 'FINAL', sequence: 1, dueOn: '2027-02-01' },
    ]);
  });

  it('are in order of their day when the start falls later than the first progress', () => {
    const late = { startAfterMonths: 7, progressEveryMonths: 6 };
    expect(reportSchedule(late, { departedOn: '2027-01-01', endsOn: '2027-10-01' }).map(({ kind }) => kind)).toEqual([
      'PROGRESS',
      'START',
      'FINAL',
    ]);
  });
});
