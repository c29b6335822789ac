import type { OutgoingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentConfirmed,
  assignmentFundingRequested,
  assignmentDeparted,
  type AssignmentView,
  cancelAssignment,
  changeExpert,
  confirmAssignment,
  decideOnAssignment,
  departAssignment,
  getAssignment,
  listAssignmentReports,
  listAssignments,
  planAssignment,
  prepareAssignment,
} from '#contracts/staffing';
import { fundCoverGranted, fundCoverRefused } from '#contracts/finance';
import { newId } from '#platform';
import { caller, eventually, FixedClock, startTestService, type TestCaller, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, malformedMessage } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  adviser,
  assignmentGround,
  germanUser,
  knownExpert,
  knownPartnership,
  officer,
  partnerUser,
  recruiter,
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
afterAll(() => app.close());

const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
/** A work list: assignments that stand so. */
const waiting = async (status: AssignmentView['status']) =>
  (await app.rpc(listAssignments, { status: [status], limit: 200 }, officer)).items.map(({ id }) => id);
const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });

function granted({ id, fundId }: Pick<AssignmentView, 'id' | 'fundId'>): OutgoingMessage {
  const commitmentId = newId();
  const amount = { amount: '1000.00', currency: 'EUR' };
  return fundCoverGranted.of({
    aggregateId: commitmentId,
    aggregateVersion: 1,
    data: { assignmentId: id, commitmentId, fundId, total: amount, byYear: [{ year: 2027, amount }] },
  });
}

function refused({ id, fundId }: Pick<AssignmentView, 'id' | 'fundId'>): OutgoingMessage {
  const missing = { amount: '10.00', currency: 'EUR' };
  return fundCoverRefused.of({
    aggregateId: id,
    aggregateVersion: 1,
    data: { assignmentId: id, fundId, reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2027, missing }] },
  });
}

async function confirmed(): Promise<AssignmentView> {
  const requested = await requestedAssignment(app, await assignmentGround(app));
  await deliver(app, granted(requested));
  return read(requested.id);
}

async function active(): Promise<AssignmentView> {
  const { id, version } = await confirmed();
  return app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-10' }, officer, at(version));
}

const publishedFor = async (message: Parameters<TestService['published']>[0], id: string) =>
  (await app.published(message)).filter((data) => (data as { assignmentId: string }).assignmentId === id);

describe('the decision of the employer', () => {
  it('is needed before confirmation', async () => {
    const { plan } = await assignmentGround(app);
    const { id: assignmentId, version } = await app.rpc(planAssignment, plan, officer);
    await expect(app.rpc(confirmAssignment, { assignmentId }, officer, at(version))).rejects.toMatchObject({
      code: 'STAFFING_PARTNER_DECISION_MISSING',
    });
  });

  it('is not for another municipality', async () => {
    const { plan } = await assignmentGround(app);
    const { id: assignmentId, version } = await app.rpc(planAssignment, plan, officer);
    const stranger = partnerUser(await knownPartnership(app));
    const decision = app.rpc(decideOnAssignment, { assignmentId, outcome: 'ACCEPTED' }, stranger, at(version));
    await expect(decision).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });
});

