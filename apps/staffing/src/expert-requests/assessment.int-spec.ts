import {
  assessExpertRequest,
  changeExpertRequest,
  checkExpertRequest,
  correctExpertRequestAssessment,
  createExpertRequest,
  type ExpertRequestView,
  getExpertRequest,
  listAssessmentCriteria,
  recommendExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import type { Partnership } from '../factories/municipal.factory';
import { adviser, germanUser, knownPartnership, officer, requestIn } from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;
let tandem: Partnership;

beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  tandem = await knownPartnership(app);
}, 60_000);
afterAll(() => app.close());

const third = caller('programme-officer', { subject: 'third' });
const scoresOf = async (score: number) =>
  (await app.rpc(listAssessmentCriteria, {}, adviser)).items.map(({ criterion }) => ({ criterion, score }));
const versionOf = async (expertRequestId: string) =>
  (await app.rpc(getExpertRequest, { expertRequestId }, adviser)).version;

async function assess(
  expertRequestId: string,
  reviewer: TestCaller,
  score: number,
  version?: number,
): Promise<ExpertRequestView> {
  const request = { expertRequestId, scores: await scoresOf(score) };
  return app.rpc(assessExpertRequest, request, reviewer, {
    expectedVersion: version ?? (await versionOf(expertRequestId)),
  });
}

async function correct(
  expertRequestId: string,
  reviewer: TestCaller,
  score: number,
  version?: number,
): Promise<ExpertRequestView> {
  const request = { expertRequestId, scores: await scoresOf(score), reason: 'columns mixed up' };
  return app.rpc(correctExpertRequestAssessment, request, reviewer, {
    expectedVersion: version ?? (await versionOf(expertRequestId)),
  });
}

/** Past the service: what the database itself keeps. */
const assessmentBySql = (expertRequestId: string, reviewer: string) =>
  app.database.transaction((tx) =>
    tx.query(
      `INSERT INTO expert_request_assessment (id, expert_request_id, reviewer, scores, total_hundredths, assessed_at)
       VALUES ($1, $2, $3, '[]', 400, now())`,
      [newId(), expertRequestId, reviewer],
    ),
  );

describe('the criteria in force', () => {
  it('have weights that add up to 100 and name their source', async () => {
    const { items } = await app.rpc(listAssessmentCriteria, {}, officer);
    expect(items.reduce((sum, item) => sum + item.weightPercent, 0)).toBe(100);
    expect(items.every((item) => item.source !== '')).toBe(true);
  });

  it('are none before the programme', async () => {
    expect((await app.rpc(listAssessmentCriteria, { on: '2010-01-01' }, officer)).items).toEqual([]);
  });
});

