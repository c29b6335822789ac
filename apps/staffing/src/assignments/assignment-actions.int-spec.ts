import {
  confirmAssignment,
  decideOnAssignment,
  listAssignmentActions,
  planAssignment,
  replanAssignment,
} from '#contracts/staffing';
import { newId } from '#platform';
import { type caller, possibleActs, refusalOf, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import {
  acceptedAssignment,
  assignmentGround,
  germanUser,
  knownPartnership,
  officer,
  partnerUser,
  requestedAssignment,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;

beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
}, 60_000);
afterAll(() => app.close());

describe('what can be done with an assignment', () => {
  it('follows its state, with the refusal of what cannot', async () => {
    const { plan } = await assignmentGround(app);
    const { id: assignmentId, version } = await app.rpc(planAssignment, plan, officer);
    const actions = await app.rpc(listAssignmentActions, { assignmentId }, officer);
    expect(actions.version).toBe(version);
    expect(possibleActs(actions)).toEqual([
      'assignment_cancel',
      'assignment_correct-employer',
      'assignment_give-consent',
      'assignment_replan',
    ]);
    expect(refusalOf(actions, confirmAssignment)).toBe('STAFFING_PARTNER_DECISION_MISSING');
    expect(actions.items).toContainEqual(
      expect.objectContaining({
        operation: 'assignment_confirm',
        method: 'POST',
        path: `/assignments/${assignmentId}/confirmations`,
        roles: ['programme-officer'],
      }),
    );
  });

  it('follows who asks', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId } = await app.rpc(planAssignment, ground.plan, officer);
    const asked = (by: ReturnType<typeof caller>) => app.rpc(listAssignmentActions, { assignmentId }, by);
    expect(possibleActs(await asked(partnerUser(ground.partnership)))).toEqual(['assignment_decide']);
    const german = await asked(germanUser(ground.partnership));
    expect(possibleActs(german)).toEqual([]);
    expect(refusalOf(german, decideOnAssignment)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    await expect(asked(partnerUser(await knownPartnership(app)))).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('is what the acts answer: the state decides before the version', async () => {
    const ground = await assignmentGround(app);
    const { id: assignmentId, version } = await requestedAssignment(app, ground);
    const stale = { expectedVersion: version - 1, idempotencyKey: newId() };
    const actions = await app.rpc(listAssignmentActions, { assignmentId }, officer);
    expect(refusalOf(actions, confirmAssignment)).toBe('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED');
    await expect(app.rpc(confirmAssignment, { assignmentId }, officer, stale)).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
    const another = await acceptedAssignment(app, await assignmentGround(app));
    const { fundId, period, fullTimePercent, costInputs } = ground.plan;
    const replan = { assignmentId: another.id, fundId, period, fullTimePercent, costInputs };
    await expect(
      app.rpc(replanAssignment, replan, officer, { ...stale, expectedVersion: another.version - 1 }),
    ).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE', details: { currentVersion: another.version } });
  });
});
