import { type AppError, operationId, type RequestInputOf } from '#contracts';
import {
  changeExpertRequest,
  checkExpertRequest,
  createExpertRequest,
  EXPERT_REQUEST_STATUSES,
  expertRequestSelected,
  type ExpertRequestView,
  getExpertRequest,
  listExpertRequestActions,
  listExpertRequests,
  listStaffingAuditRecords,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
  withdrawExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, eventually, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import type { Partnership } from '../factories/municipal.factory';
import { adviser, germanUser, knownPartnership, officer, partnerUser, requestIn } from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;
let tandem: Partnership;

beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  tandem = await knownPartnership(app);
}, 60_000);
afterAll(() => app.close());

function content(its: Partnership = tandem): RequestInputOf<typeof createExpertRequest> {
  return {
    partnershipIds: [its.id],
    title: 'Waste management for Moshi',
    situation: 'Collection reaches half of the wards.',
    goal: 'Collection reaches all wards.',
    tasks: 'Advise the department.',
    fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
    desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
    placeOfWorkMunicipalityId: its.partner,
  };
}

/** The way to SUBMITTED needs the partnership service; it is walked in tools/e2e. */
const submitted = (expertRequestId: string) =>
  app.database.query(
    `UPDATE expert_request SET status = 'SUBMITTED', submitted_at = now(), eligibility = $2 WHERE id = $1`,
    [expertRequestId, JSON.stringify([{ partnershipId: tandem.id, evaluationId: newId() }])],
  );
const draft = (its: Partnership = tandem) => app.rpc(createExpertRequest, content(its), germanUser(its));
const refusal = (code: string) => ({ code });

describe('starting an expert request', () => {
  it('is possible for both sides of the partnership', async () => {
    const made = await app.rpc(createExpertRequest, content(), partnerUser(tandem));
    expect(made).toMatchObject({ status: 'DRAFT', version: 1, preferredInstrument: null, signatures: [] });
  });

  it("is refused to the fund's own people for a partnership that is not known here", async () => {
    const request = { ...content(), partnershipIds: [tandem.id, newId()] };
    await expect(app.rpc(createExpertRequest, request, officer)).rejects.toMatchObject(
      refusal('STAFFING_PARTNERSHIP_NOT_KNOWN'),
    );
  });

  it('is refused to strangers as if the partnership did not exist', async () => {
    const stranger = germanUser(await knownPartnership(app));
    await expect(app.rpc(createExpertRequest, content(), stranger)).rejects.toMatchObject(
      refusal('PLATFORM_RESOURCE_NOT_FOUND'),
    );
  });

  it('needs a place of work on the partner side', async () => {
    const request = { ...content(), placeOfWorkMunicipalityId: tandem.german };
    await expect(app.rpc(createExpertRequest, request, germanUser(tandem))).rejects.toMatchObject(
      refusal('STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING'),
    );
  });

  it('takes an id of the client, once', async () => {
    const request = { ...content(), id: newId() };
    await app.rpc(createExpertRequest, request, germanUser(tandem));
    await expect(app.rpc(createExpertRequest, request, germanUser(tandem))).rejects.toMatchObject(
      refusal('PLATFORM_RESOURCE_EXISTS'),
    );
  });
});

describe('what a municipality sees', () => {
  it('is its own requests only, single and in the list', async () => {
    const made = await draft();
    const other = await knownPartnership(app);
    const foreign = await draft(other);
    const { items } = await app.rpc(listExpertRequests, { limit: 200 }, partnerUser(tandem));
    expect(items.map((item) => item.id)).toContain(made.id);
    expect(items.map((item) => item.id)).not.toContain(foreign.id);
    const read = app.rpc(getExpertRequest, { expertRequestId: foreign.id }, partnerUser(tandem));
    await expect(read).rejects.toMatchObject(refusal('PLATFORM_RESOURCE_NOT_FOUND'));
  });

  it('does not tell a stranger by the version that a request exists', async () => {
    const foreign = await draft(await knownPartnership(app));
    const withdrawal = app.rpc(withdrawExpertRequest, { expertRequestId: foreign.id }, germanUser(tandem), {
      expectedVersion: 99,
    });
    await expect(withdrawal).rejects.toMatchObject(refusal('PLATFORM_RESOURCE_NOT_FOUND'));
  });
});

