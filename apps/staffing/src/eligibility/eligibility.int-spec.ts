import { checkEligibility, type EligibilityCheck } from '#contracts/partnership';
import type { RequestOf } from '#contracts';
import { fundCoverGranted } from '#contracts/finance';
import {
  type AssignmentView,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentShareChangeRequested,
  changeAssignmentShare,
  confirmAssignment,
  createExpertRequest,
  departAssignment,
  expertRequestSelected,
  extendAssignment,
  getAssignment,
  getExpertRequest,
  listAssignments,
  planAssignment,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { eventually, FixedClock, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, type Partnership, partnershipMessage } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  assignmentGround,
  eligibility,
  germanUser,
  knownPartnership,
  officer,
  partnerUser,
  requestedAssignment,
  requestIn,
  UNDER_WAY,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

// What the partnership service finds, and keeps as evidence, is tested there; here, what follows from it.
let app: TestService;
let questions: RequestOf<typeof checkEligibility>[] = [];

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
  await knownPartnership(app);
}, 60_000);
afterAll(() => app.close());
beforeEach(() => allIsWell());

type Unmet = EligibilityCheck['unmet'][number];

/** From now on the partnership service finds these rules unmet, of the first partnership. */
function found(...unmet: Omit<Unmet, 'partnershipId'>[]): Promise<void> {
  questions = [];
  return app.answer(checkEligibility, (question) => {
    questions.push(question);
    const [partnershipId = ''] = question.partnershipIds;
    return eligibility(
      question,
      unmet.map((it) => ({ ...it, partnershipId })),
    );
  });
}
const allIsWell = () => found();
const ENDED = { rule: 'active-link', verdict: 'NOT_MET', facts: 'status ENDED, statusSince 2026-11-27' } as const;
const IN_FRANCE = { rule: 'employer', verdict: 'NOT_MET', facts: 'municipality x FR not listed' } as const;
const SAID = { overrideReason: 'BMZ agreed for this project.', overrideReference: 'BMZ 123-4' };

const options = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const request = (expertRequestId: string) => app.rpc(getExpertRequest, { expertRequestId }, officer);
const assignment = (assignmentId: string) => app.rpc(getAssignment, { assignmentId }, officer);

/** A step that asks for eligibility, at the point where nothing else is in its way. */
interface Moment {
  readonly take: (said?: object) => Promise<unknown>;
  /** What is there after it was refused; equal to what was there before. */
  readonly read: () => Promise<unknown>;
  readonly asked: object;
}

async function submission(): Promise<Moment> {
  const tandem = await knownPartnership(app);
  const { id: expertRequestId } = await app.rpc(createExpertRequest, content(tandem), germanUser(tandem));
  await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
  const { version } = await app.rpc(signExpertRequest, { expertRequestId }, partnerUser(tandem), {
    expectedVersion: 2,
  });
  return {
    take: (said) => app.rpc(submitExpertRequest, { expertRequestId, ...said }, officer, options(version)),
    read: () => request(expertRequestId),
    asked: { step: 'SUBMISSION', partnershipIds: [tandem.id], placeOfWorkMunicipalityId: tandem.partner },
  };
}

async function selection(): Promise<Moment> {
  const tandem = await knownPartnership(app);
  const its = { partnership: tandem, instrument: 'LOCAL_EXPERT' as const };
  const expertRequestId = await requestIn(app, 'RECOMMENDED', its);
  const { version } = await request(expertRequestId);
  const selected = { expertRequestId, outcome: 'SELECTED' as const };
  return {
    take: (said) => app.rpc(selectExpertRequest, { ...selected, ...said }, officer, options(version)),
    read: () => request(expertRequestId),
    asked: { step: 'SELECTION', partnershipIds: [tandem.id], placeOfWorkMunicipalityId: tandem.partner },
  };
}

async function plan(): Promise<Moment> {
  const { partnership: tandem, plan: planned } = await assignmentGround(app);
  return {
    take: (said) => app.rpc(planAssignment, { ...planned, ...said }, officer),
    read: () => app.rpc(listAssignments, { expertId: planned.expertId }, officer),
    asked: { step: 'PLAN', partnershipIds: [tandem.id], employerMunicipalityId: tandem.partner },
  };
}