describe('confirming an assignment', () => {
  it('asks the fund once when the request is repeated under its key', async () => {
    const { id: assignmentId, version } = await acceptedAssignment(app, await assignmentGround(app));
    const options = at(version);
    const first = await app.rpc(confirmAssignment, { assignmentId }, officer, options);
    const second = await app.rpc(confirmAssignment, { assignmentId }, officer, options);
    expect([first.status, second]).toEqual(['FUNDING_REQUESTED', first]);
    await eventually(async () => expect(await publishedFor(assignmentFundingRequested, assignmentId)).toHaveLength(1));
  });

  it('judges the person anew: who lost the citizenship is not brought before the fund', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId, version } = await acceptedAssignment(app, ground);
    const { expertId } = ground.plan;
    await app.rpc(changeExpert, { expertId, citizenships: ['GH'] }, recruiter, { expectedVersion: 1 });
    const answer = await app.rpc(confirmAssignment, { assignmentId }, officer, at(version));
    expect(answer).toMatchObject({
      status: 'FUNDING_REFUSED',
      fundingRefusal: { reason: 'EXPERT_NOT_ELIGIBLE', shortfalls: [], rules: ['CITIZEN_OF_EU'], unverified: [] },
    });
    await app.rpc(changeExpert, { expertId, citizenships: ['GH', 'FR'] }, recruiter, { expectedVersion: 2 });
    const again = await app.rpc(confirmAssignment, { assignmentId }, officer, at(answer.version));
    expect(again.status).toBe('FUNDING_REQUESTED');
    await eventually(async () => expect(await publishedFor(assignmentFundingRequested, assignmentId)).toHaveLength(1));
  });

  it('is refused without the version that was read', async () => {
    const { id: assignmentId } = await acceptedAssignment(app, await assignmentGround(app));
    await expect(app.rpc(confirmAssignment, { assignmentId }, officer)).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_REQUIRED',
    });
  });

  it('works for 100 at once', async () => {
    const ground = await assignmentGround(app, 100);
    const accepted: AssignmentView[] = [];
    for (let number = 0; number < 100; number++) {
      const { id: expertId } = await knownExpert(app);
      accepted.push(await acceptedAssignment(app, { ...ground, plan: { ...ground.plan, expertId } }));
    }
    const views = await Promise.all(
      accepted.map(({ id, version }) => app.rpc(confirmAssignment, { assignmentId: id }, officer, at(version))),
    );
    expect(views.every((view) => view.status === 'FUNDING_REQUESTED')).toBe(true);
    await deliver(app, ...views.map(granted));
    const after = await Promise.all(views.map((view) => read(view.id)));
    expect(after.every((view) => view.status === 'CONFIRMED')).toBe(true);
  }, 60_000);
});

describe("the fund's answer", () => {
  it('confirms once, however often it comes', async () => {
    const requested = await requestedAssignment(app, await assignmentGround(app));
    const message = granted(requested);
    await deliver(app, message, message);
    expect(await read(requested.id)).toMatchObject({ status: 'CONFIRMED', version: requested.version + 1 });
    await eventually(async () => expect(await publishedFor(assignmentConfirmed, requested.id)).toHaveLength(1));
  });

  it('refuses with the missing amounts; then the expert is free and cover may be asked for again', async () => {
    const ground = await assignmentGround(app);
    const requested = await requestedAssignment(app, ground);
    await deliver(app, refused(requested));
    const view = await read(requested.id);
    expect(view.status).toBe('FUNDING_REFUSED');
    expect(view.fundingRefusal).toMatchObject({ reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2027 }] });
    expect(await waiting('FUNDING_REFUSED')).toContain(view.id);
    const again = await app.rpc(confirmAssignment, { assignmentId: view.id }, officer, at(view.version));
    expect(again).toMatchObject({ status: 'FUNDING_REQUESTED', fundingRefusal: null });
    expect(await waiting('FUNDING_REFUSED')).not.toContain(view.id);
  });

  it('finds the expert taken when cover is asked for again too late', async () => {
    const ground = await assignmentGround(app);
    const requested = await requestedAssignment(app, ground);
    await deliver(app, refused(requested));
    const view = await read(requested.id);
    expect(view.status).toBe('FUNDING_REFUSED');
    await app.rpc(planAssignment, ground.plan, officer);
    const again = app.rpc(confirmAssignment, { assignmentId: view.id }, officer, at(view.version));
    await expect(again).rejects.toMatchObject({ code: 'STAFFING_EXPERT_NOT_AVAILABLE' });
  });

  it('changes nothing after a cancellation', async () => {
    const requested = await requestedAssignment(app, await assignmentGround(app));
    await app.rpc(cancelAssignment, { assignmentId: requested.id, reason: 'Too late' }, officer, at(requested.version));
    await deliver(app, granted(requested));
    expect((await read(requested.id)).status).toBe('CANCELLED');
    await eventually(async () => expect(await publishedFor(assignmentCancelled, requested.id)).toHaveLength(1));
    expect(await publishedFor(assignmentConfirmed, requested.id)).toHaveLength(0);
  });

  it('about an unknown or malformed assignment is set aside, and the others go on', async () => {
    const malformed = malformedMessage(fundCoverRefused, { reason: 'MOOD' });
    await deliver(app, granted({ id: newId(), fundId: newId() }), malformed);
    const dead = await app.database.query('SELECT subject FROM dead_letter ORDER BY subject');
    expect(dead).toEqual([{ subject: fundCoverGranted.subject }, { subject: fundCoverRefused.subject }]);
    expect((await confirmed()).status).toBe('CONFIRMED');
  }, 90_000);
});

