import type { OutgoingMessage } from '#contracts';
import {
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentInterrupted,
  assignmentResumed,
  type AssignmentView,
  completeAssignment,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  interruptAssignment,
  listAssignmentReports,
  planAssignment,
  resumeAssignment,
} from '#contracts/staffing';
import {
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  fundCoverExpired,
  fundCoverExtended,
  fundCoverExtensionRefused,
  fundCoverGranted,
} from '#contracts/finance';
import { newId } from '#platform';
import { eventually, startTestService, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, malformedMessage } from '../factories/municipal.factory';
import { assignmentGround, officer, partnerUser, requestedAssignment, UNDER_WAY } from '../factories/staffing.factory';
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
const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const amount = { amount: '1000.00', currency: 'EUR' };
const SECURITY = { reason: 'SECURITY' as const, attributableToExpert: false };

async function confirmed(ground?: Awaited<ReturnType<typeof assignmentGround>>): Promise<AssignmentView> {
  const requested = await requestedAssignment(app, ground ?? (await assignmentGround(app)));
  const { id, fundId } = requested;
  const granted = fundCoverGranted.of({
    aggregateId: id,
    aggregateVersion: requested.version,
    data: { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] },
  });
  await deliver(app, granted);
  return read(id);
}

/** 2027-01-10 departed, period to 2029-01-01. */
async function active(ground?: Awaited<ReturnType<typeof assignmentGround>>): Promise<AssignmentView> {
  const { id, version } = await confirmed(ground);
  return app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-10' }, officer, at(version));
}

function extended({ id, fundId, commitmentId, period }: AssignmentView, to: string, version: number): OutgoingMessage {
  return fundCoverExtended.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      assignmentId: id,
      commitmentId: commitmentId ?? '',
      fundId,
      period: { from: period.from, to },
      total: amount,
      byYear: [{ year: 2027, amount }],
    },
  });
}

function extensionRefused({ id, fundId, period }: AssignmentView, to: string, version: number): OutgoingMessage {
  return fundCoverExtensionRefused.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      assignmentId: id,
      fundId,
      period: { from: period.from, to },
      reason: 'INSUFFICIENT_FUNDS',
      shortfalls: [{ year: 2029, missing: amount }],
    },
  });
}

const arrives = (message: Parameters<TestService['published']>[0], id: string, facts: object) =>
  eventually(async () => {
    const published = await app.published(message);
    const own = published.filter((data) => (data as { assignmentId: string }).assignmentId === id);
    expect(own).toMatchObject([facts]);
  });
const extend = ({ id, version }: AssignmentView, to: string) =>
  app.rpc(extendAssignment, { assignmentId: id, to }, officer, at(version));
const interrupt = ({ id, version }: AssignmentView, on: string) =>
  app.rpc(interruptAssignment, { assignmentId: id, interruptedOn: on, ...SECURITY }, officer, at(version));
const resume = ({ id, version }: AssignmentView, on: string) =>
  app.rpc(resumeAssignment, { assignmentId: id, resumedOn: on }, officer, at(version));
const endEarly = ({ id, version }: AssignmentView, on: string) =>
  app.rpc(endAssignmentEarly, { assignmentId: id, endedOn: on, ...SECURITY, note: 'Evacuated' }, officer, at(version));