describe('naming the partnerships of others', () => {
  const named = (others: string[], placeOfWorkMunicipalityId = tandem.partner) => ({
    ...content(),
    partnershipIds: [tandem.id, ...others],
    placeOfWorkMunicipalityId,
  });

  it('is answered alike, whether there are such partnerships and municipalities or not', async () => {
    const foreign = await knownPartnership(app);
    const outcomes = async (others: string[], place?: string) => {
      try {
        const made = await app.rpc(createExpertRequest, named(others, place), germanUser(tandem));
        return { status: made.status, isInvited: made.invitedPartnershipIds.join() === others.join() };
      } catch (error) {
        return { code: (error as AppError).code, details: (error as AppError).details };
      }
    };
    expect(await outcomes([foreign.id])).toEqual({ status: 'DRAFT', isInvited: true });
    expect(await outcomes([foreign.id])).toEqual(await outcomes([newId()]));
    for (const place of [foreign.partner, foreign.german, newId()]) {
      expect(await outcomes([foreign.id], place)).toEqual({ status: 'DRAFT', isInvited: true });
      expect(await outcomes([newId()], place)).toEqual({ status: 'DRAFT', isInvited: true });
      expect(await outcomes([], place)).toMatchObject({
        code: 'STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING',
      });
    }
    const alone = (id: string) =>
      app.rpc(createExpertRequest, { ...content(), partnershipIds: [id] }, germanUser(tandem));
    for (const id of [foreign.id, newId()])
      await expect(alone(id)).rejects.toMatchObject(refusal('PLATFORM_RESOURCE_NOT_FOUND'));
  });

  it('is answered alike in a change, and keeps who has joined', async () => {
    const [joined, foreign] = [await knownPartnership(app), await knownPartnership(app)];
    const { id: expertRequestId } = await app.rpc(createExpertRequest, named([joined.id]), officer);
    const change = (partnershipIds: string[], expectedVersion: number) =>
      app.rpc(changeExpertRequest, { expertRequestId, partnershipIds }, germanUser(tandem), { expectedVersion });
    const unknown = newId();
    expect((await change([tandem.id, joined.id, foreign.id], 1)).invitedPartnershipIds).toEqual([foreign.id]);
    expect((await change([tandem.id, joined.id, unknown], 2)).invitedPartnershipIds).toEqual([unknown]);
    expect((await change([tandem.id], 3)).invitedPartnershipIds).toEqual([]);
    expect((await change([tandem.id, joined.id], 4)).invitedPartnershipIds).toEqual([joined.id]);
  });

  it('invites them: they read and sign, and it is among their own from then on', async () => {
    const invited = await knownPartnership(app);
    const { id: expertRequestId } = await app.rpc(createExpertRequest, named([invited.id]), germanUser(tandem));
    const town = germanUser(invited);
    const listed = async () => (await app.rpc(listExpertRequests, { limit: 200 }, town)).items.map(({ id }) => id);
    expect((await app.rpc(getExpertRequest, { expertRequestId }, town)).invitedPartnershipIds).toEqual([invited.id]);
    expect(await listed()).toEqual([]);
    const { items } = await app.rpc(listExpertRequestActions, { expertRequestId }, town);
    expect(items.filter(({ isPossible }) => isPossible).map(({ operation }) => operation)).toEqual([
      'expert-request_sign',
    ]);
    for (const [operation, request] of [
      [withdrawExpertRequest, { expertRequestId }],
      [changeExpertRequest, { expertRequestId, title: 'Ours' }],
      [submitExpertRequest, { expertRequestId }],
    ] as const) {
      const told = items.find((it) => it.operation === operationId(operation))?.refusal;
      const done = app.rpc(operation, request, town, { expectedVersion: 1 });
      await expect(done).rejects.toMatchObject(refusal('PLATFORM_RESOURCE_NOT_FOUND'));
      expect(told?.code).toBe('PLATFORM_RESOURCE_NOT_FOUND');
    }
    const signed = await app.rpc(signExpertRequest, { expertRequestId }, town, { expectedVersion: 1 });
    expect(signed).toMatchObject({
      invitedPartnershipIds: [],
      signatures: [{ partnershipId: invited.id, side: 'DE' }],
    });
    expect(await listed()).toEqual([expertRequestId]);
    await app.rpc(withdrawExpertRequest, { expertRequestId }, partnerUser(invited), { expectedVersion: 2 });
  });

  it('shows nothing of it to anybody else', async () => {
    const [invited, stranger] = [await knownPartnership(app), await knownPartnership(app)];
    const { id: expertRequestId } = await app.rpc(createExpertRequest, named([invited.id]), germanUser(tandem));
    for (const attempt of [
      () => app.rpc(getExpertRequest, { expertRequestId }, germanUser(stranger)),
      () => app.rpc(listExpertRequestActions, { expertRequestId }, germanUser(stranger)),
      () => app.rpc(signExpertRequest, { expertRequestId }, germanUser(stranger), { expectedVersion: 1 }),
    ])
      await expect(attempt()).rejects.toMatchObject(refusal('PLATFORM_RESOURCE_NOT_FOUND'));
  });

  it('does not submit for those who have not signed', async () => {
    for (const other of [(await knownPartnership(app)).id, newId()]) {
      const { id: expertRequestId } = await app.rpc(createExpertRequest, named([other]), germanUser(tandem));
      await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
      await app.rpc(signExpertRequest, { expertRequestId }, partnerUser(tandem), { expectedVersion: 2 });
      const submitted = app.rpc(submitExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 3 });
      await expect(submitted).rejects.toMatchObject({
        code: 'STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING',
        details: { missing: [`${other} DE`, `${other} PARTNER`] },
      });
    }
  });
});

