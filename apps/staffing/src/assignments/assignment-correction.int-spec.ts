import {
  assignmentDepartureCorrected,
  type AssignmentView,
  correctAssignmentDays,
  correctAssignmentEmployer,
  decideOnAssignment,
  departAssignment,
  getAssignment,
  interruptAssignment,
  listAssignmentActions,
  listAssignmentReports,
  listStaffingAuditRecords,
  planAssignment,
  prepareAssignment,
} from '#contracts/staffing';
import { fundCoverGranted, fundCoverRefused, payoutSent } from '#contracts/finance';
import { newId } from '#platform';
import { caller, eventually, FixedClock, possibleActs, refusalOf, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, partnershipMessage } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  assignmentGround,
  officer,
  partnerUser,
  requestedAssignment,
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

const at = ({ version }: { version: number }) => ({ expectedVersion: version, idempotencyKey: newId() });
const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
const actionsOf = (assignmentId: string) => app.rpc(listAssignmentActions, { assignmentId }, officer);
const amount = { amount: '1000.00', currency: 'EUR' };
const REASON = 'Typing error, see the flight ticket';
const correctDays = (view: AssignmentView, days: { departedOn?: string; preparationStartedOn?: string }) =>
  app.rpc(correctAssignmentDays, { assignmentId: view.id, ...days, reason: REASON }, officer, at(view));