describe('an extension', () => {
  it('counts only once the fund covers it, and brings further reports', async () => {
    const before = await active();
    const requested = await extend(before, '2029-07-01');
    expect(requested).toMatchObject({
      status: 'ACTIVE',
      period: { to: '2029-01-01' },
      extension: { requestedTo: '2029-07-01', status: 'REQUESTED' },
    });
    await arrives(assignmentExtensionRequested, before.id, {
      period: { from: before.period.from, to: '2029-07-01' },
    });
    const message = extended(requested, '2029-07-01', requested.version);
    await deliver(app, message, message);
    const after = await read(before.id);
    expect(after).toMatchObject({
      period: { to: '2029-07-01' },
      extension: null,
      version: requested.version + 1,
    });
    const { items } = await app.rpc(listAssignmentReports, { assignmentId: before.id }, officer);
    expect(items.map(({ kind, dueOn }) => `${kind} ${dueOn}`).slice(-2)).toEqual([
      'PROGRESS 2029-01-10',
      'FINAL 2029-07-01',
    ]);
  });

  it('keeps the old period when the fund refuses, and may be asked for again', async () => {
    const requested = await extend(await active(), '2029-07-01');
    await deliver(app, extensionRefused(requested, '2029-07-01', requested.version));
    const after = await read(requested.id);
    expect(after).toMatchObject({
      period: { to: '2029-01-01' },
      extension: { status: 'REFUSED', refusal: { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2029 }] } },
    });
    expect((await extend(after, '2029-04-01')).extension).toMatchObject({ status: 'REQUESTED' });
  });

  it('is not touched by an answer to an earlier request', async () => {
    const first = await extend(await active(), '2029-07-01');
    await deliver(app, extensionRefused(first, '2029-07-01', first.version));
    const second = await extend(await read(first.id), '2029-04-01');
    await deliver(app, extended(first, '2029-07-01', first.version));
    expect(await read(first.id)).toMatchObject({ version: second.version, period: { to: '2029-01-01' } });
  });

  it('holds the expert, and finds one taken by others', async () => {
    const ground = await assignmentGround(app);
    await extend(await active(ground), '2029-07-01');
    const next = { ...ground.plan, period: { from: '2029-03-01', to: '2030-12-01' } };
    await expect(app.rpc(planAssignment, next, officer)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_NOT_AVAILABLE',
    });
    const other = await assignmentGround(app);
    const view = await active(other);
    await app.rpc(planAssignment, { ...other.plan, period: next.period }, officer);
    await expect(extend(view, '2029-07-01')).rejects.toMatchObject({ code: 'STAFFING_EXPERT_NOT_AVAILABLE' });
  });

  it('is refused to a wrong role, a stale version, before departure, backwards, too long and twice', async () => {
    const view = await active();
    const request = { assignmentId: view.id, to: '2029-07-01' };
    const stranger = partnerUser((await assignmentGround(app)).partnership);
    await expect(app.rpc(extendAssignment, request, stranger, at(view.version))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(app.rpc(extendAssignment, request, officer, at(view.version + 1))).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    await expect(extend(await confirmed(), '2029-07-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
    await expect(extend(view, '2029-01-01')).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED' });
    await expect(extend(view, '2049-01-01')).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED' });
    const requested = await extend(view, '2029-07-01');
    for (const act of [extend(requested, '2029-08-01'), interrupt(requested, '2027-05-01')]) {
      await expect(act).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_EXTENSION_PENDING' });
    }
    await expect(endEarly(requested, '2027-05-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_EXTENSION_PENDING',
    });
  });
});

describe('an interruption', () => {
  it('is published, ends by a resumption, and may come again after it', async () => {
    const interrupted = await interrupt(await active(), '2027-05-01');
    expect(interrupted.status).toBe('INTERRUPTED');
    const resumed = await resume(interrupted, '2027-08-01');
    expect(resumed).toMatchObject({ status: 'ACTIVE', interruptions: [{ from: '2027-05-01', to: '2027-08-01' }] });
    await expect(interrupt(resumed, '2027-07-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED',
    });
    await arrives(assignmentInterrupted, resumed.id, { interruptedOn: '2027-05-01', ...SECURITY });
    await arrives(assignmentResumed, resumed.id, { interruptedOn: '2027-05-01', resumedOn: '2027-08-01' });
    expect((await interrupt(resumed, '2027-08-01')).interruptions).toHaveLength(2);
  });

  it('is refused outside the service and in another state', async () => {
    const view = await active();
    for (const day of ['2027-01-09', '2029-01-01']) {
      await expect(interrupt(view, day)).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED' });
    }
    await expect(resume(view, '2027-05-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
    const interrupted = await interrupt(view, '2027-05-01');
    await expect(resume(interrupted, '2027-05-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED',
    });
    for (const act of [interrupt(interrupted, '2027-06-01'), extend(interrupted, '2029-07-01')]) {
      await expect(act).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED' });
    }
    const { id, version } = interrupted;
    await expect(app.rpc(completeAssignment, { assignmentId: id }, officer, at(version))).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
  });
});

describe('an early end', () => {
  it('is published, is final, and frees the expert from its day', async () => {
    const ground = await assignmentGround(app);
    const view = await active(ground);
    for (const day of ['2027-01-10', '2029-01-01']) {
      await expect(endEarly(view, day)).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED' });
    }
    const ended = await endEarly(await interrupt(view, '2027-05-01'), '2027-05-15');
    expect(ended).toMatchObject({ status: 'ENDED_EARLY', endedOn: '2027-05-15', earlyEnd: SECURITY });
    await arrives(assignmentEndedEarly, view.id, { endedOn: '2027-05-15', ...SECURITY });
    await expect(resume(ended, '2027-06-01')).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
    const next = { ...ground.plan, period: { from: '2027-05-15', to: '2029-05-15' } };
    expect((await app.rpc(planAssignment, next, officer)).status).toBe('PLANNED');
  });
});

describe('cover that expired', () => {
  const expired = ({ id, fundId, commitmentId, version }: AssignmentView, other?: string): OutgoingMessage =>
    fundCoverExpired.of({
      aggregateId: id,
      aggregateVersion: version,
      data: { assignmentId: id, fundId, commitmentId: other ?? commitmentId ?? '' },
    });

  it('leads a confirmed assignment back to where cover may be asked for', async () => {
    const view = await confirmed();
    await deliver(app, expired(view, newId()));
    expect((await read(view.id)).status).toBe('CONFIRMED');
    const message = expired(view);
    await deliver(app, message, message);
    expect(await read(view.id)).toMatchObject({
      status: 'FUNDING_REFUSED',
      commitmentId: null,
      fundingRefusal: { reason: 'EXPIRED' },
    });
  });

  it('is set aside after the departure, and so is what is malformed', async () => {
    const view = await active();
    await deliver(app, expired(view), malformedMessage(fundCoverExtended, { period: 'long' }));
    const dead = await app.database.query('SELECT subject FROM dead_letter ORDER BY subject');
    expect(dead).toEqual([{ subject: fundCoverExpired.subject }, { subject: fundCoverExtended.subject }]);
    expect((await read(view.id)).status).toBe('ACTIVE');
  }, 90_000);
});

describe('a change that the fund does not cover yet', () => {
  const facts = ({ id, fundId, commitmentId }: AssignmentView) => ({
    assignmentId: id,
    fundId,
    commitmentId: commitmentId ?? '',
  });
  const refused = (view: AssignmentView, version: number, commitmentId = view.commitmentId ?? ''): OutgoingMessage =>
    fundCoverChangeRefused.of({
      aggregateId: commitmentId,
      aggregateVersion: version,
      data: {
        ...facts(view),
        commitmentId,
        reason: 'INSUFFICIENT_FUNDS',
        shortfalls: [{ year: 2027, missing: amount }],
        since: '2027-05-20T09:00:00.000Z',
      },
    });
  const granted = (view: AssignmentView, version: number): OutgoingMessage =>
    fundCoverChangeGranted.of({
      aggregateId: view.commitmentId ?? '',
      aggregateVersion: version,
      data: { ...facts(view), total: amount, byYear: [{ year: 2027, amount }] },
    });

  it('is seen at the assignment until the fund covers it, whatever comes twice or late', async () => {
    const ended = await endEarly(await active(), '2027-05-15');
    const message = refused(ended, 7);
    await deliver(app, message, message);
    const short = await read(ended.id);
    expect(short).toMatchObject({
      status: 'ENDED_EARLY',
      version: ended.version + 1,
      coverShortfall: { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2027, missing: amount }] },
    });
    await deliver(app, granted(ended, 9), refused(ended, 8), refused(ended, 10, newId()));
    expect(await read(ended.id)).toMatchObject({ version: short.version + 1, coverShortfall: null });
  });
});
