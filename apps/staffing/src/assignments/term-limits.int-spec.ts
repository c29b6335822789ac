import { addMonths, type RequestInputOf } from '#contracts';
import {
  type AssignmentView,
  cancelAssignment,
  changeExpertRequest,
  confirmAssignment,
  createExpertRequest,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  getExpertRequest,
  planAssignment,
} from '#contracts/staffing';
import { fundCoverGranted, fundCoverRefused } from '#contracts/finance';
import { newId } from '#platform';
import { FixedClock, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import {
  assignmentGround,
  germanUser,
  knownExpert,
  knownPartnership,
  officer,
  requestedAssignment,
  requestIn,
  UNDER_WAY,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
}, 60_000);
afterAll(() => app?.close());

type Plan = RequestInputOf<typeof planAssignment>;
const plan = (request: Plan) => app.rpc(planAssignment, request, officer);
const at = ({ version }: { version: number }) => ({ expectedVersion: version, idempotencyKey: newId() });
const amount = { amount: '1000.00', currency: 'EUR' };
const period = (from: string, months: number) => ({ from, to: addMonths(from, months) });
/** Another request for a development worker, of the same partnership. */
const anotherRequest = async ({ partnership, plan: ground }: Awaited<ReturnType<typeof assignmentGround>>) => ({
  ...ground,
  expertRequestId: await requestIn(app, 'SELECTED', { partnership, instrument: 'DEVELOPMENT_WORKER' }),
});
const codes = (outcomes: readonly PromiseSettledResult<unknown>[]): string[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));

async function active(ground: Awaited<ReturnType<typeof assignmentGround>>): Promise<AssignmentView> {
  const { id, fundId, version } = await requestedAssignment(app, ground);
  const data = { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
  const covered = await app.rpc(getAssignment, { assignmentId: id }, officer);
  return app.rpc(departAssignment, { assignmentId: id, departedOn: covered.period.from }, officer, at(covered));
}

describe('the terms of a person with one instrument', () => {
  it('are together no longer than it allows, over all requests', async () => {
    const ground = await assignmentGround(app);
    await plan({ ...ground.plan, period: period('2027-01-01', 24) });
    await plan({ ...(await anotherRequest(ground)), period: period('2029-06-01', 20) });
    const third = { ...(await anotherRequest(ground)), period: period('2032-01-01', 12) };
    await expect(plan(third)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_TERMS_TOO_LONG',
      details: {
        monthsMax: 48,
        months: 56,
        terms: ['2027-01-01/2029-01-01', '2029-06-01/2031-02-01', '2032-01-01/2033-01-01'],
      },
    });
    const { id: expertId } = await knownExpert(app);
    await expect(plan({ ...third, expertId })).resolves.toMatchObject({ status: 'PLANNED' });
  });

  it('are limited for those who plan at once, too', async () => {
    const ground = await assignmentGround(app);
    const plans = await Promise.all([1, 2, 3, 4].map(() => anotherRequest(ground)));
    const starts = ['2027-01-01', '2028-06-01', '2030-01-01', '2032-01-01'];
    const outcomes = await Promise.allSettled(
      plans.map((each, index) => plan({ ...each, period: period(starts[index] ?? '', 16) })),
    );
    expect(codes(outcomes)).toEqual(['STAFFING_EXPERT_TERMS_TOO_LONG']);
  });

  it('count an extension from the moment in which it is asked for, and an early end to its day', async () => {
    const ground = await assignmentGround(app);
    const view = await active(ground);
    await plan({ ...(await anotherRequest(ground)), period: period('2030-01-01', 23) });
    const extend = (to: string) => app.rpc(extendAssignment, { assignmentId: view.id, to }, officer, at(view));
    await expect(extend('2029-02-02')).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_TERMS_TOO_LONG',
      details: { months: 48, days: 1 },
    });
    await extend('2029-02-01');
    const next = await anotherRequest(ground);
    await expect(plan({ ...next, period: period('2032-06-01', 12) })).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_TERMS_TOO_LONG',
    });
    const other = await assignmentGround(app);
    const ended = await active(other);
    const end = { endedOn: '2027-07-01', reason: 'MUTUAL' as const, attributableToExpert: false };
    await app.rpc(endAssignmentEarly, { assignmentId: ended.id, ...end }, officer, at(ended));
    await expect(plan({ ...(await anotherRequest(other)), period: period('2028-01-01', 42) })).resolves.toBeDefined();
  });
});

