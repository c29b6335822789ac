import { type Operation, type Role, STAFF } from '#contracts';
import {
  acceptReport,
  type AssignmentView,
  ASSIGNMENT_STATUSES,
  cancelAssignment,
  changeAssignmentShare,
  changeAssignmentTerms,
  commentReport,
  completeAssignment,
  confirmAssignment,
  createExpertRequest,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  getExpert,
  getExpertRequest,
  getReport,
  giveExpertConsent,
  interruptAssignment,
  listAssessmentCriteria,
  listAssignmentActions,
  listAssignmentReports,
  listExpertActions,
  listExpertRequestActions,
  listReportActions,
  planAssignment,
  prepareAssignment,
  REPORT_STATUSES,
  submitReport,
} from '#contracts/staffing';
import { fundCoverGranted, fundCoverRefused, payoutSent } from '#contracts/finance';
import { newId } from '#platform';
import {
  caller,
  cellsOf,
  startTestService,
  type TestCaller,
  type TestService,
  type WalkedObject,
  toldCells,
  walkActions,
  FixedClock,
} from '#testing';
import { deliver, type Partnership } from '../src/factories/municipal.factory';
import {
  acceptedAssignment,
  assignmentGround,
  developmentWorker,
  germanUser,
  knownExpert,
  knownPartnership,
  officer,
  partnerUser,
  requestIn,
  requestedAssignment,
  UNDER_WAY,
} from '../src/factories/staffing.factory';
import { ASSIGNMENT_MATRIX, REPORT_MATRIX } from './act-matrix';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

let app: TestService;
const clock = new FixedClock(UNDER_WAY);

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock,
  });
}, 60_000);
afterAll(() => app.close());

/** Those who are no party to an object of the partnership, and a machine. */
async function strangers(): Promise<WalkedObject['callers']> {
  const other = await knownPartnership(app);
  return {
    'another municipality-de': germanUser(other),
    'another municipality-partner': partnerUser(other),
    'another expert': caller('expert', { expertId: newId() }),
    'payout-consumer': caller('payout-consumer'),
  };
}

function callersOf(partnership: Partnership, expertId?: string): WalkedObject['callers'] {
  const offices = Object.fromEntries(STAFF.map((role) => [role, caller(role)])) as Partial<Record<Role, TestCaller>>;
  const towns = { 'municipality-de': germanUser(partnership), 'municipality-partner': partnerUser(partnership) };
  return { ...offices, ...towns, ...(expertId !== undefined && { expert: caller('expert', { expertId }) }) };
}

/** Days one after the other, so that whatever happens later in a walk happens on a later day. */
let days = 0;
let shares = 0;
const nextDay = (): string => new Date(Date.UTC(2027, 0, 2 + (days += 1))).toISOString().slice(0, 10);
const CAUSE = { reason: 'SECURITY', attributableToExpert: false };
const BEGINNINGS = ['DRAFT', 'SUBMITTED', 'ASSESSMENT', 'RETURNED', 'RECOMMENDED', 'NOT_RECOMMENDED'] as const;
const CONTENT = {
  title: 'Waste management',
  situation: 'Collection reaches half of the wards.',
  goal: 'Collection reaches all wards.',
  tasks: 'Advise the department.',
  fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
  desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
};
const text = () => ({ text: 'A text.' });
const reason = () => ({ reason: 'A reason.' });

async function granted({ id, fundId }: AssignmentView): Promise<void> {
  const [commitmentId, amount] = [newId(), { amount: '1000.00', currency: 'EUR' }];
  const data = { assignmentId: id, commitmentId, fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: commitmentId, aggregateVersion: 1, data }));
}

async function departed(ground: Awaited<ReturnType<typeof assignmentGround>>): Promise<string> {
  const { id: assignmentId, ...requested } = await requestedAssignment(app, ground);
  await granted({ id: assignmentId, ...requested });
  const { version } = await app.rpc(getAssignment, { assignmentId }, officer);
  const departure = { assignmentId, departedOn: '2027-01-01' };
  await app.rpc(departAssignment, departure, officer, { expectedVersion: version });
  return assignmentId;
}

async function refused({ id, fundId, version }: AssignmentView): Promise<void> {
  const data = { assignmentId: id, fundId, reason: 'INSUFFICIENT_FUNDS' as const, shortfalls: [] };
  await deliver(app, fundCoverRefused.of({ aggregateId: id, aggregateVersion: version, data }));
}