describe('signing', () => {
  it('is done once per side, and ends the changes', async () => {
    const made = await draft();
    const expertRequestId = made.id;
    const signed = await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
    expect(signed.signatures).toMatchObject([{ side: 'DE', municipalityId: tandem.german }]);
    const again = app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 2 });
    await expect(again).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED'));
    const change = app.rpc(changeExpertRequest, { expertRequestId, title: 'Water' }, partnerUser(tandem), {
      expectedVersion: 2,
    });
    await expect(change).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED'));
  });

  it('is refused on the other side', async () => {
    const made = await draft();
    const wrongSide = { ...partnerUser(tandem), roles: ['municipality-de'] as const };
    const signature = app.rpc(signExpertRequest, { expertRequestId: made.id }, wrongSide, { expectedVersion: 1 });
    await expect(signature).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN'));
  });

  it('is asked for again of both sides after the revision of a returned request, who see what was changed and why', async () => {
    const { id: expertRequestId } = await draft();
    await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
    await app.rpc(signExpertRequest, { expertRequestId }, partnerUser(tandem), { expectedVersion: 2 });
    await submitted(expertRequestId);
    const check = { expertRequestId, outcome: 'RETURNED' as const, reason: 'The title says nothing.' };
    await app.rpc(checkExpertRequest, check, adviser, { expectedVersion: 3 });
    const revision = { expertRequestId, title: 'Water', desiredPeriod: { from: '2027-02-01', to: '2029-01-01' } };
    const revised = await app.rpc(changeExpertRequest, revision, germanUser(tandem), { expectedVersion: 4 });
    expect(revised).toMatchObject({ status: 'DRAFT', version: 5, title: 'Water', signatures: [] });
    const reason = 'The wards are named, too.';
    await app.rpc(changeExpertRequest, { expertRequestId, tasks: 'Advise on water.', reason }, partnerUser(tandem), {
      expectedVersion: 5,
    });
    const seen = await app.rpc(getExpertRequest, { expertRequestId }, partnerUser(tandem));
    expect(revised.correction?.reason).toBe(check.reason);
    expect(seen.correction).toMatchObject({
      reason,
      before: {
        title: 'Waste management for Moshi',
        tasks: 'Advise the department.',
        desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
      },
    });
    expect(Object.keys(seen.correction?.before ?? {})).toHaveLength(3);
    await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 6 });
    // What one side has signed is what the other one signs.
    const later = app.rpc(changeExpertRequest, { expertRequestId, title: 'Fire' }, partnerUser(tandem), {
      expectedVersion: 7,
    });
    await expect(later).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED'));
    const [record] = (
      await app.rpc(
        listStaffingAuditRecords,
        { objectId: expertRequestId, act: 'rpc.staffing.expert-request.change', limit: 1 },
        caller('auditor'),
      )
    ).items;
    expect(record).toMatchObject({ actor: partnerUser(tandem).subject, objectVersion: 6, why: reason });
  });
});