describe('the formal check', () => {
  it('is taken up, and passes to the assessment', async () => {
    const expertRequestId = await requestIn(app, 'SUBMITTED', { partnership: tandem });
    const started = await app.rpc(checkExpertRequest, { expertRequestId, outcome: 'STARTED' }, adviser, {
      expectedVersion: 1,
    });
    const passed = await app.rpc(
      checkExpertRequest,
      { expertRequestId, outcome: 'PASSED', note: 'complete' },
      adviser,
      {
        expectedVersion: 2,
      },
    );
    expect([started.status, passed.status, passed.formalCheckNote]).toEqual(['FORMAL_CHECK', 'ASSESSMENT', 'complete']);
  });

  it('is not for the applicants', async () => {
    const expertRequestId = await requestIn(app, 'SUBMITTED', { partnership: tandem });
    const check = app.rpc(checkExpertRequest, { expertRequestId, outcome: 'PASSED' }, germanUser(tandem), {
      expectedVersion: 1,
    });
    await expect(check).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});

describe('the assessment', () => {
  it('shows who may score or decide the mean and spread of two reviewers, and nobody else anything', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await assess(expertRequestId, officer, 4);
    const assessed = await assess(expertRequestId, adviser, 1);
    expect(assessed.assessment).toMatchObject({ mean: '2.50', spread: '3.00', reviewersIn: 2, reviewersNeeded: 2 });
    for (const reader of [germanUser(tandem), caller('cashier'), caller('recruiter')]) {
      expect((await app.rpc(getExpertRequest, { expertRequestId }, reader)).assessment).toBeNull();
    }
  });

  it('refuses a second one by the same person, and a third person once all are in', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await assess(expertRequestId, officer, 4);
    await expect(assess(expertRequestId, officer, 3)).rejects.toMatchObject({
      code: 'STAFFING_ASSESSMENT_REVIEWER_REPEATED',
    });
    await assess(expertRequestId, adviser, 4);
    await expect(assess(expertRequestId, third, 4)).rejects.toMatchObject({ code: 'STAFFING_ASSESSMENT_COMPLETE' });
  });

  it('refuses whoever signed, in the service and in the database', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await app.database.query(`INSERT INTO expert_request_signature VALUES ($1, $2, 'DE', $3, 'two-hats', now())`, [
      expertRequestId,
      tandem.id,
      tandem.german,
    ]);
    const twoHats = caller('adviser', { subject: 'two-hats' });
    await expect(assess(expertRequestId, twoHats, 4)).rejects.toMatchObject({
      code: 'STAFFING_ASSESSMENT_REVIEWER_SIGNED',
    });
    await expect(assessmentBySql(expertRequestId, 'two-hats')).rejects.toMatchObject({
      code: 'STAFFING_ASSESSMENT_REVIEWER_SIGNED',
    });
  });

  it('refuses who drafted, changed or formally checked the request, in the service and in the database', async () => {
    const content = {
      title: 'Waste',
      situation: 'S',
      goal: 'G',
      tasks: 'T',
      placeOfWorkMunicipalityId: tandem.partner,
    };
    const { id: expertRequestId } = await app.rpc(
      createExpertRequest,
      {
        ...content,
        partnershipIds: [tandem.id],
        fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
        desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
      },
      adviser,
    );
    await app.rpc(changeExpertRequest, { expertRequestId, title: 'Water' }, officer, { expectedVersion: 1 });
    const evidence = JSON.stringify([{ partnershipId: tandem.id, evaluationId: newId() }]);
    await app.database.query(
      `UPDATE expert_request SET status = 'SUBMITTED', submitted_at = now(), eligibility = $2 WHERE id = $1`,
      [expertRequestId, evidence],
    );
    const outcomes = ['STARTED', 'PASSED'] as const;
    for (const [index, outcome] of outcomes.entries())
      await app.rpc(checkExpertRequest, { expertRequestId, outcome }, third, { expectedVersion: 2 + index });
    const involved = [
      [adviser, 'DRAFTED'],
      [officer, 'DRAFTED'],
      [third, 'CHECKED'],
    ] as const;
    for (const [reviewer, part] of involved) {
      const code = `STAFFING_ASSESSMENT_REVIEWER_${part}`;
      await expect(assess(expertRequestId, reviewer, 4)).rejects.toMatchObject({ code });
      await expect(assessmentBySql(expertRequestId, reviewer.subject)).rejects.toMatchObject({ code });
    }
  });

  it('refuses scores that leave out a criterion', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    const scores = [{ criterion: 'RELEVANCE', score: 4 }];
    const partial = app.rpc(assessExpertRequest, { expertRequestId, scores }, officer, { expectedVersion: 1 });
    await expect(partial).rejects.toMatchObject({ code: 'STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE' });
  });

  it('leads to a recommendation with an instrument after two, not after one', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await assess(expertRequestId, officer, 4);
    const request = { expertRequestId, outcome: 'RECOMMENDED' as const, instrument: 'LOCAL_EXPERT' as const };
    await expect(app.rpc(recommendExpertRequest, request, third, { expectedVersion: 2 })).rejects.toMatchObject({
      code: 'STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING',
    });
    await assess(expertRequestId, adviser, 3);
    expect(await app.rpc(recommendExpertRequest, request, third, { expectedVersion: 3 })).toMatchObject({
      status: 'RECOMMENDED',
      instrument: 'LOCAL_EXPERT',
      recommendedBy: 'third',
    });
  });

  it('cannot be altered or removed by the service itself', async () => {
    await expect(app.database.query('UPDATE expert_request_assessment SET total_hundredths = 0')).rejects.toThrow(
      'permission denied',
    );
    await expect(app.database.query('DELETE FROM expert_request_assessment')).rejects.toThrow('permission denied');
  });
});

describe('reviewers who score at the same time', () => {
  it('both get in with the version that both had read', async () => {
    for (let round = 0; round < 10; round += 1) {
      const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
      const both = await Promise.all([officer, adviser].map((reviewer) => assess(expertRequestId, reviewer, 3, 1)));
      expect(both.map(({ version }) => version).sort()).toEqual([2, 3]);
      const { assessment } = await app.rpc(getExpertRequest, { expertRequestId }, third);
      expect(assessment).toMatchObject({ reviewersIn: 2, mean: '3.00' });
    }
  });

  it('are told of what else happened meanwhile, also of what they did themselves in another window', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    const stale = { code: 'PLATFORM_VERSION_STALE' };
    await expect(assess(expertRequestId, officer, 3, 2)).rejects.toMatchObject(stale);
    await assess(expertRequestId, officer, 3, 1);
    await expect(correct(expertRequestId, officer, 2, 1)).rejects.toMatchObject(stale);
    // As if somebody had changed the request otherwise.
    await app.database.query('UPDATE expert_request SET version = version + 1 WHERE id = $1', [expertRequestId]);
    await expect(assess(expertRequestId, adviser, 3, 1)).rejects.toMatchObject(stale);
    await expect(assess(expertRequestId, adviser, 3, 2)).rejects.toMatchObject(stale);
    await assess(expertRequestId, adviser, 3, 3);
  });
});

describe('an own assessment', () => {
  it('is corrected with a reason until all are in; what it was stays in the database', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await expect(correct(expertRequestId, officer, 4)).rejects.toMatchObject({ code: 'STAFFING_ASSESSMENT_NOT_GIVEN' });
    await assess(expertRequestId, officer, 1);
    const corrected = await correct(expertRequestId, officer, 4);
    expect(corrected.assessment).toMatchObject({
      reviewersIn: 1,
      mean: null,
      assessments: [{ reviewer: officer.subject, total: '4.00', revision: 2, correctionReason: 'columns mixed up' }],
    });
    const rows = await app.database.query<{ totalHundredths: number }>(
      'SELECT total_hundredths FROM expert_request_assessment WHERE expert_request_id = $1 ORDER BY revision',
      [expertRequestId],
    );
    expect(rows.map(({ totalHundredths }) => totalHundredths)).toEqual([100, 400]);
    const complete = await assess(expertRequestId, adviser, 2);
    expect(complete.assessment).toMatchObject({ mean: '3.00', spread: '2.00', assessments: { length: 2 } });
    await expect(correct(expertRequestId, officer, 1)).rejects.toMatchObject({ code: 'STAFFING_ASSESSMENT_COMPLETE' });
  });
});