async function cover(): Promise<Moment & { id: string }> {
  const ground = await assignmentGround(app);
  const { id, version } = await acceptedAssignment(app, ground);
  return {
    id,
    take: (said) => app.rpc(confirmAssignment, { assignmentId: id, ...said }, officer, options(version)),
    read: () => assignment(id),
    asked: {
      step: 'COVER',
      partnershipIds: [ground.partnership.id],
      employerMunicipalityId: ground.partnership.partner,
    },
  };
}

/** Serves since its first day. */
async function active(): Promise<{ id: string; version: number; asked: object }> {
  const ground = await assignmentGround(app);
  const { id, fundId, version: requested } = await requestedAssignment(app, ground);
  const amount = { amount: '1000.00', currency: 'EUR' };
  const data = { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: requested, data }));
  const { version: confirmed } = await assignment(id);
  const departure = { assignmentId: id, departedOn: '2027-01-04' };
  const { version } = await app.rpc(departAssignment, departure, officer, options(confirmed));
  const { id: partnershipId, partner: employerMunicipalityId } = ground.partnership;
  return { id, version, asked: { partnershipIds: [partnershipId], employerMunicipalityId } };
}

async function extension(): Promise<Moment & { id: string }> {
  const { id, version, asked } = await active();
  const longer = { assignmentId: id, to: '2029-07-01' };
  return {
    id,
    take: (said) => app.rpc(extendAssignment, { ...longer, ...said }, officer, options(version)),
    read: () => assignment(id),
    asked: { step: 'EXTENSION', ...asked },
  };
}

const HALF = { from: '2028-01-01', fullTimePercent: 50, reason: 'PERSONAL' as const };

async function shareChange(): Promise<Moment & { id: string }> {
  const { id, version, asked } = await active();
  return {
    id,
    take: (said) => app.rpc(changeAssignmentShare, { assignmentId: id, ...HALF, ...said }, officer, options(version)),
    read: () => assignment(id),
    asked: { step: 'SHARE_CHANGE', ...asked },
  };
}

const content = (its: Partnership) => ({
  partnershipIds: [its.id],
  title: 'Waste management',
  situation: 'Situation',
  goal: 'Goal',
  tasks: 'Tasks',
  fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
  desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
  placeOfWorkMunicipalityId: its.partner,
});

const MOMENTS = { submission, selection, plan, cover, extension, shareChange };
const ALL = Object.entries(MOMENTS);

describe.each(ALL)('%s', (name, prepared) => {
  it('asks the partnership service, and keeps what it found', async () => {
    const { take, asked } = await prepared();
    const before = questions.length;
    const done = (await take()) as { eligibilityChecks: EligibilityCheck[] };
    expect(questions.slice(before)).toEqual([expect.objectContaining(asked)]);
    expect(done.eligibilityChecks.at(-1)).toMatchObject({ isEligible: true, unmet: [], override: null });
  });

  it('is not taken while the partnership service is away: it says so, and nothing has changed', async () => {
    const { take, read } = await prepared();
    const before = await read();
    await app.stop('partnership');
    await expect(take()).rejects.toMatchObject({
      code: 'STAFFING_ELIGIBILITY_NOT_ASKED',
      kind: 'unavailable',
      details: { retryAfterSeconds: expect.any(Number) as number },
    });
    expect(await read()).toEqual(before);
    await allIsWell();
    // Until the new process has been heard of.
    await eventually(take);
  });

  it('goes on in spite of a rule by the word of a programme officer, which is shown', async () => {
    const { take } = await prepared();
    await found(name === 'plan' ? IN_FRANCE : ENDED);
    const done = (await take(SAID)) as { status: string; eligibilityChecks: EligibilityCheck[] };
    expect(questions.at(-1)).toMatchObject(SAID);
    expect(done.eligibilityChecks.at(-1)).toMatchObject({
      isEligible: false,
      override: { reason: SAID.overrideReason, reference: SAID.overrideReference, by: officer.subject },
    });
    expect(done.status).not.toBe('FUNDING_REFUSED');
    // Neither is a change that is asked for refused by what was overridden.
    expect(JSON.stringify(done)).not.toContain('NOT_ELIGIBLE');
  });
});

