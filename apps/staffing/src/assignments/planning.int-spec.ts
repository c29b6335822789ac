import type { RequestInputOf } from '#contracts';
import { cancelAssignment, decideOnAssignment, planAssignment, replanAssignment } from '#contracts/staffing';
import { newId } from '#platform';
import { startTestService, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../data-source';
import {
  assignmentGround,
  knownExpert,
  knownPartnership,
  officer,
  partnerUser,
  requestIn,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

type Plan = RequestInputOf<typeof planAssignment>;

let app: TestService;

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock('2026-11-27T08:00:00Z'),
  });
}, 60_000);
afterAll(() => app.close());

const plan = (request: Plan) => app.rpc(planAssignment, request, officer);
const salaryMonth = { amount: '900.00', currency: 'EUR' };

describe('planning an assignment', () => {
  it('takes what fits the rules of the instrument', async () => {
    const ground = await assignmentGround(app);
    expect(await plan(ground.plan)).toMatchObject({
      status: 'PLANNED',
      instrument: 'DEVELOPMENT_WORKER',
      partnershipIds: [ground.partnership.id],
      partnerDecision: null,
    });
  });

  it.each<[string, (plan: Plan) => Partial<Plan>]>([
    ['STAFFING_EXPERT_REQUEST_NOT_KNOWN', () => ({ expertRequestId: newId() })],
    ['STAFFING_EXPERT_NOT_KNOWN', () => ({ expertId: newId() })],
    ['STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING', () => ({ employerMunicipalityId: newId() })],
    ['STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED', () => ({ period: { from: '2027-01-01', to: '2027-12-31' } })],
    [
      'STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH',
      () => ({ costInputs: { instrument: 'LOCAL_EXPERT', salaryMonth, employerContributionPercent: '0' } }),
    ],
  ])('is refused with %s', async (code, change) => {
    const ground = await assignmentGround(app);
    await expect(plan({ ...ground.plan, ...change(ground.plan) })).rejects.toMatchObject({ code });
  });

  it.each(['2010-01-01', '2206-01-01', '0027-01-01', '9999-01-01'])(
    'is refused for %s, further from today than the rule says, and the refusal names the field',
    async (from) => {
      const { plan: ground } = await assignmentGround(app);
      await expect(plan({ ...ground, period: { from, to: '9999-12-31' } })).rejects.toMatchObject({
        code: 'STAFFING_ASSIGNMENT_START_NOT_PLAUSIBLE',
        errors: [{ pointer: '#/period/from' }],
      });
    },
  );

  it('is refused where the instrument had no rules yet', async () => {
    const { plan: ground } = await assignmentGround(app);
    const early = plan({ ...ground, period: { from: '2018-01-01', to: '2019-01-01' } });
    await expect(early).rejects.toMatchObject({ code: 'STAFFING_INSTRUMENT_RULE_MISSING' });
  });

  it('is refused for a request that is not selected', async () => {
    const ground = await assignmentGround(app);
    const expertRequestId = await requestIn(app, 'WAITLISTED', {
      partnership: ground.partnership,
      instrument: 'DEVELOPMENT_WORKER',
    });
    await expect(plan({ ...ground.plan, expertRequestId })).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_NOT_SELECTED',
    });
  });

  it('is refused for the German municipality as employer', async () => {
    const ground = await assignmentGround(app);
    await expect(plan({ ...ground.plan, employerMunicipalityId: ground.partnership.german })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
    });
  });

  it('is refused for a person who does not qualify', async () => {
    const ground = await assignmentGround(app);
    const { id: expertId } = await knownExpert(app, { citizenships: ['BR'] });
    await expect(plan({ ...ground.plan, expertId })).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_NOT_ELIGIBLE',
      details: { rules: ['CITIZEN_OF_EU'] },
    });
  });

  it('takes a resident of the partner country as local expert', async () => {
    const partnership = await knownPartnership(app);
    const expertRequestId = await requestIn(app, 'SELECTED', { partnership, instrument: 'LOCAL_EXPERT' });
    const { id: expertId } = await knownExpert(app, { citizenships: ['KE'], residenceCountry: 'TZ' });
    const planned = await plan({
      expertRequestId,
      expertId,
      employerMunicipalityId: partnership.partner,
      fundId: newId(),
      period: { from: '2027-01-01', to: '2028-01-01' },
      fullTimePercent: 100,
      costInputs: { instrument: 'LOCAL_EXPERT', salaryMonth, employerContributionPercent: '10' },
    });
    expect(planned.status).toBe('PLANNED');
  });
});

