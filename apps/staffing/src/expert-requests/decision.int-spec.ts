import { checkEligibility } from '#contracts/partnership';
import {
  assessExpertRequest,
  type ExpertRequestView,
  getExpertRequest,
  listAssessmentCriteria,
  listExpertRequestActions,
  listExpertRequests,
  listStaffingAuditRecords,
  recommendExpertRequest,
  selectExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import type { Partnership } from '../factories/municipal.factory';
import {
  adviser,
  eligibility,
  germanUser,
  knownPartnership,
  officer,
  partnerUser,
  requestIn,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';
import { selectionConfigSchema } from './selection-config';

const second = caller('programme-officer', { subject: 'second-officer' });
const reviewer = caller('programme-officer', { subject: 'reviewing-officer' });

async function recommended(app: TestService, tandem: Partnership): Promise<ExpertRequestView> {
  const expertRequestId = await requestIn(app, 'ASSESSMENT', { partnership: tandem });
  const { items } = await app.rpc(listAssessmentCriteria, {}, adviser);
  const scores = items.map(({ criterion }) => ({ criterion, score: 3 }));
  await app.rpc(assessExpertRequest, { expertRequestId, scores }, adviser, { expectedVersion: 1 });
  await app.rpc(assessExpertRequest, { expertRequestId, scores }, reviewer, { expectedVersion: 2 });
  const recommendation = { expertRequestId, outcome: 'RECOMMENDED', instrument: 'LOCAL_EXPERT' } as const;
  await expect(app.rpc(recommendExpertRequest, recommendation, reviewer, { expectedVersion: 3 })).rejects.toMatchObject(
    {
      code: 'STAFFING_RECOMMENDATION_BY_REVIEWER',
    },
  );
  return app.rpc(recommendExpertRequest, recommendation, officer, { expectedVersion: 3 });
}

const decide = (app: TestService, { id, version }: ExpertRequestView, as: TestCaller) =>
  app.rpc(selectExpertRequest, { expertRequestId: id, outcome: 'WAITLISTED' }, as, { expectedVersion: version });

/** What `actions` says of the selection. */
async function toldOfSelection(app: TestService, { id }: ExpertRequestView, as: TestCaller) {
  const { items } = await app.rpc(listExpertRequestActions, { expertRequestId: id }, as);
  return items.find(({ operation }) => operation === 'expert-request_select')?.refusal?.code ?? 'possible';
}

describe('scoring, recommendation and selection', () => {
  let app: TestService;
  let tandem: Partnership;
  beforeAll(async () => {
    app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
    tandem = await knownPartnership(app);
  }, 60_000);
  afterAll(() => app.close());

  it('are acts of different people, which is said beforehand', async () => {
    const request = await recommended(app, tandem);
    for (const [person, code] of [
      [officer, 'STAFFING_SELECTION_FOUR_EYES'],
      [reviewer, 'STAFFING_SELECTION_BY_REVIEWER'],
    ] as const) {
      await expect(decide(app, request, person)).rejects.toMatchObject({ code });
      expect(await toldOfSelection(app, request, person)).toBe(code);
    }
    expect(await decide(app, request, second)).toMatchObject({
      status: 'WAITLISTED',
      recommendedBy: officer.subject,
      selectedBy: second.subject,
      selectedAlone: false,
    });
  });

  /** What the partnership service, which finds a rule unmet, is asked from now on. */
  async function listening(): Promise<unknown[]> {
    const questions: unknown[] = [];
    await app.answer(checkEligibility, (question) => {
      questions.push(question);
      const unmet = {
        rule: 'active-link',
        verdict: 'NOT_MET',
        facts: 'status ENDED',
        partnershipId: tandem.id,
      } as const;
      return eligibility(question, [unmet]);
    });
    return questions;
  }

  it.each([
    ['scored', 'RECOMMENDED', { reviewed_by: [officer.subject] }, 'STAFFING_SELECTION_BY_REVIEWER'],
    ['recommended', 'RECOMMENDED', { recommended_by: officer.subject }, 'STAFFING_SELECTION_FOUR_EYES'],
    ['comes before the recommendation', 'ASSESSMENT', {}, 'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
    ['selects what was not recommended', 'NOT_RECOMMENDED', {}, 'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED'],
  ] as const)('ask for no eligibility when an officer %s and may not select', async (_, status, before, code) => {
    const expertRequestId = await requestIn(app, status, { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    for (const [column, value] of Object.entries(before))
      await app.database.query(`UPDATE expert_request SET ${column} = $2 WHERE id = $1`, [expertRequestId, value]);
    const questions = await listening();
    const selected = app.rpc(selectExpertRequest, { expertRequestId, outcome: 'SELECTED' }, officer, {
      expectedVersion: 1,
    });
    await expect(selected).rejects.toMatchObject({ code });
    expect(questions).toEqual([]);
    expect(await app.rpc(getExpertRequest, { expertRequestId }, officer)).toMatchObject({ status, version: 1 });
  });

  it('ask for none for those whose role does not select', async () => {
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    const questions = await listening();
    for (const other of [adviser, germanUser(tandem), partnerUser(tandem)]) {
      const selected = app.rpc(selectExpertRequest, { expertRequestId, outcome: 'SELECTED' }, other, {
        expectedVersion: 1,
      });
      await expect(selected).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    }
    expect(questions).toEqual([]);
  });

  it('are so for the database as well', async () => {
    const { id } = await recommended(app, tandem);
    const set = (columns: string) =>
      app.database.transaction((tx) => tx.query(`UPDATE expert_request SET ${columns} WHERE id = $1`, [id]));
    await expect(set(`selected_by = '${officer.subject}'`)).rejects.toMatchObject({
      code: 'STAFFING_SELECTION_FOUR_EYES',
    });
    await expect(set(`selected_by = '${reviewer.subject}', selected_alone = true`)).rejects.toMatchObject({
      code: 'STAFFING_SELECTION_BY_REVIEWER',
    });
    await expect(set(`recommended_by = '${adviser.subject}'`)).rejects.toMatchObject({
      code: 'STAFFING_RECOMMENDATION_BY_REVIEWER',
    });
    // Nor does it help to score afterwards.
    const scored = app.database.transaction((tx) =>
      tx.query(
        `INSERT INTO expert_request_assessment (id, expert_request_id, reviewer, scores, total_hundredths, assessed_at)
         VALUES ($1, $2, $3, '[]', 400, now())`,
        [newId(), id, officer.subject],
      ),
    );
    await expect(scored).rejects.toMatchObject({ code: 'STAFFING_RECOMMENDATION_BY_REVIEWER' });
    await set(`selected_by = '${second.subject}'`);
  });
});

describe('where one person may recommend and select, because it is marked', () => {
  let app: TestService;
  beforeAll(async () => {
    const environment = { SELECTION_BY_ONE_PERSON: 'marked' };
    app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource, environment });
  }, 60_000);
  afterAll(() => app.close());

  it('the request says so, to everybody who sees it, and the audit trail too; a reviewer is refused all the same', async () => {
    const tandem = await knownPartnership(app);
    const request = await recommended(app, tandem);
    await expect(decide(app, request, reviewer)).rejects.toMatchObject({ code: 'STAFFING_SELECTION_BY_REVIEWER' });
    expect(await toldOfSelection(app, request, officer)).toBe('possible');
    expect(await decide(app, request, officer)).toMatchObject({ selectedAlone: true });
    const seen = await app.rpc(getExpertRequest, { expertRequestId: request.id }, partnerUser(tandem));
    expect(seen).toMatchObject({ selectedAlone: true, selectedBy: null });
    const { items } = await app.rpc(listExpertRequests, { selectedAlone: true }, officer);
    expect(items.map(({ id }) => id)).toEqual([request.id]);
    const auditor = caller('auditor');
    const records = await app.rpc(listStaffingAuditRecords, { objectId: request.id, limit: 1 }, auditor);
    const [record] = records.items;
    expect(record?.changes[0]?.fields).toContainEqual({
      field: 'selectedAlone',
      before: false,
      after: true,
      isWithheld: false,
    });
  });
});

it.each([
  ['refused', 'https://login.example.org', true],
  ['marked', 'https://login.example.org', false],
  ['marked', 'http://127.0.0.1:3001', true],
])('%s with the provider %s: starts %s', (SELECTION_BY_ONE_PERSON, OIDC_ISSUER, starts) => {
  expect(selectionConfigSchema.safeParse({ SELECTION_BY_ONE_PERSON, OIDC_ISSUER }).success).toBe(starts);
});
