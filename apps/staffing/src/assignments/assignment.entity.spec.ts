import { AppError } from '#contracts';
import type { CostInputs } from '#contracts/finance';
import { Assignment } from './assignment.entity';
import type { AssignmentPlan } from './plan-parts';

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

describe('the consent of the expert', () => {
  it('is for one employer: it falls with it, as its decision does', () => {
    const assignment = accepted();
    assignment.giveConsent({ by: 'expert', at, evidence: null });
    assignment.correctEmployer('other');
    expect(assignment).toMatchObject({ expertConsentAt: null, expertConsentBy: null, partnerDecision: null });
  });

  it('is not asked for once the assignment is over', () => {
    const assignment = planned();
    assignment.cancel('Not needed');
    expect(() => {
      assignment.giveConsent({ by: 'expert', at, evidence: null });
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });
});

describe('planning anew', () => {
  const pay = { ...costInputs, hasSpouse: true };

  it.each<[string, Partial<AssignmentPlan>]>([
    ['PERIOD', { period: { from: '2027-01-01', to: '2028-07-01' } }],
    ['SHARE', { fullTimePercent: 50 }],
    ['PAY', { costInputs: pay }],
  ])('asks the employer again when the %s changes, and says so', (part, change) => {
    const assignment = accepted();
    assignment.replan({ ...plan, ...change }, at);
    expect(assignment).toMatchObject({ partnerDecision: null, partnerDecidedAt: null, partnerNote: null });
    expect(assignment.lapsedDecision).toMatchObject({ changed: [part], decidedAt: at.toISOString() });
    expect(() => {
      assignment.requestFunding();
    }).toThrow('STAFFING_PARTNER_DECISION_MISSING');
  });

  it('gathers what changed until the employer decides again', () => {
    const assignment = accepted();
    assignment.replan({ ...plan, fullTimePercent: 50 }, at);
    assignment.replan({ ...plan, fullTimePercent: 50, costInputs: pay }, at);
    expect(assignment.lapsedDecision?.changed).toEqual(['SHARE', 'PAY']);
    assignment.recordPartnerDecision({
      outcome: 'ACCEPTED',
      municipalityId: 'employer',
      by: 'mayor',
      at,
      note: undefined,
    });
    expect(assignment).toMatchObject({ partnerDecision: 'ACCEPTED', lapsedDecision: null });
  });

  it('keeps the acceptance when the fund changes, or nothing', () => {
    const assignment = accepted();
    assignment.replan({ ...plan, fundId: 'other', costInputs: { ...costInputs } }, at);
    expect(assignment).toMatchObject({ partnerDecision: 'ACCEPTED', fundId: 'other', lapsedDecision: null });
  });

  it('does not change the instrument', () => {
    const salaryMonth = { amount: '900.00', currency: 'EUR' };
    expect(() => {
      const other = { instrument: 'LOCAL_EXPERT' as const, salaryMonth, employerContributionPercent: '0' };
      planned().replan({ ...plan, costInputs: other }, at);
    }).toThrow('STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH');
  });

  it('is refused once the money is bound', () => {
    expect(() => {
      confirmed().replan(plan, at);
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });
});

const TODAY = '2027-06-01';
const prepared = (on: string, today = TODAY) => {
  const assignment = confirmed();
  assignment.startPreparation(on, { today, monthsMax: 12 });
  return assignment;
};
const departed = () => {
  const assignment = confirmed();
  assignment.depart('2027-01-01', TODAY);
  return assignment;
};
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.toReply();
    throw error;
  }
  return undefined;
};

describe('the preparation', () => {
  it('starts at most a year before the period, as the rule says, and has started', () => {
    expect(prepared('2026-01-01')).toMatchObject({ status: 'PREPARATION', preparationStartedOn: '2026-01-01' });
    expect(prepared(TODAY).status).toBe('PREPARATION');
    for (const day of ['2025-12-31', '0206-12-01']) {
      expect(refusal(() => prepared(day))).toMatchObject({
        code: 'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
        details: { day, earliest: '2026-01-01', latest: '2029-01-01' },
        errors: [{ pointer: '#/startedOn' }],
      });
    }
    expect(refusal(() => prepared('2029-01-02', '2029-02-01'))).toMatchObject({
      code: 'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
    });
    expect(refusal(() => prepared('2027-06-02'))).toMatchObject({
      code: 'STAFFING_ASSIGNMENT_DAY_IN_FUTURE',
      details: { day: '2027-06-02', today: TODAY },
    });
  });
});

describe('the assignment abroad', () => {
  it.each(['2026-12-31', '2029-01-01'])('does not begin on %s, outside its period', (day) => {
    expect(() => {
      confirmed().depart(day, '2030-01-01');
    }).toThrow('STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD');
  });

  it('does not begin in the future, nor before its preparation', () => {
    expect(
      refusal(() => {
        confirmed().depart('2027-06-02', TODAY);
      }),
    ).toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_IN_FUTURE', errors: [{ pointer: '#/departedOn' }] });
    expect(
      refusal(() => {
        prepared('2027-03-01').depart('2027-02-01', TODAY);
      }),
    ).toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED', details: { earliest: '2027-03-01' } });
  });

  it('begins with or without a preparation of its own', () => {
    const after = prepared('2026-12-01');
    after.depart('2027-01-01', TODAY);
    expect([after.status, departed().status]).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('cannot be cancelled after departure', () => {
    expect(() => {
      departed().cancel('too late');
    }).toThrow('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
  });

  it('completes on the end of its period and not before, with every report accepted', () => {
    const assignment = departed();
    const complete = (today: string, ...openReports: string[]) =>
      refusal(() => {
        assignment.complete({ today, openReports });
      });
    expect(complete('2028-12-31')).toEqual({
      code: 'STAFFING_ASSIGNMENT_PERIOD_NOT_OVER',
      details: { periodTo: '2029-01-01', today: '2028-12-31' },
    });
    expect(complete('2029-01-01', 'START 2027-04-01 DRAFT')).toEqual({
      code: 'STAFFING_ASSIGNMENT_REPORTS_OPEN',
      details: { reports: ['START 2027-04-01 DRAFT'] },
    });
    expect(complete('2029-01-01')).toBeUndefined();
    expect(assignment).toMatchObject({ status: 'COMPLETED', endedOn: '2029-01-01' });
  });
});
