import type { Operation, Role } from '#contracts';
import {
  type AssignmentView,
  changeExpert,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  getExpert,
  interruptAssignment,
  resumeAssignment,
  verifyExpert,
} from '#contracts/staffing';
import { fundCoverGranted } from '#contracts/finance';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import { assignmentGround, officer, requestedAssignment, UNDER_WAY } from '../factories/staffing.factory';
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

const SECURITY = { reason: 'SECURITY' as const, attributableToExpert: false };
const amount = { amount: '1000.00', currency: 'EUR' };

/** Each change with a day on which an assignment of 2027-01-10 to 2029-01-01 may have it. */
const CHANGES: readonly (readonly [string, Operation, (day?: string) => Record<string, unknown>])[] = [
  ['an extension', extendAssignment, (day = '2029-07-01') => ({ to: day })],
  ['an interruption', interruptAssignment, (day = '2027-05-01') => ({ interruptedOn: day, ...SECURITY })],
  ['a resumption', resumeAssignment, (day = '2027-06-01') => ({ resumedOn: day })],
  ['an early end', endAssignmentEarly, (day = '2027-06-01') => ({ endedOn: day, ...SECURITY })],
];
const [EXTENSION, INTERRUPTION, RESUMPTION, EARLY_END] = CHANGES.map(([, operation, request]) => ({
  operation,
  request,
}));

interface Change {
  readonly operation: Operation;
  readonly request: (day?: string) => Record<string, unknown>;
}

function change(
  it: Change | undefined,
  { id, version }: Pick<AssignmentView, 'id' | 'version'>,
  more: { day?: string; as?: TestCaller; expectedVersion?: number | null; key?: string } = {},
): Promise<AssignmentView> {
  const { day, as = officer, expectedVersion = version, key = newId() } = more;
  if (!it) throw new Error('no such change');
  return app.rpc(it.operation, { assignmentId: id, ...it.request(day) }, as, {
    idempotencyKey: key,
    ...(expectedVersion !== null && { expectedVersion }),
  }) as Promise<AssignmentView>;
}

async function requested(): Promise<AssignmentView> {
  return requestedAssignment(app, await assignmentGround(app));
}

async function confirmed(): Promise<AssignmentView> {
  const { id, version, fundId } = await requested();
  const data = { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
  return app.rpc(getAssignment, { assignmentId: id }, officer);
}

async function active(): Promise<AssignmentView> {
  const { id, version } = await confirmed();
  return app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-10' }, officer, {
    expectedVersion: version,
    idempotencyKey: newId(),
  });
}

/** Where each change is possible: a resumption needs an interruption. */
const readyFor = async (it: Change): Promise<AssignmentView> => {
  const view = await active();
  return it.operation === resumeAssignment ? change(INTERRUPTION, view) : view;
};

const OTHERS: readonly Role[] = [
  'adviser',
  'municipality-de',
  'municipality-partner',
  'expert',
  'recruiter',
  'finance-officer',
  'payment-orderer',
  'auditor',
];

describe.each(CHANGES)('%s', (_name, operation, request) => {
  const which = { operation, request };

  it('is for the programme officer alone, even at the own assignment', async () => {
    const view = await readyFor(which);
    for (const role of OTHERS) {
      const as = caller(role, { expertId: view.expertId, municipalityId: view.employerMunicipalityId });
      await expect(change(which, view, { as })).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    }
  });

  it('needs the version that was read, and one that holds', async () => {
    const view = await readyFor(which);
    await expect(change(which, view, { expectedVersion: null })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_REQUIRED',
    });
    await expect(change(which, view, { expectedVersion: view.version - 1 })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
  });

  it('is refused before the departure, after the end, and of what nobody knows', async () => {
    const ended = await change(EARLY_END, await active(), { day: '2027-04-01' });
    for (const view of [await requested(), await confirmed(), ended]) {
      await expect(change(which, view)).rejects.toMatchObject({ code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED' });
    }
    await expect(change(which, { id: newId(), version: 1 })).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('happens once under its key', async () => {
    const view = await readyFor(which);
    const key = newId();
    const once = await change(which, view, { key });
    expect(await change(which, view, { key })).toEqual(once);
    expect(once.version).toBe(view.version + 1);
    await expect(change(which, view, { key, day: '2027-06-02' })).rejects.toMatchObject({
      code: 'PLATFORM_IDEMPOTENCY_KEY_REUSED',
    });
  });
});

describe('the days of a change', () => {
  const NOT_ALLOWED = { code: 'STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED' };

  it('lie in the time of service, after what happened before', async () => {
    const view = await active();
    for (const [which, day] of [
      [EXTENSION, '2028-12-31'],
      [EXTENSION, '2029-01-01'],
      [INTERRUPTION, '2027-01-09'],
      [INTERRUPTION, '2029-01-01'],
      [EARLY_END, '2027-01-10'],
      [EARLY_END, '2029-01-01'],
    ] as const) {
      await expect(change(which, view, { day })).rejects.toMatchObject(NOT_ALLOWED);
    }
    const interrupted = await change(INTERRUPTION, view, { day: '2027-05-01' });
    for (const day of ['2027-04-30', '2027-05-01', '2029-01-01']) {
      await expect(change(RESUMPTION, interrupted, { day })).rejects.toMatchObject(NOT_ALLOWED);
    }
    await expect(change(EARLY_END, interrupted, { day: '2027-04-30' })).rejects.toMatchObject(NOT_ALLOWED);
    const resumed = await change(RESUMPTION, interrupted, { day: '2027-08-01' });
    for (const which of [INTERRUPTION, EARLY_END]) {
      await expect(change(which, resumed, { day: '2027-07-31' })).rejects.toMatchObject(NOT_ALLOWED);
    }
    expect((await change(INTERRUPTION, resumed, { day: '2027-08-01' })).interruptions).toHaveLength(2);
  });

  it('are days that exist', async () => {
    const view = await active();
    for (const which of [EXTENSION, INTERRUPTION, EARLY_END]) {
      for (const day of ['2027-02-30', '01.05.2027', '']) {
        await expect(change(which, view, { day })).rejects.toMatchObject({ kind: 'invalid' });
      }
    }
  });

  it('overlap with no second interruption and no extension that is open', async () => {
    const interrupted = await change(INTERRUPTION, await active());
    await expect(change(INTERRUPTION, interrupted, { day: '2027-06-01' })).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED',
    });
    const extending = await change(EXTENSION, await active());
    for (const which of [EXTENSION, INTERRUPTION, EARLY_END]) {
      await expect(change(which, extending, which === EXTENSION ? { day: '2029-08-01' } : {})).rejects.toMatchObject({
        code: 'STAFFING_ASSIGNMENT_EXTENSION_PENDING',
      });
    }
  });
});

describe('a longer term', () => {
  it('is not asked for while a fact about the person is what the expert says and nobody has verified', async () => {
    const view = await active();
    const { expertId } = view;
    const { version } = await app.rpc(getExpert, { expertId }, officer);
    const own = caller('expert', { expertId });
    const stated = { expertId, citizenships: ['DE', 'FR'] };
    const changed = await app.rpc(changeExpert, stated, own, { expectedVersion: version });
    await expect(change(EXTENSION, view)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_NOT_ELIGIBLE',
      details: { rules: ['CITIZEN_OF_EU'], unverified: ['citizenships'] },
    });
    const verification = { expertId, facts: ['citizenships' as const], document: 'IDENTITY_CARD' as const };
    await app.rpc(verifyExpert, verification, officer, { expectedVersion: changed.version });
    expect((await change(EXTENSION, view)).extension?.status).toBe('REQUESTED');
  });
});