describe('the full-time share of an expert', () => {
  it.each([100, 60, 40])(
    'lets just as many of 50 overlapping plans at %i %% win as fit into full time',
    async (percent) => {
      const ground = await assignmentGround(app);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, () => plan({ ...ground.plan, fullTimePercent: percent })),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(outcomes.length - refused.length).toBe(Math.floor(100 / percent));
      expect(new Set(refused.map((outcome) => (outcome.reason as { code: string }).code))).toEqual(
        new Set(['STAFFING_EXPERT_NOT_AVAILABLE']),
      );
    },
    30_000,
  );

  it('counts each day on its own: shares may meet, not overlap', async () => {
    const { plan: ground } = await assignmentGround(app);
    const share = (from: string, to: string, fullTimePercent: number) =>
      plan({ ...ground, period: { from, to }, fullTimePercent });
    await share('2027-01-01', '2028-01-01', 60);
    await share('2028-01-01', '2029-01-01', 60);
    await share('2027-07-01', '2028-07-01', 40);
    await expect(share('2027-12-01', '2028-12-01', 1)).rejects.toMatchObject({ code: 'STAFFING_EXPERT_NOT_AVAILABLE' });
    await expect(share('2028-07-01', '2029-07-01', 40)).resolves.toMatchObject({ status: 'PLANNED' });
  });

  it('is free again after a cancellation', async () => {
    const { plan: ground } = await assignmentGround(app);
    const { id: assignmentId } = await plan(ground);
    await app.rpc(cancelAssignment, { assignmentId, reason: 'Not needed' }, officer, {
      expectedVersion: 1,
      idempotencyKey: newId(),
    });
    await expect(plan(ground)).resolves.toMatchObject({ status: 'PLANNED' });
  });

  it('is free again after the employer rejected the expert', async () => {
    const { plan: ground, partnership } = await assignmentGround(app);
    const { id: assignmentId } = await plan(ground);
    await app.rpc(decideOnAssignment, { assignmentId, outcome: 'REJECTED' }, partnerUser(partnership), {
      expectedVersion: 1,
    });
    await expect(plan(ground)).resolves.toMatchObject({ status: 'PLANNED' });
  });

  it('is checked when a plan changes', async () => {
    const { plan: ground } = await assignmentGround(app);
    const half = { ...ground, fullTimePercent: 50 };
    const { id: assignmentId } = await plan(half);
    await plan(half);
    const { fundId, period, costInputs } = ground;
    const replanned = app.rpc(
      replanAssignment,
      { assignmentId, fundId, period, costInputs, fullTimePercent: 51 },
      officer,
      {
        expectedVersion: 1,
      },
    );
    await expect(replanned).rejects.toMatchObject({ code: 'STAFFING_EXPERT_NOT_AVAILABLE' });
  });

  it('cannot be exceeded by SQL as the role of the service', async () => {
    const { plan: ground } = await assignmentGround(app);
    const { id } = await plan({ ...ground, fullTimePercent: 50 });
    await expect(
      app.database.query(
        `INSERT INTO assignment (id, version, status, expert_request_id, partnership_ids, expert_id, employer_municipality_id,
           fund_id, instrument, period_from, period_to, full_time_percent, cost_inputs, created_by, created_at)
         SELECT $1, 1, 'PLANNED', expert_request_id, partnership_ids, expert_id, employer_municipality_id,
           fund_id, instrument, period_from, period_to, 51, cost_inputs, created_by, created_at
         FROM assignment WHERE id = $2`,
        [newId(), id],
      ),
    ).rejects.toThrow('full time');
  });
});
