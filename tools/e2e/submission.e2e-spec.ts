import {
  activatePartnership,
  checkEligibility,
  createMunicipality,
  createPartnership,
  getEligibilityEvaluation,
  recordAgreement,
} from '#contracts/partnership';
import {
  createExpertRequest,
  type ExpertRequestView,
  expertRequestSubmitted,
  getExpertRequest,
  signExpertRequest,
  submitExpertRequest,
} from '#contracts/staffing';
import { caller, eventually, startTestFleet, type TestCaller, type TestFleet } from '#testing';
import { partnershipDataSource } from '../../apps/partnership/src/data-source';
import { PartnershipModule } from '../../apps/partnership/src/partnership.module';
import { staffingDataSource } from '../../apps/staffing/src/data-source';
import { StaffingModule } from '../../apps/staffing/src/staffing.module';

interface Tandem {
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly german: TestCaller;
  readonly partner: TestCaller;
}

const officer = caller('programme-officer');
let fleet: TestFleet;

beforeAll(async () => {
  fleet = await startTestFleet([
    { module: PartnershipModule, dataSource: partnershipDataSource },
    { module: StaffingModule, dataSource: staffingDataSource },
  ]);
}, 120_000);
afterAll(() => fleet.close());

/** An active partnership of a German city with a municipality abroad. */
async function tandem(officialKey: string, country: string): Promise<Tandem> {
  const german = await fleet.rpc(createMunicipality, { side: 'DE', officialKey }, officer);
  const abroad = {
    side: 'PARTNER',
    names: { official: `Partner ${country}` },
    country,
    kind: 'CITY',
    duplicateReason: 'a test of its own',
  } as const;
  const partner = await fleet.rpc(createMunicipality, abroad, officer);
  const { id: partnershipId, version } = await fleet.rpc(
    createPartnership,
    {
      kind: 'PARTNERSHIP',
      participants: [{ municipalityId: german.id }, { municipalityId: partner.id }],
      languages: ['en'],
      fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
      period: { from: '2014-01-01', to: null },
    },
    officer,
  );
  const charter = { kind: 'CHARTER', signedOn: '2014-05-01', documentSha256: 'a'.repeat(64), reference: '1' } as const;
  await fleet.rpc(recordAgreement, { partnershipId, ...charter }, officer);
  await fleet.rpc(activatePartnership, { partnershipId, on: '2014-05-01' }, officer, { expectedVersion: version });
  return {
    partnershipId,
    partnerId: partner.id,
    german: caller('municipality-de', { subject: `de-${officialKey}`, municipalityId: german.id }),
    partner: caller('municipality-partner', { subject: `abroad-${country}`, municipalityId: partner.id }),
  };
}

async function signed(
  { partnershipId, partnerId, german, partner }: Tandem,
  partnershipIds = [partnershipId],
): Promise<ExpertRequestView> {
  const content = {
    partnershipIds,
    title: 'Waste management',
    situation: 'Situation',
    goal: 'Goal',
    tasks: 'Tasks',
    fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
    desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
    placeOfWorkMunicipalityId: partnerId,
  };
  // Staffing hears of the partnership by a message; before it did, the request is refused as one of an unknown partnership.
  const draft = await eventually(() => fleet.rpc(createExpertRequest, content, german));
  const expertRequestId = draft.id;
  await fleet.rpc(signExpertRequest, { expertRequestId }, german, { expectedVersion: 1 });
  return fleet.rpc(signExpertRequest, { expertRequestId }, partner, { expectedVersion: 2 });
}

const submit = ({ id, version }: ExpertRequestView, as: TestCaller, idempotencyKey?: string) =>
  fleet.rpc(submitExpertRequest, { expertRequestId: id }, as, { expectedVersion: version, idempotencyKey });

describe('submitting an expert request', () => {
  it('stores the evaluation of the partnership as evidence and publishes it, once for one key', async () => {
    const pair = await tandem('08416041', 'TZ');
    const request = await signed(pair);
    const submitted = await submit(request, pair.german, 'one-key');
    expect(await submit(request, pair.german, 'one-key')).toEqual(submitted);
    expect(submitted).toMatchObject({ status: 'SUBMITTED', eligibility: [{ partnershipId: pair.partnershipId }] });
    const evaluationId = submitted.eligibility[0]?.evaluationId ?? '';
    const evidence = await fleet.rpc(getEligibilityEvaluation, { evaluationId }, officer);
    expect(evidence).toMatchObject({ partnershipId: pair.partnershipId, isEligible: true });
    await eventually(async () => {
      const published = await fleet.published(expertRequestSubmitted);
      expect(published.filter((data) => data.expertRequestId === request.id)).toEqual([
        {
          expertRequestId: request.id,
          partnershipIds: [pair.partnershipId],
          eligibilityEvaluationId: evaluationId,
          eligibilityEvaluationIds: [evaluationId],
        },
      ]);
    });
  }, 60_000);

  it('names the failing rules of a partnership that is not eligible, and leaves the draft as it was', async () => {
    const pair = await tandem('04011000', 'KR');
    const request = await signed(pair);
    await expect(submit(request, pair.partner)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
      details: { partnershipIds: [pair.partnershipId] },
      errors: [
        { pointer: '#/partnershipIds/0', detail: expect.stringContaining('partner-country-dac') as string },
        { pointer: '#/placeOfWorkMunicipalityId', detail: expect.stringContaining('KR not listed') as string },
      ],
    });
    const after = await fleet.rpc(getExpertRequest, { expertRequestId: request.id }, officer);
    expect(after).toMatchObject({ status: 'DRAFT', version: request.version, eligibility: [] });
  }, 60_000);

  it('is for any town of a shared request, but asking for others without one, or overriding, is not', async () => {
    const [one, other] = [await tandem('05315000', 'GH'), await tandem('05913000', 'TN')];
    const partnershipIds = [one.partnershipId, other.partnershipId];
    const draft = await signed(one, partnershipIds);
    await fleet.rpc(signExpertRequest, { expertRequestId: draft.id }, other.german, { expectedVersion: 3 });
    const request = await fleet.rpc(signExpertRequest, { expertRequestId: draft.id }, other.partner, {
      expectedVersion: 4,
    });
    const refused = { code: 'PLATFORM_ACTION_NOT_ALLOWED' };
    const question = { step: 'SUBMISSION' as const, partnershipIds, placeOfWorkMunicipalityId: one.partnerId };
    await expect(fleet.rpc(checkEligibility, question, one.german)).rejects.toMatchObject(refused);
    const overriding = { expertRequestId: request.id, overrideReason: 'We should like to.' };
    const override = fleet.rpc(submitExpertRequest, overriding, one.german, { expectedVersion: request.version });
    await expect(override).rejects.toMatchObject(refused);
    expect(await submit(request, one.german)).toMatchObject({
      status: 'SUBMITTED',
      eligibility: partnershipIds.map((partnershipId) => ({ partnershipId })),
    });
  }, 60_000);
});