async function covered(): Promise<AssignmentView> {
  const { id, fundId, version } = await requestedAssignment(app, await assignmentGround(app));
  const data = { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
  return read(id);
}

async function active(departedOn = '2027-01-10'): Promise<AssignmentView> {
  const view = await covered();
  return app.rpc(departAssignment, { assignmentId: view.id, departedOn }, officer, at(view));
}

const sent = ({ id, fundId, commitmentId }: AssignmentView) =>
  payoutSent.of({
    aggregateId: newId(),
    aggregateVersion: 8,
    data: {
      payoutId: newId(),
      commitmentId: commitmentId ?? '',
      assignmentId: id,
      fundId,
      payeeId: newId(),
      amount,
      budgetYear: 2027,
      dueOn: '2027-02-01',
      status: 'SENT',
      costCategory: 'PERSONAL',
      instalment: 1,
      paymentRunId: newId(),
      endToEndId: 'E2E',
    },
  });

describe('the employer of an assignment', () => {
  /** A partnership of two towns on the partner side. */
  async function twoTowns() {
    const ground = await assignmentGround(app);
    const { partnership } = ground;
    const other = { ...partnership, partner: newId() };
    const participants = [
      { municipalityId: partnership.german, side: 'DE' as const, country: 'DE', name: 'Tübingen' },
      { municipalityId: partnership.partner, side: 'PARTNER' as const, country: 'TZ', name: 'Moshi' },
      { municipalityId: other.partner, side: 'PARTNER' as const, country: 'TZ', name: 'Moshi Rural' },
    ];
    await deliver(app, partnershipMessage(partnership, { version: 2, participants }));
    return { ground, other };
  }
  const correct = (view: AssignmentView, employerMunicipalityId: string) =>
    app.rpc(
      correctAssignmentEmployer,
      { assignmentId: view.id, employerMunicipalityId, reason: REASON },
      officer,
      at(view),
    );

  it('is corrected with a reason before cover, and the one that is meant decides', async () => {
    const { ground, other } = await twoTowns();
    const accepted = await acceptedAssignment(app, ground);
    const corrected = await correct(accepted, other.partner);
    expect(corrected).toMatchObject({
      status: 'PLANNED',
      employerMunicipalityId: other.partner,
      partnerDecision: null,
      version: accepted.version + 1,
      notes: [{ act: 'CORRECTION', text: REASON, by: officer.subject }],
    });
    const decide = (by: typeof other) =>
      app.rpc(decideOnAssignment, { assignmentId: accepted.id, outcome: 'ACCEPTED' }, partnerUser(by), at(corrected));
    await expect(decide(ground.partnership)).rejects.toMatchObject({
      code: 'STAFFING_PARTNER_DECISION_NOT_BY_EMPLOYER',
    });
    expect((await decide(other)).partnerDecision).toMatchObject({ outcome: 'ACCEPTED' });
    const { items } = await app.rpc(listStaffingAuditRecords, { objectId: accepted.id }, caller('auditor'));
    const record = items.find(({ act }) => act === correctAssignmentEmployer.subject);
    expect(record).toMatchObject({ why: REASON });
    expect(record?.changes[0]?.fields).toContainEqual(
      expect.objectContaining({
        field: 'employerMunicipalityId',
        before: ground.partnership.partner,
        after: other.partner,
      }),
    );
  });

  it('is corrected after a refusal of cover as well, and then planned anew', async () => {
    const { ground, other } = await twoTowns();
    const requested = await requestedAssignment(app, ground);
    const data = {
      assignmentId: requested.id,
      fundId: requested.fundId,
      reason: 'FUND_UNKNOWN' as const,
      shortfalls: [],
    };
    await deliver(app, fundCoverRefused.of({ aggregateId: requested.id, aggregateVersion: requested.version, data }));
    expect(await correct(await read(requested.id), other.partner)).toMatchObject({
      status: 'PLANNED',
      fundingRefusal: null,
    });
  });

  it('takes part in the request, and is corrected no more once cover is asked for', async () => {
    const { ground, other } = await twoTowns();
    const planned = await app.rpc(planAssignment, ground.plan, officer);
    for (const stranger of [newId(), ground.partnership.german]) {
      await expect(correct(planned, stranger)).rejects.toMatchObject({
        code: 'STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING',
      });
    }
    const further = await twoTowns();
    for (const view of [await requestedAssignment(app, further.ground), await covered()]) {
      await expect(correct(view, other.partner)).rejects.toMatchObject({
        code: 'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED',
        details: { status: view.status },
      });
    }
  });
});

describe('the departure', () => {
  it('is corrected with a reason, the reports follow, and the fact is told', async () => {
    const view = await active();
    const corrected = await correctDays(view, { departedOn: '2027-02-20' });
    expect(corrected).toMatchObject({
      status: 'ACTIVE',
      departedOn: '2027-02-20',
      version: view.version + 1,
      notes: [{ act: 'CORRECTION', text: REASON }],
    });
    const { items } = await app.rpc(listAssignmentReports, { assignmentId: view.id }, officer);
    expect(items.map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual([
      'START 2027-05-20',
      'PROGRESS 2027-08-20',
      'PROGRESS 2028-02-20',
      'PROGRESS 2028-08-20',
      'FINAL 2029-01-01',
    ]);
    await eventually(async () => {
      const told = (await app.published(assignmentDepartureCorrected)).filter((it) => it.assignmentId === view.id);
      expect(told).toMatchObject([{ departedOn: '2027-02-20' }]);
    });
  });

  it('is corrected until a payment has gone to the bank', async () => {
    const view = await active();
    expect(possibleActs(await actionsOf(view.id))).toContain('assignment_correct-days');
    const message = sent(view);
    await deliver(app, sent({ ...view, id: newId() }), message, message);
    expect(refusalOf(await actionsOf(view.id), correctAssignmentDays)).toBe('STAFFING_ASSIGNMENT_MONEY_MOVED');
    await expect(correctDays(view, { departedOn: '2027-02-20' })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_MONEY_MOVED',
    });
    expect(await app.database.query('SELECT FROM dead_letter')).toEqual([]);
  });

  it('stays within what was possible when it was recorded, and before the first interruption', async () => {
    const view = await active('2027-03-01');
    const interruption = { interruptedOn: '2027-06-01', reason: 'SECURITY' as const, attributableToExpert: false };
    const interrupted = await app.rpc(
      interruptAssignment,
      { assignmentId: view.id, ...interruption },
      officer,
      at(view),
    );
    for (const [departedOn, code] of [
      ['2026-12-31', 'STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD'],
      ['2027-12-02', 'STAFFING_ASSIGNMENT_DAY_IN_FUTURE'],
      ['2027-06-02', 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED'],
    ] as const) {
      await expect(correctDays(interrupted, { departedOn })).rejects.toMatchObject({
        code,
        errors: [{ pointer: '#/departedOn' }],
      });
    }
    expect(await correctDays(interrupted, { departedOn: '2027-06-01' })).toMatchObject({ status: 'INTERRUPTED' });
  });

  it('is not corrected before there was one, and a correction says what and why', async () => {
    const view = await covered();
    await expect(correctDays(view, { departedOn: '2027-02-01' })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED',
    });
    const preparation = { assignmentId: view.id, startedOn: '2026-11-01' };
    const prepared = await app.rpc(prepareAssignment, preparation, officer, at(view));
    await expect(correctDays(prepared, { departedOn: '2027-02-01' })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED',
    });
    await expect(correctDays(prepared, {})).rejects.toMatchObject({ kind: 'invalid' });
    await expect(correctDays(prepared, { preparationStartedOn: '2025-12-31' })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
      errors: [{ pointer: '#/preparationStartedOn' }],
    });
    const corrected = await correctDays(prepared, { preparationStartedOn: '2026-10-01' });
    expect(corrected).toMatchObject({ status: 'PREPARATION', preparationStartedOn: '2026-10-01', departedOn: null });
  });
});
