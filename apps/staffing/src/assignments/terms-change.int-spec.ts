import {
  type AssignmentView,
  assignmentShareChangeRequested,
  changeAssignmentShare,
  changeAssignmentTerms,
  extendAssignment,
  getAssignment,
} from '#contracts/staffing';
import { type CostTerms, fundCoverShareChanged, fundCoverShareChangeRefused } from '#contracts/finance';
import { newId } from '#platform';
import { eventually, FixedClock, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import {
  activeAssignment,
  assignmentGround,
  germanUser,
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

const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
const total = { amount: '1000.00', currency: 'EUR' };
const FROM = '2028-01-01';
const CHILD: CostTerms = { children: 1 };
const reason = 'PERSONAL' as const;

const change = ({ id, version }: AssignmentView, terms: CostTerms = CHILD, from = FROM) =>
  app.rpc(changeAssignmentTerms, { assignmentId: id, from, terms, reason }, officer, at(version));

async function answered(view: AssignmentView, version = view.version): Promise<AssignmentView> {
  const { id: assignmentId, fundId, fullTimePercent } = view;
  const commitmentId = view.commitmentId ?? '';
  const data = { assignmentId, commitmentId, fundId, from: FROM, fullTimePercent, total, byYear: [] };
  await deliver(app, fundCoverShareChanged.of({ aggregateId: assignmentId, aggregateVersion: version, data }));
  return read(assignmentId);
}

describe('other terms', () => {
  it('are asked of the fund with the share that stays, and hold from their day on once they are covered', async () => {
    const before = await activeAssignment(app, await assignmentGround(app));
    const view = await change(before);
    expect(view).toMatchObject({
      costInputs: before.costInputs,
      termsChanges: [],
      termsRequest: { from: FROM, terms: CHILD, reason, status: 'REQUESTED', refusal: null },
      shareRequest: null,
    });
    await eventually(async () => {
      const told = (await app.published(assignmentShareChangeRequested)).filter((it) => it.assignmentId === view.id);
      expect(told).toEqual([expect.objectContaining({ from: FROM, fullTimePercent: 100, terms: CHILD })]);
    });
    const granted = await answered(view);
    expect(granted).toMatchObject({ termsChanges: [{ from: FROM, terms: CHILD, reason }], termsRequest: null });
    expect(granted.shareChanges).toEqual([]);
    // An answer that comes twice has no effect.
    expect(await answered(view)).toEqual(granted);
  });

  it('are refused with what the fund lacks; whoever may not see pay sees neither that nor the terms', async () => {
    const ground = await assignmentGround(app);
    const view = await change(await activeAssignment(app, ground));
    const refusal = { reason: 'INSUFFICIENT_FUNDS' as const, shortfalls: [{ year: 2028, missing: total }] };
    const data = { assignmentId: view.id, fundId: view.fundId, from: FROM, fullTimePercent: 100, ...refusal };
    await deliver(app, fundCoverShareChangeRefused.of({ aggregateId: view.id, aggregateVersion: view.version, data }));
    const refused = { from: FROM, terms: CHILD, status: 'REFUSED', refusal };
    expect(await read(view.id)).toMatchObject({ termsChanges: [], termsRequest: refused });
    const seen = await app.rpc(getAssignment, { assignmentId: view.id }, germanUser(ground.partnership));
    expect(seen.termsRequest).toMatchObject({ terms: null, refusal: { shortfalls: [{ year: 2028, missing: null }] } });
    const employer = await app.rpc(getAssignment, { assignmentId: view.id }, partnerUser(ground.partnership));
    expect(employer.termsRequest).toMatchObject(refused);
  });

  it('replace what was agreed on the same for later days', async () => {
    const first = await answered(await change(await activeAssignment(app, await assignmentGround(app))));
    const second = await answered(await change(first, { children: 2 }, '2027-09-01'));
    expect(second.termsChanges).toEqual([{ from: '2027-09-01', terms: { children: 2 }, reason }]);
  });

  it.each<[string, CostTerms, string, string]>([
    ['before the period', CHILD, '2026-12-31', 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED'],
    ['after the period', CHILD, '2029-01-01', 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED'],
    ['that hold already', { children: 0 }, FROM, 'STAFFING_ASSIGNMENT_TERMS_UNCHANGED'],
    ['of another instrument', { children: 1, salaryMonth: total }, FROM, 'STAFFING_ASSIGNMENT_TERMS_NOT_ALLOWED'],
  ])('%s are refused', async (_, terms, from, code) => {
    const view = await activeAssignment(app, await assignmentGround(app));
    const refused = await change(view, terms, from).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
    if (code.endsWith('TERMS_NOT_ALLOWED'))
      expect(refused).toMatchObject({ errors: [{ pointer: '#/terms/salaryMonth' }] });
  });

  it('are not asked for before the departure', async () => {
    const view = await requestedAssignment(app, await assignmentGround(app));
    await expect(change(view)).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED' });
  });

  it('keep every other change waiting until the fund has answered', async () => {
    const { id: assignmentId, version } = await change(await activeAssignment(app, await assignmentGround(app)));
    const share = { assignmentId, from: FROM, fullTimePercent: 50, reason };
    const acts = [
      () => app.rpc(extendAssignment, { assignmentId, to: '2029-06-01' }, officer, at(version)),
      () => app.rpc(changeAssignmentShare, share, officer, at(version)),
    ];
    for (const act of acts) {
      await expect(act()).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING' });
    }
  });
});
