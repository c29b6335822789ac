import type { ReportStatus } from '#contracts/staffing';
import { Report } from './report.entity';

function report(status: ReportStatus): Report {
  return Object.assign(new Report(), { status });
}

const submission = { sections: [], attachments: [], by: 'expert', at: new Date('2027-04-01T00:00:00Z') };

describe('a report', () => {
  it('goes from draft over comment to acceptance', () => {
    const draft = report('DRAFT');
    draft.submit(submission);
    draft.comment();
    draft.accept('officer', '2027-04-20');
    expect(draft).toMatchObject({ status: 'ACCEPTED', acceptedOn: '2027-04-20', submittedBy: 'expert' });
  });

  it('is submitted again after its return, without the old reason', () => {
    const returned = report('SUBMITTED');
    returned.return('milestones are missing');
    returned.submit(submission);
    expect(returned).toMatchObject({ status: 'SUBMITTED', returnReason: null });
  });

  it.each<[string, ReportStatus, (it: Report) => void]>([
    [
      'acceptance without a comment',
      'SUBMITTED',
      (it) => {
        it.accept('officer', '2027-04-20');
      },
    ],
    [
      'a comment on a draft',
      'DRAFT',
      (it) => {
        it.comment();
      },
    ],
    [
      'a second submission',
      'SUBMITTED',
      (it) => {
        it.submit(submission);
      },
    ],
    [
      'a comment after acceptance',
      'ACCEPTED',
      (it) => {
        it.comment();
      },
    ],
    [
      'a return after acceptance',
      'ACCEPTED',
      (it) => {
        it.return('too late');
      },
    ],
    [
      'a second acceptance',
      'ACCEPTED',
      (it) => {
        it.accept('officer', '2027-04-21');
      },
    ],
  ])('refuses %s', (_, status, act) => {
    expect(() => {
      act(report(status));
    }).toThrow('STAFFING_REPORT_TRANSITION_NOT_ALLOWED');
  });
});
