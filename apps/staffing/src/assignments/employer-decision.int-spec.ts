import {
  type AssignmentView,
  assignmentDecisionLapsed,
  confirmAssignment,
  decideOnAssignment,
  getAssignment,
  giveExpertConsent,
  listAssignmentActions,
  listAssignments,
  planAssignment,
  replanAssignment,
  withdrawExpertConsent,
} from '#contracts/staffing';
import { newId } from '#platform';
import {
  caller,
  eventually,
  possibleActs,
  refusalOf,
  startTestService,
  type TestCaller,
  type TestService,
} from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, type Partnership, partnershipMessage } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  adviser,
  assignmentGround,
  germanUser,
  officer,
  partnerUser,
  recruiter,
  requestedAssignment,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
}, 60_000);
afterAll(() => app?.close());

const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const readAs = (by: TestCaller, assignmentId: string) => app.rpc(getAssignment, { assignmentId }, by);

async function replanned(
  accepted: AssignmentView,
  change: Partial<Pick<AssignmentView, 'period' | 'fullTimePercent' | 'costInputs'>>,
): Promise<AssignmentView> {
  const { id: assignmentId, version, fundId, period, fullTimePercent, costInputs } = accepted;
  if (!costInputs) throw new Error('the officer sees pay');
  const plan = { fundId, period, fullTimePercent, costInputs, ...change };
  return app.rpc(
    replanAssignment,
    { assignmentId, ...plan, costInputs: plan.costInputs ?? costInputs },
    officer,
    at(version),
  );
}

const pay = { instrument: 'DEVELOPMENT_WORKER' as const, costOfLivingPercent: '20', hasSpouse: false, children: 0 };

describe('the acceptance of the employer', () => {
  it.each([
    ['PAY', { costInputs: pay }],
    ['SHARE', { fullTimePercent: 80 }],
    ['PERIOD', { period: { from: '2027-01-01', to: '2028-09-01' } }],
  ] as const)('falls when the %s changes: it is asked again before anything is confirmed', async (part, change) => {
    const ground = await assignmentGround(app);
    const view = await replanned(await readAs(officer, (await acceptedAssignment(app, ground)).id), change);
    expect(view).toMatchObject({ status: 'PLANNED', partnerDecision: null, lapsedDecision: { changed: [part] } });
    await eventually(async () => {
      const told = (await app.published(assignmentDecisionLapsed)).filter((it) => it.assignmentId === view.id);
      expect(told).toEqual([
        expect.objectContaining({ employerMunicipalityId: ground.partnership.partner, changed: [part] }),
      ]);
    });
    const actions = await app.rpc(listAssignmentActions, { assignmentId: view.id }, officer);
    expect(refusalOf(actions, confirmAssignment)).toBe('STAFFING_PARTNER_DECISION_MISSING');
    const confirm = app.rpc(confirmAssignment, { assignmentId: view.id }, officer, at(view.version));
    await expect(confirm).rejects.toMatchObject({ code: 'STAFFING_PARTNER_DECISION_MISSING' });
    const employer = partnerUser(ground.partnership);
    expect(possibleActs(await app.rpc(listAssignmentActions, { assignmentId: view.id }, employer))).toEqual([
      'assignment_decide',
    ]);
    const decision = { assignmentId: view.id, outcome: 'ACCEPTED' as const };
    const again = await app.rpc(decideOnAssignment, decision, employer, at(view.version));
    expect(again).toMatchObject({ partnerDecision: { outcome: 'ACCEPTED' }, lapsedDecision: null });
    const asked = await app.rpc(confirmAssignment, { assignmentId: view.id }, officer, at(again.version));
    expect(asked.status).toBe('FUNDING_REQUESTED');
  });

  it('stays, and nothing is told, when only the fund changes', async () => {
    const { id } = await acceptedAssignment(app, await assignmentGround(app));
    const accepted = await readAs(officer, id);
    const view = await replanned({ ...accepted, fundId: newId() }, {});
    expect(view).toMatchObject({ partnerDecision: { outcome: 'ACCEPTED' }, lapsedDecision: null });
    expect((await app.published(assignmentDecisionLapsed)).filter((it) => it.assignmentId === id)).toEqual([]);
  });

  it('is not given to a plan that the employer has not seen', async () => {
    const ground = await assignmentGround(app);
    const planned = await app.rpc(planAssignment, ground.plan, officer);
    await replanned(planned, { costInputs: pay });
    const decision = { assignmentId: planned.id, outcome: 'ACCEPTED' as const };
    const late = app.rpc(decideOnAssignment, decision, partnerUser(ground.partnership), at(planned.version));
    await expect(late).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });
});

