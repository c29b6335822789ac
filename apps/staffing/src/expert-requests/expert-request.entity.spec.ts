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
  numberOfExperts: 1,
  placeOfWorkMunicipalityId: 'partner',
};
const participants = [
  { partnershipId: 'one', municipalityId: 'german', side: 'DE' as const, country: 'DE' },
  { partnershipId: 'one', municipalityId: 'partner', side: 'PARTNER' as const, country: 'TZ' },
  { partnershipId: 'two', municipalityId: 'german', side: 'DE' as const, country: 'DE' },
  { partnershipId: 'two', municipalityId: 'neighbour', side: 'PARTNER' as const, country: 'TZ' },
];
const at = new Date('2026-11-01T00:00:00Z');

function request(status: ExpertRequestStatus = 'DRAFT'): ExpertRequest {
  return Object.assign(ExpertRequest.draft({ id: 'request', by: 'applicant', at, content }), { status });
}

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
    const given = request().sign({ municipalityId: 'german', side: 'DE' }, { participants, signatures: [] });
    expect(given).toEqual(german);
  });

  it('is refused for the other side', () => {
    expect(() => request().sign({ municipalityId: 'partner', side: 'DE' }, { participants, signatures: [] })).toThrow(
      'STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN',
    );
  });

  it('is refused a second time', () => {
    expect(() =>
      request().sign({ municipalityId: 'german', side: 'DE' }, { participants, signatures: german }),
    ).toThrow('STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED');
  });

  it('is refused after submission', () => {
    expect(() =>
      request('SUBMITTED').sign({ municipalityId: 'german', side: 'DE' }, { participants, signatures: [] }),
    ).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});

describe('changing a request', () => {
  it('is possible before the first signature', () => {
    const draft = request();
    draft.change({ title: 'Water' }, []);
    expect(draft.title).toBe('Water');
  });

  it('is refused once somebody has signed', () => {
    expect(() => {
      request().change({ title: 'Water' }, german);
    }).toThrow('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED');
  });

  it('makes a returned request a draft again', () => {
    const returned = request('RETURNED');
    returned.change({ title: 'Water' }, all);
    expect(returned).toMatchObject({ status: 'DRAFT', title: 'Water' });
  });

  it('is refused after submission', () => {
    expect(() => {
      request('ASSESSMENT').change({ title: 'Water' }, []);
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});

describe('submitting a request', () => {
  it('needs both sides of every partnership', () => {
    const signatures = all.slice(0, 3);
    expect(isReadyToSubmit({ status: 'DRAFT', partnershipIds: content.partnershipIds, signatures })).toBe(false);
    expect(() => {
      request().submit({ signatures, evidence: [], at });
    }).toThrow('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING');
  });

  it('keeps the evidence', () => {
    const evidence = [{ partnershipId: 'one', evaluationId: 'evaluation' }];
    const draft = request();
    draft.submit({ signatures: all, evidence, at });
    expect(draft).toMatchObject({ status: 'SUBMITTED', eligibility: evidence, submittedAt: at });
  });
});

describe('deciding on a request', () => {
  const reviewed = { instrument: 'LOCAL_EXPERT' as const, note: undefined, assessmentCount: 2 };

  it('lets a reviewer score once and never what they signed', () => {
    const open = request('ASSESSMENT');
    expect(() => {
      open.refuseReviewer('a', { assessedBy: ['a'], signedBy: [] });
    }).toThrow('STAFFING_ASSESSMENT_REVIEWER_REPEATED');
    expect(() => {
      open.refuseReviewer('a', { assessedBy: [], signedBy: ['a'] });
    }).toThrow('STAFFING_ASSESSMENT_REVIEWER_SIGNED');
  });

  it('needs two assessments', () => {
    expect(() => {
      request('ASSESSMENT').recommend({ ...reviewed, outcome: 'RECOMMENDED', assessmentCount: 1 });
    }).toThrow('STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING');
  });

  it.each([
    ['RECOMMENDED', undefined],
    ['NOT_RECOMMENDED', 'LOCAL_EXPERT'],
  ] as const)('refuses %s with instrument %s', (outcome, instrument) => {
    expect(() => {
      request('ASSESSMENT').recommend({ ...reviewed, outcome, instrument });
    }).toThrow('STAFFING_RECOMMENDATION_INSTRUMENT_INVALID');
  });

  it('does not select what was not recommended', () => {
    expect(() => {
      request('NOT_RECOMMENDED').select('SELECTED', undefined);
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });

  it('selects from the waiting list', () => {
    const waiting = request('WAITLISTED');
    waiting.select('SELECTED', undefined);
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
    open.withdraw(undefined);
    expect(open.status).toBe('WITHDRAWN');
  });

  it.each<ExpertRequestStatus>(['SELECTED', 'DECLINED', 'REJECTED', 'WITHDRAWN'])('is refused from %s', (status) => {
    expect(() => {
      request(status).withdraw(undefined);
    }).toThrow('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED');
  });
});
