import type { ExpertRequestStatus } from '#contracts/staffing';
import { ExpertRequest, type ExpertRequestContent, isReadyToSubmit, type Signature } from './expert-request.entity';

const content: ExpertRequestContent = {
  partnershipIds: ['one', 'two'],
  title: 'Waste',
  situation: 'Situation',
  goal: 'Goal',
  tasks: 'Tasks',
  fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
  desiredFrom: '2027-01-01',
  desiredTo: '2029-01-01',
  preferredInstrument: null,
  numberOfExperts: null,
  placeOfWorkMunicipalityId: 'partner',
};
const participants = [
  { partnershipId: 'one', municipalityId: 'german', side: 'DE' as const, country: 'DE' },
  { partnershipId: 'one', municipalityId: 'partner', side: 'PARTNER' as const, country: 'TZ' },
  { partnershipId: 'two', municipalityId: 'german', side: 'DE' as const, country: 'DE' },
  { partnershipId: 'two', municipalityId: 'neighbour', side: 'PARTNER' as const, country: 'TZ' },
];
const at = new Date('2026-11-01T00:00:00Z');

function request(status: ExpertRequestStatus = 'DRAFT', its: Partial<ExpertRequest> = {}): ExpertRequest {
  return Object.assign(ExpertRequest.draft({ id: 'request', by: 'applicant', at, content }), { status }, its);
}
const changing = (signatures: readonly Signature[] = []) => ({ by: 'applicant', at, reason: undefined, signatures });
const signedAt = (signatures: readonly Signature[]) => signatures.map((it) => ({ ...it, signedAt: at }));

const german: Signature[] = [
  { partnershipId: 'one', side: 'DE', municipalityId: 'german' },
  { partnershipId: 'two', side: 'DE', municipalityId: 'german' },
];
const all: Signature[] = [
  ...german,
  { partnershipId: 'one', side: 'PARTNER', municipalityId: 'partner' },
  { partnershipId: 'two', side: 'PARTNER', municipalityId: 'neighbour' },
];