const NOT_ELIGIBLE = 'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE';

describe.each([
  { prepared: submission, rule: ENDED, code: NOT_ELIGIBLE, pointer: '#/partnershipIds/0' },
  { prepared: selection, rule: ENDED, code: NOT_ELIGIBLE, pointer: '#/partnershipIds/0' },
  {
    prepared: plan,
    rule: IN_FRANCE,
    code: 'STAFFING_ASSIGNMENT_EMPLOYER_NOT_ELIGIBLE',
    pointer: '#/employerMunicipalityId',
  },
])('$prepared.name without eligibility', ({ prepared, rule, code, pointer }) => {
  it('is refused with the rule and what it looked at, and leaves everything as it was', async () => {
    const { take, read } = await prepared();
    const before = await read();
    await found(rule);
    await expect(take()).rejects.toMatchObject({
      code,
      errors: [{ pointer, code, detail: `${rule.rule}: NOT_MET (${rule.facts})` }],
    });
    expect(await read()).toEqual(before);
  });
});

describe('cover without eligibility', () => {
  it('is refused without asking the fund, says why, and can be asked for again', async () => {
    const { id, take } = await cover();
    await found(ENDED, IN_FRANCE);
    expect(await take()).toMatchObject({
      status: 'FUNDING_REFUSED',
      fundingRefusal: { reason: 'NOT_ELIGIBLE', shortfalls: [] },
      eligibilityChecks: [{ step: 'PLAN' }, { step: 'COVER', isEligible: false, unmet: [ENDED, IN_FRANCE] }],
    });
    const told = await app.published(assignmentFundingRequested);
    expect(told.filter(({ assignmentId }) => assignmentId === id)).toEqual([]);
    await allIsWell();
    const { version } = await assignment(id);
    expect(await app.rpc(confirmAssignment, { assignmentId: id }, officer, options(version))).toMatchObject({
      status: 'FUNDING_REQUESTED',
      fundingRefusal: null,
    });
  });

  it('refuses a longer term too, and keeps the one that is covered', async () => {
    const { id, take } = await extension();
    await found(ENDED);
    expect(await take()).toMatchObject({
      status: 'ACTIVE',
      period: { to: '2029-01-01' },
      extension: { requestedTo: '2029-07-01', status: 'REFUSED', refusal: { reason: 'NOT_ELIGIBLE' } },
    });
    const told = await app.published(assignmentExtensionRequested);
    expect(told.filter(({ assignmentId }) => assignmentId === id)).toEqual([]);
  });

  it('refuses another share too, and keeps the one that is covered', async () => {
    const { id, take } = await shareChange();
    await found(ENDED);
    const refused = (await take()) as AssignmentView;
    expect(refused).toMatchObject({
      status: 'ACTIVE',
      fullTimePercent: 100,
      shareChanges: [],
      shareRequest: { ...HALF, status: 'REFUSED', refusal: { reason: 'NOT_ELIGIBLE', shortfalls: [] } },
    });
    expect(refused.eligibilityChecks.at(-1)).toMatchObject({ step: 'SHARE_CHANGE', unmet: [ENDED] });
    const told = await app.published(assignmentShareChangeRequested);
    expect(told.filter(({ assignmentId }) => assignmentId === id)).toEqual([]);
    await allIsWell();
    const again = { assignmentId: id, ...HALF };
    const asked = await app.rpc(changeAssignmentShare, again, officer, options(refused.version));
    expect(asked.shareRequest).toMatchObject({ ...HALF, status: 'REQUESTED', refusal: null });
  });

  it('does not stop a plan, which spends nothing yet', async () => {
    const { take } = await plan();
    await found(ENDED);
    expect(await take()).toMatchObject({ status: 'PLANNED', eligibilityChecks: [{ step: 'PLAN', unmet: [ENDED] }] });
  });
});

