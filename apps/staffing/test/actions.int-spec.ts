import type { Role } from '#contracts';
import {
  type AssignmentView,
  ASSIGNMENT_STATUSES,
  createExpertRequest,
  departAssignment,
  getAssignment,
  getExpertRequest,
  getReport,
  listAssessmentCriteria,
  listAssignmentActions,
  listAssignmentReports,
  listExpertRequestActions,
  listReportActions,
  planAssignment,
} from '#contracts/staffing';
import { fundCoverExtended, fundCoverGranted, fundCoverShareChanged } from '#contracts/finance';
import { newId } from '#platform';
import {
  caller,
  startTestService,
  type TestCaller,
  type TestService,
  type WalkedObject,
  walkActions,
  FixedClock,
} from '#testing';
import { deliver, type Partnership } from '../src/factories/municipal.factory';
import {
  assignmentGround,
  developmentWorker,
  germanUser,
  knownPartnership,
  officer,
  partnerUser,
  requestIn,
  requestedAssignment,
  UNDER_WAY,
} from '../src/factories/staffing.factory';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

let app: TestService;

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
}, 60_000);
afterAll(() => app.close());

const OFFICES = ['programme-officer', 'adviser', 'recruiter', 'finance-officer', 'auditor'] as const;

function callersOf(partnership: Partnership, expertId?: string): WalkedObject['callers'] {
  const offices = Object.fromEntries(OFFICES.map((role) => [role, caller(role)])) as Partial<Record<Role, TestCaller>>;
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

describe('what is told of an act is what the act does', () => {
  it('for assignments', async () => {
    let starts = 0;
    const read = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);
    const { cells, statuses, faults } = await walkActions({
      app,
      actions: listAssignmentActions,
      walks: 20,
      async start() {
        const { plan, partnership } = await assignmentGround(app);
        days = 0;
        const seen = callersOf(partnership, plan.expertId);
        // Every other one begins with its departure: few walks come so far by themselves.
        if ((starts += 1) % 2 === 0) return { id: await departed({ plan, partnership }), callers: seen };
        return { id: (await app.rpc(planAssignment, plan, officer)).id, callers: seen };
      },
      status: async (id) => {
        const { status, extension, shareRequest } = await read(id);
        if (extension?.status === 'REQUESTED') return `${status} EXTENDING`;
        if (shareRequest?.status === 'REQUESTED') return `${status} CHANGING SHARE`;
        return status;
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
        assignment_extend: () => ({ to: '2029-06-01' }),
        assignment_interrupt: () => ({ interruptedOn: nextDay(), ...CAUSE }),
        assignment_resume: () => ({ resumedOn: nextDay() }),
        'assignment_end-early': () => ({ endedOn: nextDay(), ...CAUSE }),
      },
      outside: {
        FUNDING_REQUESTED: async ({ id }) => granted(await read(id)),
        'ACTIVE CHANGING SHARE': async ({ id }) => {
          const { commitmentId, fundId, version, shareRequest } = await read(id);
          const { from = '', fullTimePercent = 1 } = shareRequest ?? {};
          const total = { amount: '1.00', currency: 'EUR' };
          const data = {
            assignmentId: id,
            commitmentId: commitmentId ?? '',
            fundId,
            from,
            fullTimePercent,
            total,
            byYear: [],
          };
          await deliver(app, fundCoverShareChanged.of({ aggregateId: id, aggregateVersion: version, data }));
        },
        'ACTIVE EXTENDING': async ({ id }) => {
          const { commitmentId, version, partnershipIds: _, ...assignment } = await read(id);
          const [amount, period] = [
            { amount: '1.00', currency: 'EUR' },
            { from: '2027-01-01', to: '2029-06-01' },
          ];
          const data = { assignmentId: id, commitmentId: commitmentId ?? '', fundId: assignment.fundId, period };
          await deliver(
            app,
            fundCoverExtended.of({
              aggregateId: id,
              aggregateVersion: version,
              data: { ...data, total: amount, byYear: [{ year: 2027, amount }] },
            }),
          );
        },
      },
    });
    expect(faults).toEqual([]);
    const unseen = ASSIGNMENT_STATUSES.filter((status) => !statuses.has(status));
    // A refused cover and the end at the end of the period are walked beside the feature: one needs the fund, one a final report.
    expect(unseen).toEqual(['FUNDING_REFUSED', 'COMPLETED']);
    expect(cells.size).toBeGreaterThanOrEqual(750);
  }, 120_000);

  it('for reports', async () => {
    const { cells, statuses, faults } = await walkActions({
      app,
      actions: listReportActions,
      walks: 6,
      async start() {
        const ground = await assignmentGround(app);
        const assignmentId = await departed(ground);
        const [report] = (await app.rpc(listAssignmentReports, { assignmentId }, officer)).items;
        return { id: report?.id ?? '', callers: callersOf(ground.partnership, ground.plan.expertId) };
      },
      status: async (reportId) => (await app.rpc(getReport, { reportId }, officer)).status,
      requests: {
        report_submit: () => ({ sections: [{ section: 'MILESTONES', text: 'Reached.' }] }),
        report_comment: text,
        report_accept: () => ({}),
        report_return: reason,
      },
    });
    expect(faults).toEqual([]);
    expect([...statuses].sort()).toEqual(['ACCEPTED', 'COMMENTED', 'DRAFT', 'RETURNED', 'SUBMITTED']);
    expect(cells.size).toBe(160);
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
        const callers = { ...callersOf(partnership), 'programme-officer': caller('programme-officer') };
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