describe('signing a request', () => {
  it('counts for every partnership of the municipality on its side', () => {
    const given = request().sign({ municipalityId: 'german', side: 'DE', at }, { participants, signatures: [] });
    expect(given).toEqual(german);
  });

  it('is refused for the other side', () => {
    expect(() =>
      request().sign({ municipalityId: 'partner', side: 'DE', at }, { participants, signatures: [] }),
    ).toThrow('STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN');
  });

  it('is refused a second time', () => {
    expect(() =>
      request().sign({ municipalityId: 'german', side: 'DE', at }, { participants, signatures: signedAt(german) }),
    ).toThrow('STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED');
  });

  it('is refused after submission', () => {
    expect(() =>
      request('SUBMITTED').sign({ municipalityId: 'german', side: 'DE', at }, { participants, signatures: [] }),
    ).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});

describe('changing a request', () => {
  it('is possible before the first signature', () => {
    const draft = request();
    draft.change({ title: 'Water' }, changing());
    expect(draft.title).toBe('Water');
  });

  it('is refused once somebody has signed', () => {
    expect(() => {
      request().change({ title: 'Water' }, changing(german));
    }).toThrow('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED');
  });

  it('makes a returned request a draft again', () => {
    const returned = request('RETURNED');
    returned.change({ title: 'Water' }, changing(all));
    expect(returned).toMatchObject({ status: 'DRAFT', title: 'Water' });
  });

  it('keeps how a returned request was, through several changes, and why it was returned', () => {
    const returned = request('SUBMITTED', { submittedAt: at });
    returned.recordFormalCheck('RETURNED', { by: 'checker', at, reason: 'name the wards' });
    returned.change({ title: 'Water' }, changing(all));
    returned.change({ title: 'Water and waste' }, { ...changing(), by: 'colleague' });
    expect(returned.correction).toMatchObject({ reason: 'name the wards', before: { title: 'Waste' } });
    expect(returned.draftedBy).toEqual(['applicant', 'colleague']);
    returned.change({}, { ...changing(), reason: 'and a typing error' });
    expect(returned.correction?.reason).toBe('and a typing error');
  });

  it('is refused after submission', () => {
    expect(() => {
      request('ASSESSMENT').change({ title: 'Water' }, changing());
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});

const check = {
  step: 'SUBMISSION' as const,
  on: '2026-11-27',
  isEligible: true,
  evaluations: [{ partnershipId: 'one', evaluationId: 'evaluation' }],
  unmet: [],
  override: null,
};

describe('submitting a request', () => {
  it('needs both sides of every partnership', () => {
    const signatures = all.slice(0, 3);
    expect(isReadyToSubmit({ status: 'DRAFT', partnershipIds: content.partnershipIds, signatures })).toBe(false);
    expect(() => {
      request().submit({ signatures, check, at });
    }).toThrow('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING');
  });

  it('keeps the evidence', () => {
    const draft = request();
    draft.submit({ signatures: all, check, at });
    expect(draft).toMatchObject({ status: 'SUBMITTED', submittedAt: at });
    expect(draft).toMatchObject({ eligibility: check.evaluations, eligibilityChecks: [check] });
  });

  it('never happens without having asked for eligibility', () => {
    expect(() => {
      request().submit({ signatures: all, check: undefined, at });
    }).toThrow('without asking');
  });
});

describe('scoring a request', () => {
  const open = (its: Partial<ExpertRequest> = {}) =>
    request('ASSESSMENT', { checkedBy: ['checker', 'before'], ...its });
  const score = (by: string, its: Partial<ExpertRequest> = {}, signedBy: string[] = []) => {
    const it = open(its);
    it.assess({ by, at, signedBy });
    return it.reviewedBy;
  };

  it.each([
    ['who scored already', 'REPEATED', () => score('a', { reviewedBy: ['a'] })],
    ['who signed', 'SIGNED', () => score('a', {}, ['a'])],
    ['who drafted', 'DRAFTED', () => score('applicant')],
    ['who drafted by the rules of before', 'DRAFTED', () => score('applicant', { draftedBy: [] })],
    ['who changed it', 'DRAFTED', () => score('a', { draftedBy: ['applicant', 'a'] })],
    ['who checked it formally', 'CHECKED', () => score('checker')],
    ['who checked it in an earlier round', 'CHECKED', () => score('before')],
  ])('is not for a person %s', (_, code, scoring) => {
    expect(scoring).toThrow(`STAFFING_ASSESSMENT_REVIEWER_${code}`);
  });

  it('is over when two have scored', () => {
    expect(score('b', { reviewedBy: ['a'] })).toEqual(['a', 'b']);
    expect(() => score('c', { reviewedBy: ['a', 'b'] })).toThrow('STAFFING_ASSESSMENT_COMPLETE');
  });

  it('is corrected by who gave it, until then', () => {
    expect(() => {
      open({ reviewedBy: ['a'] }).assertCanCorrectAssessment('a');
    }).not.toThrow();
    expect(() => {
      open({ reviewedBy: ['a'] }).assertCanCorrectAssessment('b');
    }).toThrow('STAFFING_ASSESSMENT_NOT_GIVEN');
    expect(() => {
      open({ reviewedBy: ['a', 'b'] }).assertCanCorrectAssessment('a');
    }).toThrow('STAFFING_ASSESSMENT_COMPLETE');
    expect(() => {
      request('RECOMMENDED', { reviewedBy: ['a'] }).assertCanCorrectAssessment('a');
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});

describe('deciding on a request', () => {
  const reviewed = { reviewedBy: ['a', 'b'] };
  const recommending = { by: 'officer', at, instrument: 'LOCAL_EXPERT' as const };

  it('needs two assessments', () => {
    expect(() => {
      request('ASSESSMENT', { reviewedBy: ['a'] }).recommend({ ...recommending, outcome: 'RECOMMENDED' });
    }).toThrow('STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING');
  });

  it('is not for a reviewer, neither the recommendation nor the selection, also where one person is marked', () => {
    expect(() => {
      request('ASSESSMENT', reviewed).recommend({ ...recommending, by: 'a', outcome: 'RECOMMENDED' });
    }).toThrow('STAFFING_RECOMMENDATION_BY_REVIEWER');
    for (const setting of ['refused', 'marked'] as const) {
      expect(() => {
        request('RECOMMENDED', reviewed).assertCanSelect('b', setting);
      }).toThrow('STAFFING_SELECTION_BY_REVIEWER');
    }
  });

  it('is not for one person alone, or says so where that is allowed', () => {
    const recommended = request('RECOMMENDED', { ...reviewed, recommendedBy: 'officer' });
    expect(() => {
      recommended.assertCanSelect('officer', 'refused');
    }).toThrow('STAFFING_SELECTION_FOUR_EYES');
    recommended.assertCanSelect('officer', 'marked');
    recommended.select('WAITLISTED', { by: 'officer', at });
    expect(recommended).toMatchObject({ selectedBy: 'officer', selectedAlone: true });
    recommended.select('SELECTED', { by: 'another', at });
    expect(recommended).toMatchObject({ selectedBy: 'another', selectedAlone: false });
  });

  it.each([
    ['RECOMMENDED', undefined],
    ['NOT_RECOMMENDED', 'LOCAL_EXPERT'],
  ] as const)('refuses %s with instrument %s', (outcome, instrument) => {
    expect(() => {
      request('ASSESSMENT', reviewed).recommend({ ...recommending, outcome, instrument });
    }).toThrow('STAFFING_RECOMMENDATION_INSTRUMENT_INVALID');
  });

  it('does not select what was not recommended', () => {
    expect(() => {
      request('NOT_RECOMMENDED').select('SELECTED', { by: 'officer', at });
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });

  it('selects from the waiting list', () => {
    const waiting = request('WAITLISTED');
    waiting.select('SELECTED', { by: 'officer', at });
    expect(waiting.status).toBe('SELECTED');
  });
});

describe('withdrawing a request', () => {
  it.each<ExpertRequestStatus>([
    'DRAFT',
    'SUBMITTED',
    'FORMAL_CHECK',
    'RETURNED',
    'ASSESSMENT',
    'RECOMMENDED',
    'NOT_RECOMMENDED',
    'WAITLISTED',
  ])('is possible from %s', (status) => {
    const open = request(status);
    open.withdraw({ at });
    expect(open.status).toBe('WITHDRAWN');
  });

  it.each<ExpertRequestStatus>(['SELECTED', 'DECLINED', 'REJECTED', 'WITHDRAWN'])('is refused from %s', (status) => {
    expect(() => {
      request(status).withdraw({ at });
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});