describe('the person on whom the employer decides', () => {
  const profile = {
    qualifications: ['Umweltingenieurin, M.Sc.'],
    languages: [{ language: 'sw', level: 'B2' }],
  };

  async function planned(): Promise<{ view: AssignmentView; partnership: Partnership; expert: TestCaller }> {
    const { plan, partnership } = await assignmentGround(app);
    const view = await app.rpc(planAssignment, plan, officer);
    return { view, partnership, expert: caller('expert', { expertId: plan.expertId }) };
  }

  it('is a profile without a name until the expert consents, and again once the consent is withdrawn', async () => {
    const { view, partnership, expert } = await planned();
    const employer = partnerUser(partnership);
    expect(await readAs(employer, view.id)).toMatchObject({
      candidate: { ...profile, name: null },
      expertConsent: null,
    });
    const consent = await app.rpc(giveExpertConsent, { assignmentId: view.id }, expert, at(view.version));
    expect((await readAs(employer, view.id)).candidate).toEqual({ ...profile, name: 'Maren Probe' });
    const decision = { assignmentId: view.id, outcome: 'ACCEPTED' as const };
    const decided = await app.rpc(decideOnAssignment, decision, employer, at(consent.version));
    expect(decided).toMatchObject({ candidate: { name: 'Maren Probe' }, expertConsent: { evidence: null } });
    await app.rpc(withdrawExpertConsent, { assignmentId: view.id }, expert, at(decided.version));
    expect((await readAs(employer, view.id)).candidate).toEqual({ ...profile, name: null });
  });

  it('is shown by the assignment to the employer alone: to no other town, expert or office', async () => {
    const { view, partnership, expert } = await planned();
    const neighbour = newId();
    const participants = [
      { municipalityId: partnership.german, side: 'DE' as const, country: 'DE', name: 'Tübingen' },
      { municipalityId: partnership.partner, side: 'PARTNER' as const, country: 'TZ', name: 'Moshi' },
      { municipalityId: neighbour, side: 'PARTNER' as const, country: 'TZ', name: 'Arusha' },
    ];
    await deliver(app, partnershipMessage(partnership, { version: 2, participants }));
    await app.rpc(giveExpertConsent, { assignmentId: view.id }, expert, at(view.version));
    const others = [
      germanUser(partnership),
      caller('municipality-partner', { municipalityId: neighbour }),
      caller('municipality-de', { municipalityId: partnership.partner }),
      expert,
      officer,
      adviser,
      recruiter,
      caller('auditor'),
    ];
    for (const by of others) expect((await readAs(by, view.id)).candidate).toBeNull();
    const listed = await app.rpc(listAssignments, {}, partnerUser(partnership));
    expect(JSON.stringify(listed)).not.toContain('Probe');
  });

  it('is named to the employer of its own assignment only', async () => {
    const one = await planned();
    const other = await planned();
    await app.rpc(giveExpertConsent, { assignmentId: one.view.id }, one.expert, at(one.view.version));
    await expect(readAs(partnerUser(other.partnership), one.view.id)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('has no name any more once the personal data was erased', async () => {
    const { view, partnership, expert } = await planned();
    await app.rpc(giveExpertConsent, { assignmentId: view.id }, expert, at(view.version));
    await app.testDatabase.asAdmin('DELETE FROM expert_person WHERE expert_id = $1', [view.expertId]);
    expect((await readAs(partnerUser(partnership), view.id)).candidate).toEqual({ ...profile, name: null });
  });
});

describe('the consent of an expert', () => {
  it('is recorded for the expert with the evidence of it, never without', async () => {
    const { plan, partnership } = await assignmentGround(app);
    const { id: assignmentId, version } = await app.rpc(planAssignment, plan, officer);
    await expect(app.rpc(giveExpertConsent, { assignmentId }, recruiter, at(version))).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_CONSENT_EVIDENCE_MISSING',
      errors: [{ pointer: '#/evidence' }],
    });
    const evidence = 'E-mail of 3 November 2026';
    const view = await app.rpc(giveExpertConsent, { assignmentId, evidence }, recruiter, at(version));
    expect(view.expertConsent).toMatchObject({ evidence });
    expect((await readAs(partnerUser(partnership), assignmentId)).expertConsent).toMatchObject({ evidence: null });
    await expect(
      app.rpc(giveExpertConsent, { assignmentId, evidence }, recruiter, at(view.version)),
    ).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_CONSENT_ALREADY_GIVEN',
    });
  });

  it('is not given by a town, nor by another expert', async () => {
    const { plan, partnership } = await assignmentGround(app);
    const { id: assignmentId, version } = await app.rpc(planAssignment, plan, officer);
    await expect(
      app.rpc(giveExpertConsent, { assignmentId, evidence: 'We know' }, partnerUser(partnership), at(version)),
    ).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const stranger = caller('expert', { expertId: newId() });
    await expect(app.rpc(giveExpertConsent, { assignmentId }, stranger, at(version))).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('cannot be withdrawn where there is none', async () => {
    const { id: assignmentId, version } = await requestedAssignment(app, await assignmentGround(app));
    await expect(app.rpc(withdrawExpertConsent, { assignmentId }, officer, at(version))).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_CONSENT_MISSING',
    });
  });
});