/** Finance tells that a payment went to the bank. */
async function sent({ id: assignmentId, fundId, commitmentId }: AssignmentView): Promise<void> {
  const [payoutId, amount] = [newId(), { amount: '1.00', currency: 'EUR' }];
  const data = payoutSent.data.parse({
    ...{
      payoutId,
      commitmentId,
      assignmentId,
      fundId,
      payeeId: newId(),
      amount,
      budgetYear: 2027,
      dueOn: '2027-02-01',
    },
    ...{ status: 'SENT', costCategory: 'PERSONAL', instalment: 1, paymentRunId: newId(), endToEndId: 'E2E' },
  });
  await deliver(app, payoutSent.of({ aggregateId: payoutId, aggregateVersion: 8, data }));
}

/** The period of an assignment ends, with all of its reports accepted. */
async function over({ id: assignmentId, expertId, employerMunicipalityId, period }: AssignmentView): Promise<void> {
  const [by, town] = [
    caller('expert', { expertId, subject: expertId }),
    caller('municipality-partner', { municipalityId: employerMunicipalityId }),
  ];
  const { items } = await app.rpc(listAssignmentReports, { assignmentId, limit: 200 }, officer);
  for (const report of items.filter(({ status }) => status === 'DRAFT')) {
    const at = ({ version }: { version: number }) => ({ expectedVersion: version, idempotencyKey: newId() });
    const content = { sections: [{ section: 'MILESTONES' as const, text: 'Reached.' }] };
    const submitted = await app.rpc(submitReport, { reportId: report.id, ...content }, by, at(report));
    const commented = await app.rpc(commentReport, { reportId: report.id, ...text() }, town, at(submitted));
    await app.rpc(acceptReport, { reportId: report.id }, officer, at(commented));
  }
  clock.set(`${period.to}T08:00:00Z`);
}

/** An assignment that came all the way to a state of the matrix. */
async function assignmentIn(
  state: string,
  ground: Awaited<ReturnType<typeof assignmentGround>>,
): Promise<AssignmentView> {
  const [status, ...more] = state.split(' ');
  const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
  const act = (operation: Operation, { id, version }: AssignmentView, request: object = {}) =>
    app.rpc(operation, { assignmentId: id, ...request }, officer, {
      expectedVersion: version,
      idempotencyKey: newId(),
    }) as Promise<AssignmentView>;
  if (state === 'PLANNED') return app.rpc(planAssignment, ground.plan, officer);
  if (state === 'PLANNED CONSENT') {
    const planned = await app.rpc(planAssignment, ground.plan, officer);
    return act(giveExpertConsent, planned, { evidence: 'A letter of today' });
  }
  const accepted = await acceptedAssignment(app, ground);
  if (status === 'PLANNED') return accepted;
  if (status === 'CANCELLED') return act(cancelAssignment, accepted, reason());
  const requested = await act(confirmAssignment, accepted);
  if (status === 'FUNDING_REQUESTED') return requested;
  if (status === 'FUNDING_REFUSED') {
    await refused(requested);
    return requested;
  }
  await granted(requested);
  const confirmed = await read(accepted.id);
  if (status === 'CONFIRMED') return confirmed;
  if (status === 'PREPARATION') return act(prepareAssignment, confirmed, { startedOn: nextDay() });
  const active = await act(departAssignment, confirmed, { departedOn: nextDay() });
  if (more.includes('PAID')) await sent(active);
  if (more.includes('OVER') || status === 'COMPLETED') await over(active);
  if (more.includes('SHARING')) {
    return act(changeAssignmentShare, active, { from: '2028-01-01', fullTimePercent: 50, reason: 'OTHER' });
  }
  if (more.includes('CHANGING')) {
    return act(changeAssignmentTerms, active, { from: '2028-01-01', terms: { children: 1 }, reason: 'PERSONAL' });
  }
  if (more.includes('EXTENDING')) return act(extendAssignment, active, { to: '2029-06-01' });
  if (status === 'INTERRUPTED') return act(interruptAssignment, active, { interruptedOn: nextDay(), ...CAUSE });
  if (status === 'ENDED_EARLY') return act(endAssignmentEarly, active, { endedOn: nextDay(), ...CAUSE });
  return status === 'COMPLETED' ? act(completeAssignment, active) : active;
}

