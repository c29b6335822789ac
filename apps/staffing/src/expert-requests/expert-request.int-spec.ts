import type { RequestInputOf } from '#contracts';
import {
  changeExpertRequest,
  createExpertRequest,
  expertRequestSelected,
  getExpertRequest,
  listExpertRequests,
  selectExpertRequest,
  signExpertRequest,
  submitExpertRequest,
  withdrawExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { eventually, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import type { Partnership } from '../factories/municipal.factory';
import { germanUser, knownPartnership, officer, partnerUser, requestIn } from '../factories/staffing.factory';
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

const draft = (its: Partnership = tandem) => app.rpc(createExpertRequest, content(its), germanUser(its));
const refusal = (code: string) => ({ code });

describe('starting an expert request', () => {
  it('is possible for both sides of the partnership', async () => {
    const made = await app.rpc(createExpertRequest, content(), partnerUser(tandem));
    expect(made).toMatchObject({ status: 'DRAFT', version: 1, preferredInstrument: null, signatures: [] });
  });

  it('is refused for a partnership that is not known here', async () => {
    const request = { ...content(), partnershipIds: [tandem.id, newId()] };
    await expect(app.rpc(createExpertRequest, request, germanUser(tandem))).rejects.toMatchObject(
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

  it('is asked for again after the revision of a returned request', async () => {
    const expertRequestId = await requestIn(app, 'RETURNED', { partnership: tandem });
    await app.database.query(`INSERT INTO expert_request_signature VALUES ($1, $2, 'DE', $3, 'somebody', now())`, [
      expertRequestId,
      tandem.id,
      tandem.german,
    ]);
    const revised = await app.rpc(changeExpertRequest, { expertRequestId, title: 'Water' }, germanUser(tandem), {
      expectedVersion: 1,
    });
    expect(revised).toMatchObject({ status: 'DRAFT', title: 'Water', signatures: [] });
  });
});

describe('submitting', () => {
  it('needs the signatures of both sides', async () => {
    const { id: expertRequestId } = await draft();
    await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
    const submission = app.rpc(submitExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 2 });
    await expect(submission).rejects.toMatchObject(refusal('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING'));
  });

  it('answers that the partnership service is away, and leaves the draft as it was', async () => {
    const { id: expertRequestId } = await draft();
    await app.rpc(signExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 1 });
    await app.rpc(signExpertRequest, { expertRequestId }, partnerUser(tandem), { expectedVersion: 2 });
    const submission = app.rpc(submitExpertRequest, { expertRequestId }, germanUser(tandem), { expectedVersion: 3 });
    await expect(submission).rejects.toMatchObject(refusal('PLATFORM_SERVICE_UNAVAILABLE'));
    expect(await app.rpc(getExpertRequest, { expertRequestId }, officer)).toMatchObject({
      status: 'DRAFT',
      version: 3,
    });
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