describe('a request that waits', () => {
  const waits = ({ waitingFor }: Pick<ExpertRequestView, 'waitingFor'>) =>
    waitingFor.map(({ act, by }) => `${act} ${by}`);
  const listed = async (query: Partial<RequestInputOf<typeof listExpertRequests>>, as = officer) =>
    (await app.rpc(listExpertRequests, { ...query, partnershipId: its.id }, as)).items.map(({ id }) => id);
  let its: Partnership;
  beforeAll(async () => {
    its = await knownPartnership(app);
  });

  it('says to both sides and the fund whose act comes next and since when, and is found by it', async () => {
    const { id: expertRequestId, waitingFor, createdAt } = await draft(its);
    expect(waitingFor).toEqual(
      (['DE', 'PARTNER'] as const).map((by) => ({ act: 'SIGNATURE', by, partnershipId: its.id, since: createdAt })),
    );
    const signed = await app.rpc(signExpertRequest, { expertRequestId }, germanUser(its), { expectedVersion: 1 });
    const since = signed.signatures[0]?.signedAt ?? '';
    for (const reader of [germanUser(its), partnerUser(its), officer]) {
      const seen = await app.rpc(getExpertRequest, { expertRequestId }, reader);
      expect(seen.waitingFor).toEqual([{ act: 'SIGNATURE', by: 'PARTNER', partnershipId: its.id, since }]);
    }
    const found = {
      PARTNER: await listed({ waitingFor: ['PARTNER'] }),
      DE: await listed({ waitingFor: ['DE', 'FUND', 'APPLICANTS'] }),
      before: await listed({ waitingFor: ['PARTNER'], waitingSinceBefore: since }),
      after: await listed({
        waitingSinceBefore: new Date(Date.parse(since) + 1).toISOString(),
        sort: ['waitingSince'],
      }),
    };
    expect(found).toEqual({ PARTNER: [expertRequestId], DE: [], before: [], after: [expertRequestId] });
    const complete = await app.rpc(signExpertRequest, { expertRequestId }, partnerUser(its), { expectedVersion: 2 });
    expect(waits(complete)).toEqual(['SUBMISSION APPLICANTS']);
    expect(await listed({ waitingFor: ['APPLICANTS'] }, partnerUser(its))).toEqual([expertRequestId]);
  });

  it.each(EXPERT_REQUEST_STATUSES.filter((status) => status !== 'DRAFT'))(
    'in %s is found by whom it names, and by nobody else',
    async (status) => {
      const instrument = 'LOCAL_EXPERT';
      const id = await requestIn(app, status, { partnership: its, instrument });
      const { waitingFor } = await app.rpc(getExpertRequest, { expertRequestId: id }, officer);
      for (const by of ['DE', 'PARTNER', 'APPLICANTS', 'FUND'] as const) {
        const found = (await listed({ waitingFor: [by] })).includes(id);
        expect({ by, found }).toEqual({ by, found: waitingFor.some((it) => it.by === by) });
      }
      const isOpen = (await listed({ waitingSinceBefore: '2100-01-01T00:00:00Z' })).includes(id);
      expect(isOpen).toBe(waitingFor.length > 0);
    },
  );
});

describe('submitting', () => {
  it('needs the signatures of both sides', async () => {
    const { id: expertRequestId } = await draft();
    await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
    const submission = app.rpc(submitExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 2 });
    await expect(submission).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING'));
  });
});

describe('the decision of the panel', () => {
  it('publishes the selection with its instrument, once for one idempotency key', async () => {
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    const request = { expertRequestId, outcome: 'SELECTED' as const };
    const options = { expectedVersion: 1, idempotencyKey: newId() };
    await app.rpc(selectExpertRequest, request, officer, options);
    await app.rpc(selectExpertRequest, request, officer, options);
    await eventually(async () => {
      const published = await app.published(expertRequestSelected);
      expect(published.filter((data) => data.expertRequestId === expertRequestId)).toEqual([
        { expertRequestId, partnershipIds: [tandem.id], instrument: 'LOCAL_EXPERT' },
      ]);
    });
  });

  it('is not taken on a stale version', async () => {
    const expertRequestId = await requestIn(app, 'RECOMMENDED', { partnership: tandem, instrument: 'LOCAL_EXPERT' });
    const stale = app.rpc(selectExpertRequest, { expertRequestId, outcome: 'DECLINED' }, officer, {
      expectedVersion: 7,
    });
    await expect(stale).rejects.toMatchObject(refusal('PLATFORM_VERSION_STALE'));
  });
});