describe('what is told of an act is what the act does', () => {
  it('for assignments', async () => {
    const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
    const states = Object.keys(ASSIGNMENT_MATRIX.states);
    const stateOf = new Map<string, string>();
    let callers: WalkedObject['callers'] = {};
    const walked = await walkActions({
      app,
      actions: listAssignmentActions,
      walks: states.length,
      // Each walk begins in a state of its own and takes one step from it.
      steps: 1,
      async start() {
        days = 0;
        clock.set(UNDER_WAY);
        const ground = await assignmentGround(app);
        const state = states[stateOf.size % states.length] ?? '';
        const { id } = await assignmentIn(state, ground);
        stateOf.set(id, state);
        callers = { ...callersOf(ground.partnership, ground.plan.expertId), ...(await strangers()) };
        return { id, callers };
      },
      status: async (id) => {
        const [state = '', { status }] = [stateOf.get(id), await read(id)];
        expect(state.split(' ')[0]).toBe(status);
        return state;
      },
      requests: {
        assignment_replan: () => ({
          fundId: newId(),
          period: { from: '2027-01-01', to: '2029-01-01' },
          fullTimePercent: 100,
          costInputs: developmentWorker,
        }),
        assignment_decide: () => ({ outcome: 'ACCEPTED' }),
        assignment_confirm: () => ({}),
        assignment_prepare: () => ({ startedOn: nextDay() }),
        assignment_depart: () => ({ departedOn: nextDay() }),
        assignment_complete: () => ({}),
        assignment_cancel: reason,
        'assignment_correct-employer': () => ({ employerMunicipalityId: newId(), ...reason() }),
        'assignment_correct-days': () => ({ preparationStartedOn: '2026-12-01', ...reason() }),
        'assignment_give-consent': () => ({ evidence: 'A letter of today' }),
        'assignment_withdraw-consent': () => ({}),
        'assignment_change-share': () => ({
          from: '2028-01-01',
          fullTimePercent: (shares = (shares % 99) + 1),
          reason: 'OTHER',
        }),
        'assignment_change-terms': () => ({
          from: '2028-01-01',
          terms: { rentMonth: { amount: `${(shares += 1)}.00`, currency: 'EUR' } },
          reason: 'OTHER',
        }),
        assignment_extend: () => ({ to: '2029-06-01' }),
        assignment_interrupt: () => ({ interruptedOn: nextDay(), ...CAUSE }),
        assignment_resume: () => ({ resumedOn: nextDay() }),
        'assignment_end-early': () => ({ endedOn: nextDay(), ...CAUSE }),
      },
    });
    expect(walked.faults).toEqual([]);
    const expected = cellsOf(ASSIGNMENT_MATRIX, Object.keys(callers));
    expect(toldCells(walked)).toEqual(expected);
    expect(new Set(Object.keys(ASSIGNMENT_MATRIX.states).map((state) => state.split(' ')[0]))).toEqual(
      new Set(ASSIGNMENT_STATUSES),
    );
    expect(Object.keys(expected)).toHaveLength(20 * 17 * 16);
  }, 240_000);

  it('for experts', async () => {
    const residences = ['FR', 'TZ', 'NO'];
    let turn = 0;
    const { cells, statuses, faults } = await walkActions({
      app,
      actions: listExpertActions,
      walks: 3,
      async start() {
        const { id } = await knownExpert(app);
        const seeing = (
          ['recruiter', 'programme-officer', 'adviser', 'auditor', 'data-protection-officer'] as const
        ).map((role) => [role, caller(role)] as const);
        return { id, callers: { ...Object.fromEntries(seeing), expert: caller('expert', { expertId: id }) } };
      },
      status: async (expertId) => {
        const { verifications } = await app.rpc(getExpert, { expertId }, officer);
        return verifications?.residenceCountry ? 'VERIFIED' : 'STATED';
      },
      requests: {
        expert_change: () => ({ residenceCountry: residences[(turn += 1) % residences.length] }),
        expert_verify: () => ({ facts: ['residenceCountry'], document: 'RESIDENCE_PERMIT' }),
      },
    });
    expect(faults).toEqual([]);
    expect([...statuses].sort()).toEqual(['STATED', 'VERIFIED']);
    expect(cells.size).toBe(24);
  }, 120_000);

  it('for reports', async () => {
    let callers: WalkedObject['callers'] = {};
    const walked = await walkActions({
      app,
      actions: listReportActions,
      walks: 7,
      async start() {
        clock.set(UNDER_WAY);
        const ground = await assignmentGround(app);
        const assignmentId = await departed(ground);
        const [report] = (await app.rpc(listAssignmentReports, { assignmentId }, officer)).items;
        callers = { ...callersOf(ground.partnership, ground.plan.expertId), ...(await strangers()) };
        return { id: report?.id ?? '', callers };
      },
      status: async (reportId) => (await app.rpc(getReport, { reportId }, officer)).status,
      requests: {
        report_submit: () => ({ sections: [{ section: 'MILESTONES', text: 'Reached.' }] }),
        report_comment: text,
        report_accept: () => ({}),
        report_return: reason,
      },
      outside: {
        DRAFT: async ({ id: reportId }) => {
          const { assignmentId } = await app.rpc(getReport, { reportId }, officer);
          const { version } = await app.rpc(getAssignment, { assignmentId }, officer);
          const end = { assignmentId, endedOn: '2027-02-01', reason: 'SECURITY' as const, attributableToExpert: false };
          await app.rpc(endAssignmentEarly, end, officer, { expectedVersion: version, idempotencyKey: newId() });
        },
      },
    });
    expect(walked.faults).toEqual([]);
    expect(toldCells(walked)).toEqual(cellsOf(REPORT_MATRIX, Object.keys(callers)));
    expect(Object.keys(REPORT_MATRIX.states).sort()).toEqual([...REPORT_STATUSES].sort());
  }, 120_000);

  it('for expert requests', async () => {
    const criteria = (await app.rpc(listAssessmentCriteria, {}, caller('adviser'))).items;
    const outcomes = ['STARTED', 'PASSED', 'RETURNED', 'REJECTED'];
    const selections = ['WAITLISTED', 'SELECTED', 'DECLINED'];
    let [seed, starts] = [1, 0];
    const any = (list: readonly string[]) =>
      list[Math.floor((seed = (seed * 48_271) % 2_147_483_647) / 1_000) % list.length];
    const { cells, statuses, faults } = await walkActions({
      app,
      actions: listExpertRequestActions,
      walks: 6 * BEGINNINGS.length,
      choosing: ['expert-request_check', 'expert-request_recommend', 'expert-request_select'],
      async start() {
        const partnership = await knownPartnership(app);
        const callers: WalkedObject['callers'] = {
          ...callersOf(partnership),
          'programme-officer': caller('programme-officer'),
        };
        const { expert: _, ...seeing } = callers;
        // The way to SUBMITTED needs the partnership service, and the others many hands; the main job walks it all.
        const begin = BEGINNINGS[(starts += 1) % BEGINNINGS.length] ?? 'DRAFT';
        const instrument = begin === 'RECOMMENDED' ? ('LOCAL_EXPERT' as const) : undefined;
        const its = { partnership, ...(instrument && { instrument }) };
        if (begin !== 'DRAFT') return { id: await requestIn(app, begin, its), callers: seeing };
        const draft = { ...CONTENT, partnershipIds: [partnership.id], placeOfWorkMunicipalityId: partnership.partner };
        const { id } = await app.rpc(createExpertRequest, draft, germanUser(partnership));
        return { id, callers: seeing };
      },
      status: async (expertRequestId) => (await app.rpc(getExpertRequest, { expertRequestId }, officer)).status,
      requests: {
        'expert-request_change': () => ({ title: 'Another title' }),
        'expert-request_sign': () => ({}),
        'expert-request_submit': () => ({}),
        'expert-request_check': () => ({ outcome: any(outcomes) }),
        'expert-request_assess': () => ({ scores: criteria.map(({ criterion }) => ({ criterion, score: 3 })) }),
        'expert-request_correct-assessment': () => ({
          scores: criteria.map(({ criterion }) => ({ criterion, score: 2 })),
          reason: 'A reason.',
        }),
        'expert-request_recommend': () => ({ outcome: 'RECOMMENDED', instrument: 'LOCAL_EXPERT' }),
        'expert-request_select': () => ({ outcome: any(selections) }),
        'expert-request_withdraw': () => ({}),
      },
    });
    expect(faults).toEqual([]);
    expect(statuses.size).toBeGreaterThanOrEqual(10);
    expect(cells.size).toBeGreaterThanOrEqual(500);
  }, 120_000);
});