describe('the copy that messages keep', () => {
  const recorded = (its: Partnership, status: 'ACTIVE' | 'ENDED', aggregateVersion: number) => {
    const { declaration, aggregateId, data } = partnershipMessage(its);
    return { declaration, aggregateId, aggregateVersion, data: { ...(data as object), status } };
  };
  const copied = async ({ id }: Partnership) =>
    (await app.database.query<{ status: string }>('SELECT status FROM partnership_copy WHERE id = $1', [id]))[0]
      ?.status;

  it('decides nothing: the end counts before its message has come', async () => {
    const tandem = await knownPartnership(app);
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    await found(ENDED);
    expect(await copied(tandem)).toBe('ACTIVE');
    const selected = app.rpc(selectExpertRequest, { expertRequestId, outcome: 'SELECTED' }, officer, options(1));
    await expect(selected).rejects.toMatchObject({ code: 'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE' });
    // The message comes late, and changes nothing about a request that was not selected.
    await deliver(app, recorded(tandem, 'ENDED', 2));
    expect(await request(expertRequestId)).toMatchObject({ status: 'RECOMMENDED', version: 1 });
  });

  it('stops nothing either: a link that is active again is selected before its message has come', async () => {
    const tandem = await knownPartnership(app);
    await deliver(app, recorded(tandem, 'ENDED', 2));
    expect(await copied(tandem)).toBe('ENDED');
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    const selected = app.rpc(selectExpertRequest, { expertRequestId, outcome: 'SELECTED' }, officer, options(1));
    expect((await selected).status).toBe('SELECTED');
  });
});

describe('a question', () => {
  it('is not asked for what is refused anyway, or answered from its key', async () => {
    const tandem = await knownPartnership(app);
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    const select = (outcome: 'SELECTED' | 'WAITLISTED', key: ReturnType<typeof options>) =>
      app.rpc(selectExpertRequest, { expertRequestId, outcome }, officer, key);
    await expect(select('SELECTED', options(7))).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    expect((await select('WAITLISTED', options(1))).status).toBe('WAITLISTED');
    expect(questions).toEqual([]);
    const key = options(2);
    const selected = await select('SELECTED', key);
    expect(await select('SELECTED', key)).toEqual(selected);
    expect(questions).toHaveLength(1);
    const published = await app.published(expertRequestSelected);
    expect(published.filter((it) => it.expertRequestId === expertRequestId).length).toBeLessThanOrEqual(1);
  });

  it('asks for all partnerships of a shared request, and for the town that submits it', async () => {
    const [one, other] = [await knownPartnership(app), await knownPartnership(app)];
    const shared = { ...content(one), partnershipIds: [one.id, other.id] };
    let { id: expertRequestId, version } = await app.rpc(createExpertRequest, shared, officer);
    for (const who of [germanUser(one), partnerUser(one), germanUser(other), partnerUser(other)])
      ({ id: expertRequestId, version } = await app.rpc(signExpertRequest, { expertRequestId }, who, options(version)));
    const submitted = await app.rpc(submitExpertRequest, { expertRequestId }, partnerUser(other), options(version));
    expect(submitted).toMatchObject({
      status: 'SUBMITTED',
      eligibility: [{ partnershipId: one.id }, { partnershipId: other.id }],
    });
    expect(questions).toMatchObject([{ partnershipIds: [one.id, other.id], placeOfWorkMunicipalityId: one.partner }]);
  });
});

describe('the reason of an override', () => {
  it("is for the fund's own people, and a town sees that there is one", async () => {
    const { id, take } = await cover();
    await found(ENDED);
    const { employerMunicipalityId } = (await take(SAID)) as AssignmentView;
    const town = partnerUser({ partner: employerMunicipalityId } as Partnership);
    const seen = await app.rpc(getAssignment, { assignmentId: id }, town);
    expect(seen.eligibilityChecks.at(-1)?.override).toEqual({ reason: null, reference: null, by: officer.subject });
    expect(JSON.stringify(seen)).not.toContain(SAID.overrideReason);
  });
});
