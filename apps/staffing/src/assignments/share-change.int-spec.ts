import {
  type AssignmentView,
  assignmentFundingRequested,
  assignmentShareChangeRequested,
  changeAssignmentShare,
  completeAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  planAssignment,
  replanAssignment,
} from '#contracts/staffing';
import { fundCoverShareChanged, fundCoverShareChangeRefused } from '#contracts/finance';
import { newId } from '#platform';
import { eventually, FixedClock, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  activeAssignment,
  assignmentGround,
  germanUser,
  officer,
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

type Ground = Awaited<ReturnType<typeof assignmentGround>>;
const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
const total = { amount: '1000.00', currency: 'EUR' };
const HALF = { from: '2028-01-01', fullTimePercent: 50, reason: 'PERSONAL' as const };

/** An assignment of this share that serves since its first day. */
const active = (ground: Ground, fullTimePercent = 100): Promise<AssignmentView> =>
  activeAssignment(app, { ...ground, plan: { ...ground.plan, fullTimePercent } });

const change = ({ id, version }: AssignmentView, to: Partial<typeof HALF> & { note?: string } = {}) =>
  app.rpc(changeAssignmentShare, { assignmentId: id, ...HALF, ...to }, officer, at(version));

async function granted(view: AssignmentView): Promise<AssignmentView> {
  const { id, version, fundId, commitmentId, shareRequest } = view;
  const { from, fullTimePercent } = shareRequest ?? HALF;
  const data = { assignmentId: id, commitmentId: commitmentId ?? '', fundId, from, fullTimePercent, total, byYear: [] };
  await deliver(app, fundCoverShareChanged.of({ aggregateId: id, aggregateVersion: version, data }));
  return read(id);
}

describe('another share of full time', () => {
  it('is asked of the fund, and holds from its day on once that is covered', async () => {
    const view = await change(await active(await assignmentGround(app)), { note: 'Parental leave' });
    expect(view).toMatchObject({
      fullTimePercent: 100,
      shareChanges: [],
      shareRequest: { ...HALF, status: 'REQUESTED', refusal: null },
    });
    expect(view.notes).toEqual([expect.objectContaining({ act: 'SHARE_CHANGE', text: 'Parental leave' })]);
    await eventually(async () => {
      const told = (await app.published(assignmentShareChangeRequested)).filter((it) => it.assignmentId === view.id);
      expect(told).toEqual([expect.objectContaining({ from: HALF.from, fullTimePercent: 50 })]);
    });
    expect(await granted(view)).toMatchObject({ fullTimePercent: 100, shareChanges: [HALF], shareRequest: null });
  });

  it('is refused with what the fund lacks, which a German municipality sees without amounts', async () => {
    const ground = await assignmentGround(app);
    const view = await change(await active(ground, 50), { fullTimePercent: 100 });
    const refusal = { reason: 'INSUFFICIENT_FUNDS' as const, shortfalls: [{ year: 2028, missing: total }] };
    const data = { assignmentId: view.id, fundId: view.fundId, from: HALF.from, fullTimePercent: 100, ...refusal };
    await deliver(app, fundCoverShareChangeRefused.of({ aggregateId: view.id, aggregateVersion: view.version, data }));
    const refused = await read(view.id);
    expect(refused).toMatchObject({
      fullTimePercent: 50,
      shareChanges: [],
      shareRequest: { status: 'REFUSED', refusal },
    });
    const seen = await app.rpc(getAssignment, { assignmentId: view.id }, germanUser(ground.partnership));
    expect(seen.shareRequest?.refusal?.shortfalls).toEqual([{ year: 2028, missing: null }]);
    // It may be asked for again, and what was refused is then gone.
    expect((await change(refused, { fullTimePercent: 80 })).shareRequest).toMatchObject({ status: 'REQUESTED' });
  });

  it('replaces what was agreed for later days', async () => {
    const half = await granted(await change(await active(await assignmentGround(app))));
    const third = await granted(await change(half, { from: '2027-09-01', fullTimePercent: 30 }));
    expect(third.shareChanges.map((it) => [it.from, it.fullTimePercent])).toEqual([['2027-09-01', 30]]);
  });

  it.each(['2026-12-31', '2029-01-01'])('does not begin on %s, outside the period', async (from) => {
    const view = await active(await assignmentGround(app));
    await expect(change(view, { from })).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED' });
  });

  it('is another one than there is', async () => {
    const view = await active(await assignmentGround(app));
    const same = change(view, { fullTimePercent: 100 });
    await expect(same).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_SHARE_UNCHANGED' });
  });

  it('is not asked for before the departure', async () => {
    const view = await requestedAssignment(app, await assignmentGround(app));
    await expect(change(view)).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED' });
  });

  it('keeps everything else waiting until the fund has answered', async () => {
    const { id: assignmentId, version } = await change(await active(await assignmentGround(app)));
    const acts = [
      () => app.rpc(extendAssignment, { assignmentId, to: '2029-06-01' }, officer, at(version)),
      () => app.rpc(changeAssignmentShare, { assignmentId, ...HALF }, officer, at(version)),
      () => app.rpc(completeAssignment, { assignmentId }, officer, at(version)),
      () =>
        app.rpc(endAssignmentEarly, { assignmentId, endedOn: '2027-02-01', reason: 'MUTUAL' }, officer, at(version)),
    ];
    for (const act of acts) {
      await expect(act()).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING' });
    }
  });
});

describe('the shares of one expert on one day', () => {
  it('never exceed full time, and the refusal names day and assignments', async () => {
    const ground = await assignmentGround(app);
    const plan = (fullTimePercent: number, from: string, to: string) =>
      app.rpc(planAssignment, { ...ground.plan, fullTimePercent, period: { from, to } }, officer);
    const one = await plan(50, '2027-01-01', '2028-06-01');
    const two = await plan(40, '2027-07-01', '2029-01-01');
    await expect(plan(20, '2027-03-01', '2028-03-01')).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_NOT_AVAILABLE',
      details: { day: '2027-07-01', percent: 110, assignmentIds: [one.id, two.id].sort() },
    });
    const { fundId, costInputs, period } = ground.plan;
    const replan = { assignmentId: two.id, fundId, costInputs, period, fullTimePercent: 60 };
    await expect(app.rpc(replanAssignment, replan, officer, at(two.version))).rejects.toMatchObject({
      details: { day: '2027-01-01', percent: 110, assignmentIds: [one.id] },
    });
  });

  it('are those of each day: what one gives up another one takes, from that day on', async () => {
    const ground = await assignmentGround(app);
    const half = await granted(await change(await active(ground)));
    const other = (from: string) =>
      app.rpc(planAssignment, { ...ground.plan, fullTimePercent: 50, period: { from, to: '2029-01-01' } }, officer);
    await expect(other('2027-12-31')).rejects.toMatchObject({
      details: { day: '2027-12-31', percent: 150, assignmentIds: [half.id] },
    });
    const taken = await other('2028-01-01');
    const back = change(half, { from: '2028-03-01', fullTimePercent: 51 });
    await expect(back).rejects.toMatchObject({
      details: { day: '2028-03-01', percent: 101, assignmentIds: [taken.id] },
    });
  });

  it('count the larger share while the fund is asked', async () => {
    const ground = await assignmentGround(app);
    const other = () => app.rpc(planAssignment, { ...ground.plan, fullTimePercent: 60 }, officer);
    const more = await change(await active(ground, 40), { fullTimePercent: 90 });
    await expect(other()).rejects.toMatchObject({
      details: { day: HALF.from, percent: 150, assignmentIds: [more.id] },
    });
    const full = await assignmentGround(app);
    await change(await active(full));
    const half = app.rpc(
      planAssignment,
      { ...full.plan, fullTimePercent: 50, period: { from: HALF.from, to: '2029-01-01' } },
      officer,
    );
    await expect(half).rejects.toMatchObject({ details: { percent: 150 } });
  });

  it('cannot be exceeded by SQL as the role of the service, by a change of the share either', async () => {
    const ground = await assignmentGround(app);
    const one = await active(ground, 50);
    await app.rpc(planAssignment, { ...ground.plan, fullTimePercent: 50 }, officer);
    const exceed = app.asServiceRole('UPDATE assignment SET share_changes = $2 WHERE id = $1', [
      one.id,
      JSON.stringify([{ ...HALF, fullTimePercent: 51 }]),
    ]);
    await expect(exceed).rejects.toThrow('full time');
  });

  it('go with the question for cover', async () => {
    const ground = await assignmentGround(app);
    const { id } = await acceptedAssignment(app, { ...ground, plan: { ...ground.plan, fullTimePercent: 50 } });
    const other = await requestedAssignment(app, { ...ground, plan: { ...ground.plan, fullTimePercent: 30 } });
    await eventually(async () => {
      const told = (await app.published(assignmentFundingRequested)).filter((it) =>
        [id, other.id].includes(it.assignmentId),
      );
      expect(told.map((it) => it.fullTimePercent)).toEqual([30]);
    });
  });
});