describe('the experts of a request', () => {
  it('are as many as it asks for, if it says how many', async () => {
    const partnership = await knownPartnership(app);
    const content = {
      partnershipIds: [partnership.id],
      title: 'Waste management',
      situation: 'Collection reaches half of the wards.',
      goal: 'Collection reaches all wards.',
      tasks: 'Advise the department.',
      fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
      desiredPeriod: { from: '2028-01-01', to: '2029-01-01' },
      placeOfWorkMunicipalityId: partnership.partner,
    };
    const draft = await app.rpc(createExpertRequest, content, germanUser(partnership));
    expect(draft.numberOfExperts).toBeNull();
    const change = { expertRequestId: draft.id, numberOfExperts: 3 };
    const changed = await app.rpc(changeExpertRequest, change, germanUser(partnership), at(draft));
    const retitled = { expertRequestId: draft.id, title: 'Waste' };
    await app.rpc(changeExpertRequest, retitled, germanUser(partnership), at(changed));
    const read = await app.rpc(getExpertRequest, { expertRequestId: draft.id }, officer);
    expect(read).toMatchObject({ title: 'Waste', numberOfExperts: 3 });
    for (const [desiredPeriod, pointer] of [
      [{ from: '2206-01-01', to: '2207-01-01' }, '#/desiredPeriod/from'],
      [{ from: '2028-01-01', to: '9999-01-01' }, '#/desiredPeriod/to'],
    ] as const) {
      const far = { code: 'STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE', errors: [{ pointer }] };
      const made = app.rpc(createExpertRequest, { ...content, desiredPeriod }, germanUser(partnership));
      await expect(made).rejects.toMatchObject(far);
      const { version } = read;
      await expect(
        app.rpc(
          changeExpertRequest,
          { expertRequestId: draft.id, desiredPeriod },
          germanUser(partnership),
          at({ version }),
        ),
      ).rejects.toMatchObject(far);
    }
    for (const numberOfExperts of [0, 101, 1.5]) {
      await expect(
        app.rpc(createExpertRequest, { ...content, numberOfExperts }, germanUser(partnership)),
      ).rejects.toMatchObject({ errors: [{ pointer: '#/numberOfExperts' }] });
    }
  });

  it('are refused beyond that with the numbers, also to those who plan at once', async () => {
    const { plan: ground } = await assignmentGround(app, 3);
    const experts = await Promise.all(Array.from({ length: 10 }, () => knownExpert(app)));
    const outcomes = await Promise.allSettled(experts.map(({ id }) => plan({ ...ground, expertId: id })));
    expect(codes(outcomes)).toEqual(Array(7).fill('STAFFING_EXPERT_REQUEST_EXPERTS_REACHED'));
    const { id: expertId } = await knownExpert(app);
    await expect(plan({ ...ground, expertId })).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_EXPERTS_REACHED',
      details: { numberOfExperts: 3, planned: 3 },
    });
  });

  it('serve together no longer than one may where it does not say how many', async () => {
    const { plan: ground } = await assignmentGround(app);
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => knownExpert(app)));
    await plan({ ...ground, expertId: one?.id ?? '' });
    await plan({ ...ground, expertId: two?.id ?? '' });
    const third = { ...ground, expertId: three?.id ?? '', period: period('2030-01-01', 12) };
    await expect(plan(third)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG',
      details: { monthsMax: 48, months: 60 },
    });
  });

  it('make room by a cancellation or an early end, the successor within what is left of the term', async () => {
    const ground = await assignmentGround(app, 1);
    const { id: expertId } = await knownExpert(app);
    const first = await plan(ground.plan);
    await app.rpc(cancelAssignment, { assignmentId: first.id, reason: 'Not needed' }, officer, at(first));
    const view = await active(ground);
    const next = { ...ground.plan, expertId };
    await expect(plan(next)).rejects.toMatchObject({ code: 'STAFFING_EXPERT_REQUEST_EXPERTS_REACHED' });
    const end = { endedOn: '2027-07-01', reason: 'MUTUAL' as const, attributableToExpert: false };
    await app.rpc(endAssignmentEarly, { assignmentId: view.id, ...end }, officer, at(view));
    await expect(plan({ ...next, period: period('2027-07-01', 43) })).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG',
      details: { monthsMax: 48, months: 49, days: 0 },
    });
    await expect(plan({ ...next, period: period('2027-07-01', 42) })).resolves.toMatchObject({ status: 'PLANNED' });
  });

  it('are counted again when cover is asked for once more after a refusal', async () => {
    const ground = await assignmentGround(app, 1);
    const { id, fundId, version } = await requestedAssignment(app, ground);
    const refusal = { assignmentId: id, fundId, reason: 'INSUFFICIENT_FUNDS' as const, shortfalls: [] };
    await deliver(app, fundCoverRefused.of({ aggregateId: id, aggregateVersion: version, data: refusal }));
    const { id: expertId } = await knownExpert(app);
    await plan({ ...ground.plan, expertId });
    const refused = await app.rpc(getAssignment, { assignmentId: id }, officer);
    await expect(app.rpc(confirmAssignment, { assignmentId: id }, officer, at(refused))).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_EXPERTS_REACHED',
    });
  });

  it('are not exceeded by SQL as the role of the service', async () => {
    const { plan: ground } = await assignmentGround(app, 1);
    const { id } = await plan(ground);
    const { id: expertId } = await knownExpert(app);
    await expect(
      app.database.query(
        `INSERT INTO assignment (id, version, status, expert_request_id, partnership_ids, expert_id, employer_municipality_id,
           fund_id, instrument, period_from, period_to, full_time_percent, cost_inputs, created_by, created_at)
         SELECT $1, 1, 'PLANNED', expert_request_id, partnership_ids, $3, employer_municipality_id,
           fund_id, instrument, period_from, period_to, full_time_percent, cost_inputs, created_by, created_at
         FROM assignment WHERE id = $2`,
        [newId(), id, expertId],
      ),
    ).rejects.toThrow(/EXPERTS_REACHED|asks for 1 experts/);
  });
});