describe('the departure', () => {
  it('makes the reports with their due dates and is published', async () => {
    const { id } = await active();
    const { items } = await app.rpc(listAssignmentReports, { assignmentId: id }, officer);
    expect(items.map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual([
      'START 2027-04-10',
      'PROGRESS 2027-07-10',
      'PROGRESS 2028-01-10',
      'PROGRESS 2028-07-10',
      'FINAL 2029-01-01',
    ]);
    await eventually(async () => {
      expect(await publishedFor(assignmentDeparted, id)).toMatchObject([{ departedOn: '2027-01-10' }]);
    });
  });

  it('ends the time in which an assignment may be cancelled', async () => {
    const { id, version } = await active();
    const cancellation = app.rpc(cancelAssignment, { assignmentId: id, reason: 'Too late' }, officer, at(version));
    await expect(cancellation).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED' });
  });

  it('is not recorded before it happens, nor is a preparation, and the refusal names the field', async () => {
    const { id, version } = await confirmed();
    const tomorrow = '2027-12-02';
    const code = 'STAFFING_ASSIGNMENT_DAY_IN_FUTURE';
    await expect(
      app.rpc(departAssignment, { assignmentId: id, departedOn: tomorrow }, officer, at(version)),
    ).rejects.toMatchObject({ code, errors: [{ pointer: '#/departedOn' }] });
    await expect(
      app.rpc(prepareAssignment, { assignmentId: id, startedOn: tomorrow }, officer, at(version)),
    ).rejects.toMatchObject({ code, errors: [{ pointer: '#/startedOn' }] });
  });

  it('follows a preparation that started at most as long before the period as the rule says', async () => {
    const { id: assignmentId, version } = await confirmed();
    const prepare = (startedOn: string) =>
      app.rpc(prepareAssignment, { assignmentId, startedOn }, officer, at(version));
    await expect(prepare('2025-12-31')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE',
      details: { earliest: '2026-01-01' },
    });
    const prepared = await prepare('2026-01-01');
    expect(prepared).toMatchObject({ status: 'PREPARATION' });
    expect([await waiting('CONFIRMED'), await waiting('PREPARATION')]).toEqual([
      expect.not.arrayContaining([assignmentId]),
      expect.arrayContaining([assignmentId]),
    ]);
    const departure = { assignmentId, departedOn: '2027-01-10' };
    await app.rpc(departAssignment, departure, officer, at(prepared.version));
    expect(await waiting('PREPARATION')).not.toContain(assignmentId);
  });
});

describe('who sees an assignment', () => {
  it('are its expert and its municipalities, the German one without pay', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId } = await app.rpc(planAssignment, ground.plan, officer);
    const own = [
      caller('expert', { expertId: ground.plan.expertId }),
      partnerUser(ground.partnership),
      germanUser(ground.partnership),
    ];
    const views = await Promise.all(own.map((user) => app.rpc(getAssignment, { assignmentId }, user)));
    expect(views.map((view) => view.costInputs !== null)).toEqual([true, true, false]);
    for (const user of own) expect((await app.rpc(listAssignments, {}, user)).items).toHaveLength(1);
  });

  it('learns why the fund refused, and how much it lacks only who may see pay', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId, fundId } = await requestedAssignment(app, ground);
    await deliver(app, refused({ id: assignmentId, fundId }));
    const missingFor = async (user: TestCaller) => {
      const { fundingRefusal } = await app.rpc(getAssignment, { assignmentId }, user);
      expect(fundingRefusal).toMatchObject({ reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2027 }] });
      return fundingRefusal?.shortfalls[0]?.missing ?? null;
    };
    const expertUser = caller('expert', { expertId: ground.plan.expertId });
    for (const user of [officer, caller('auditor'), partnerUser(ground.partnership), expertUser])
      expect(await missingFor(user)).not.toBeNull();
    for (const user of [germanUser(ground.partnership), adviser, recruiter, caller('data-protection-officer')])
      expect(await missingFor(user)).toBeNull();
  });

  it('is nobody else', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId } = await app.rpc(planAssignment, ground.plan, officer);
    const strangers = [
      caller('expert', { expertId: newId() }),
      caller('expert'),
      partnerUser(await knownPartnership(app)),
      germanUser(await knownPartnership(app)),
    ];
    for (const user of strangers) {
      await expect(app.rpc(getAssignment, { assignmentId }, user)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
      await expect(app.rpc(listAssignmentReports, { assignmentId }, user)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
      expect((await app.rpc(listAssignments, {}, user)).items).toEqual([]);
    }
  });
});
