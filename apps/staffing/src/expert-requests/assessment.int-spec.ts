import {
  assessExpertRequest,
  checkExpertRequest,
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

async function assess(expertRequestId: string, reviewer: TestCaller, score: number): Promise<ExpertRequestView> {
  const { items } = await app.rpc(listAssessmentCriteria, {}, reviewer);
  const scores = items.map(({ criterion }) => ({ criterion, score }));
  const { version } = await app.rpc(getExpertRequest, { expertRequestId }, reviewer);
  return app.rpc(assessExpertRequest, { expertRequestId, scores }, reviewer, { expectedVersion: version });
}

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
  it('shows the officers mean and spread of two reviewers, and the applicants nothing', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await assess(expertRequestId, officer, 4);
    const assessed = await assess(expertRequestId, adviser, 1);
    expect(assessed.assessment).toMatchObject({ mean: '2.50', spread: '3.00' });
    const seen = await app.rpc(getExpertRequest, { expertRequestId }, germanUser(tandem));
    expect(seen.assessment).toBeNull();
  });

  it('refuses a second one by the same person', async () => {
    const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
    await assess(expertRequestId, officer, 4);
    await expect(assess(expertRequestId, officer, 3)).rejects.toMatchObject({
      code: 'STAFFING_ASSESSMENT_REVIEWER_REPEATED',
    });
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
    const bySql = app.database.query(
      `INSERT INTO expert_request_assessment VALUES ($1, $2, 'two-hats', '[]', 400, NULL, now())`,
      [newId(), expertRequestId],
    );
    await expect(bySql).rejects.toThrow('does not assess');
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
    await expect(app.rpc(recommendExpertRequest, request, officer, { expectedVersion: 2 })).rejects.toMatchObject({
      code: 'STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING',
    });
    await assess(expertRequestId, adviser, 3);
    expect(await app.rpc(recommendExpertRequest, request, officer, { expectedVersion: 3 })).toMatchObject({
      status: 'RECOMMENDED',
      instrument: 'LOCAL_EXPERT',
    });
  });

  it('cannot be altered or removed by the service itself', async () => {
    await expect(app.database.query('UPDATE expert_request_assessment SET total_hundredths = 0')).rejects.toThrow(
      'permission denied',
    );
    await expect(app.database.query('DELETE FROM expert_request_assessment')).rejects.toThrow('permission denied');
  });
});
