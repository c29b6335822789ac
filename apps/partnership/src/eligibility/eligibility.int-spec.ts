import {
  activatePartnership,
  evaluateEligibility,
  getEligibilityEvaluation,
  previewEligibility,
  suspendPartnership,
} from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import {
  activate,
  auditor,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
  TODAY,
} from '../../test/partnership.factory';

let app: TestService;
let tuebingenMoshi: Awaited<ReturnType<typeof activate>>;

beforeAll(async () => {
  app = await startPartnership();
  tuebingenMoshi = await activate(app, { german: await recordGerman(app), partner: await recordPartner(app) });
});
afterAll(() => app.close());

const verdicts = ({ rules }: { rules: { rule: string; verdict: string }[] }) =>
  Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]));

describe('the eligibility of a partnership', () => {
  it('is shown for today with every rule, its source and input', async () => {
    const preview = await app.rpc(previewEligibility, { partnershipId: tuebingenMoshi.id }, officer);
    expect(preview).toMatchObject({
      on: TODAY,
      isEligible: true,
      partnershipVersion: 2,
      ruleSet: { key: 'fachkraeftefonds', version: 1, validFrom: '2024-01-01', validTo: null },
      rules: [
        { rule: 'active-link', verdict: 'MET', input: { status: 'ACTIVE', statusSince: '2014-05-01' } },
        {
          rule: 'german-side',
          verdict: 'MET',
          input: { acceptedMunicipalities: [tuebingenMoshi.participants[0]?.municipalityId] },
        },
        { rule: 'partner-country-dac', verdict: 'MET', input: { partnerCountries: ['TZ LDC'] } },
        { rule: 'partner-country-german-cooperation', verdict: 'NOT_APPLICABLE' },
      ],
    });
    expect(preview.rules.every(({ source }) => source.length > 0)).toBe(true);
  });

  it('follows the status of the day, not of today', async () => {
    const link = { german: await recordGerman(app, '08118048'), partner: await recordPartner(app, { country: 'BF' }) };
    const { id } = await activate(app, link);
    await app.rpc(suspendPartnership, { partnershipId: id, on: '2025-01-01' }, officer, { expectedVersion: 2 });
    await app.rpc(activatePartnership, { partnershipId: id, on: '2026-01-01' }, officer, { expectedVersion: 3 });
    const on = async (day: string) =>
      (await app.rpc(previewEligibility, { partnershipId: id, on: day }, officer)).isEligible;
    expect(await on('2024-12-31')).toBe(true);
    expect(await on('2025-01-01')).toBe(false);
    expect(await on('2025-12-31')).toBe(false);
    expect(await on('2026-01-01')).toBe(true);
    expect(await on('2027-06-01')).toBe(true);
  });

  it('is refused for a proposed link and for a country outside the DAC list', async () => {
    const link = { german: await recordGerman(app, '05315000'), partner: await recordPartner(app, { country: 'FR' }) };
    const { id } = await propose(app, link);
    const preview = await app.rpc(previewEligibility, { partnershipId: id }, officer);
    expect(preview.isEligible).toBe(false);
    expect(verdicts(preview)).toMatchObject({
      'active-link': 'NOT_MET',
      'german-side': 'MET',
      'partner-country-dac': 'NOT_MET',
    });
  });

  it('uses the rules of the phase: in FKPW the partner country of German cooperation counts', async () => {
    const before = await app.rpc(previewEligibility, { partnershipId: tuebingenMoshi.id, on: '2023-06-01' }, officer);
    expect(before.ruleSet.key).toBe('fkpw');
    expect(verdicts(before)).toMatchObject({
      'partner-country-german-cooperation': 'MET',
      'partner-country-dac': 'UNDETERMINED',
    });
    expect(before.isEligible).toBe(false);
  });

  it('has no answer for a day without rules', async () => {
    await expect(
      app.rpc(previewEligibility, { partnershipId: tuebingenMoshi.id, on: '2010-01-01' }, officer),
    ).rejects.toMatchObject({
      code: 'PARTNERSHIP_ELIGIBILITY_RULES_MISSING',
    });
  });
});

describe('the evidence of an eligibility check', () => {
  it('keeps rules, inputs and verdicts, also negative ones', async () => {
    for (const [on, isEligible] of [
      ['2027-01-01', true],
      ['2023-01-01', false],
    ] as const) {
      const evidence = await app.rpc(evaluateEligibility, { partnershipId: tuebingenMoshi.id, on }, officer);
      expect(evidence).toMatchObject({ version: 1, on, isEligible, evaluatedBy: officer.subject });
      expect(await app.rpc(getEligibilityEvaluation, { evaluationId: evidence.id }, auditor)).toEqual(evidence);
    }
  });

  it('stays as it was when the partnership changes', async () => {
    const link = { german: await recordGerman(app, '05122000'), partner: await recordPartner(app, { country: 'SN' }) };
    const { id, version } = await activate(app, link);
    const evidence = await app.rpc(evaluateEligibility, { partnershipId: id }, officer);
    await app.rpc(suspendPartnership, { partnershipId: id }, officer, { expectedVersion: version });
    expect((await app.rpc(previewEligibility, { partnershipId: id }, officer)).isEligible).toBe(false);
    expect(await app.rpc(getEligibilityEvaluation, { evaluationId: evidence.id }, officer)).toEqual(evidence);
  });

  it('cannot be altered by the service', async () => {
    await expect(app.database.query('UPDATE eligibility_evaluation SET is_eligible = true')).rejects.toThrow(
      'permission denied',
    );
    await expect(app.database.query('DELETE FROM eligibility_evaluation')).rejects.toThrow('permission denied');
  });

  it('is made and read by the municipalities of the partnership, and hidden from others', async () => {
    const [german, partner] = tuebingenMoshi.participants;
    const users = [
      caller('municipality-de', { municipalityId: german?.municipalityId ?? '' }),
      caller('municipality-partner', { municipalityId: partner?.municipalityId ?? '' }),
    ];
    for (const user of users) {
      const evidence = await app.rpc(evaluateEligibility, { partnershipId: tuebingenMoshi.id }, user);
      expect(await app.rpc(getEligibilityEvaluation, { evaluationId: evidence.id }, user)).toEqual(evidence);
      const stranger = caller('municipality-de', { municipalityId: '0192d4e0-0000-7000-8000-00000000dead' });
      await expect(app.rpc(getEligibilityEvaluation, { evaluationId: evidence.id }, stranger)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
      for (const operation of [evaluateEligibility, previewEligibility]) {
        await expect(app.rpc(operation, { partnershipId: tuebingenMoshi.id }, stranger)).rejects.toMatchObject({
          code: 'PLATFORM_RESOURCE_NOT_FOUND',
        });
      }
    }
    await expect(app.rpc(evaluateEligibility, { partnershipId: tuebingenMoshi.id }, auditor)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
