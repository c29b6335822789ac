import type { CostInputs } from '#contracts/finance';
import { Assignment, type AssignmentPlan } from './assignment.entity';

const costInputs: CostInputs = {
  instrument: 'DEVELOPMENT_WORKER',
  costOfLivingPercent: '0',
  hasSpouse: false,
  children: 0,
};
const plan: AssignmentPlan = {
  fundId: 'fund',
  period: { from: '2027-01-01', to: '2029-01-01' },
  fullTimePercent: 100,
  costInputs,
};
const at = new Date('2026-11-01T00:00:00Z');

function planned(): Assignment {
  return Assignment.plan({
    id: 'assignment',
    expertRequestId: 'request',
    partnershipIds: ['partnership'],
    expertId: 'expert',
    employerMunicipalityId: 'employer',
    plan,
    by: 'officer',
    at,
  });
}

function accepted(): Assignment {
  const assignment = planned();
  assignment.recordPartnerDecision({ ...decision, outcome: 'ACCEPTED' });
  return assignment;
}

function confirmed(): Assignment {
  const assignment = accepted();
  assignment.requestFunding();
  assignment.confirm('commitment');
  return assignment;
}

const decision = { municipalityId: 'employer', by: 'mayor', at, note: undefined };

describe('the employer', () => {
  it('alone decides on the expert', () => {
    expect(() => {
      planned().recordPartnerDecision({ ...decision, municipalityId: 'another', outcome: 'ACCEPTED' });
    }).toThrow('STAFFING_PARTNER_DECISION_NOT_BY_EMPLOYER');
  });

  it('decides once', () => {
    expect(() => {
      accepted().recordPartnerDecision({ ...decision, outcome: 'REJECTED' });
    }).toThrow('STAFFING_PARTNER_DECISION_ALREADY_MADE');
  });

  it('cancels the assignment by a rejection', () => {
    const assignment = planned();
    assignment.recordPartnerDecision({ ...decision, outcome: 'REJECTED' });
    expect(assignment.status).toBe('CANCELLED');
  });
});

describe('confirming an assignment', () => {
  it('needs the acceptance of the employer', () => {
    expect(() => {
      planned().requestFunding();
    }).toThrow('STAFFING_PARTNER_DECISION_MISSING');
  });

  it('is possible again after a refusal of cover', () => {
    const assignment = accepted();
    assignment.requestFunding();
    assignment.refuseFunding({ reason: 'INSUFFICIENT_FUNDS', shortfalls: [] });
    assignment.requestFunding();
    expect(assignment).toMatchObject({ status: 'FUNDING_REQUESTED', fundingRefusal: null });
  });

  it('refuses a second request while the first is open', () => {
    const assignment = accepted();
    assignment.requestFunding();
    expect(() => {
      assignment.requestFunding();
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });
});

describe('planning anew', () => {
  it('asks the employer again when the time changes', () => {
    const assignment = accepted();
    assignment.replan({ ...plan, fullTimePercent: 50 });
    expect(assignment.partnerDecision).toBeNull();
  });

  it('keeps the acceptance when only fund or cost change', () => {
    const assignment = accepted();
    assignment.replan({ ...plan, fundId: 'other' });
    expect(assignment).toMatchObject({ partnerDecision: 'ACCEPTED', fundId: 'other' });
  });

  it('does not change the instrument', () => {
    const salaryMonth = { amount: '900.00', currency: 'EUR' };
    expect(() => {
      planned().replan({
        ...plan,
        costInputs: { instrument: 'LOCAL_EXPERT', salaryMonth, employerContributionPercent: '0' },
      });
    }).toThrow('STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH');
  });

  it('is refused once the money is bound', () => {
    expect(() => {
      confirmed().replan(plan);
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });
});

describe('the assignment abroad', () => {
  it.each(['2026-12-31', '2029-01-01'])('does not begin on %s, outside its period', (day) => {
    expect(() => {
      confirmed().depart(day);
    }).toThrow('STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD');
  });

  it('begins with or without a preparation of its own', () => {
    const prepared = confirmed();
    prepared.startPreparation('2026-12-01');
    prepared.depart('2027-01-01');
    const direct = confirmed();
    direct.depart('2027-01-01');
    expect([prepared.status, direct.status]).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('cannot be cancelled after departure', () => {
    const assignment = confirmed();
    assignment.depart('2027-01-01');
    expect(() => {
      assignment.cancel('too late');
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });

  it('completes on the end of its period with the final report accepted', () => {
    const assignment = confirmed();
    assignment.depart('2027-01-01');
    expect(() => {
      assignment.complete({ isAccepted: false });
    }).toThrow('STAFFING_ASSIGNMENT_FINAL_REPORT_NOT_ACCEPTED');
  });
});
