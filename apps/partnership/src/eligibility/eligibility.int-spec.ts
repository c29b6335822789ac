import {
  activatePartnership,
  checkEligibility,
  endPartnership,
  evaluateEligibility,
  getEligibilityEvaluation,
  previewEligibility,
  recordAgreement,
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
      ruleSet: { key: 'fachkraeftefonds', version: 2, validFrom: '2024-01-01', validTo: null },
      rules: [
        { rule: 'active-link', verdict: 'MET', input: { status: 'ACTIVE', statusSince: '2014-05-01' } },
        {
          rule: 'agreement-in-force',
          verdict: 'MET',
          input: { kind: 'PARTNERSHIP', agreements: ['CHARTER from 2014-05-01 on'] },
        },
        {
          rule: 'german-side',
          verdict: 'MET',
          input: { acceptedMunicipalities: [tuebingenMoshi.participants[0]?.municipalityId] },
        },
        { rule: 'partner-country-dac', verdict: 'MET', input: { partnerCountries: ['TZ LDC'] } },
        { rule: 'partner-country-german-cooperation', verdict: 'NOT_APPLICABLE' },
        { rule: 'place-of-work', verdict: 'NOT_APPLICABLE' },
        { rule: 'employer', verdict: 'NOT_APPLICABLE' },
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

  it('ends with the agreement, though the partnership was activated while it held', async () => {
    const link = { german: await recordGerman(app, '05111000'), partner: await recordPartner(app, { country: 'GH' }) };
    const { id: partnershipId } = await propose(app, link);
    const agreement = { kind: 'CHARTER', signedOn: '2020-01-01', documentSha256: 'b'.repeat(64) } as const;
    const period = { from: '2020-01-01', to: '2027-01-01' };
    await app.rpc(recordAgreement, { partnershipId, ...agreement, period }, officer);
    await app.rpc(activatePartnership, { partnershipId, on: '2022-01-01' }, officer, { expectedVersion: 1 });
    const on = (day: string) => app.rpc(previewEligibility, { partnershipId, on: day }, officer);
    expect((await on('2026-12-31')).isEligible).toBe(true);
    const after = await on('2027-01-01');
    expect(after.isEligible).toBe(false);
    expect(after.rules.find(({ verdict }) => verdict === 'NOT_MET')).toMatchObject({
      rule: 'agreement-in-force',
      input: { agreements: ['CHARTER from 2020-01-01 until 2027-01-01'] },
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

describe('a check of partnerships that ask together', () => {
  let german: Awaited<ReturnType<typeof recordGerman>>;
  let lille: Awaited<ReturnType<typeof recordPartner>>;
  let accra: Awaited<ReturnType<typeof recordPartner>>;
  let link: Awaited<ReturnType<typeof activate>>;

  beforeAll(async () => {
    german = await recordGerman(app, '05913000');
    lille = await recordPartner(app, { country: 'FR', names: { official: 'Lille' } });
    accra = await recordPartner(app, { country: 'GH', names: { official: 'Accra' } });
    const participants = [german, lille, accra].map(({ id }) => ({ municipalityId: id }));
    link = await activate(app, { german, partner: accra }, { participants });
  });

  const asked = (placeOfWorkMunicipalityId: string, more: object = {}) => ({
    step: 'SELECTION' as const,
    partnershipIds: [tuebingenMoshi.id, link.id],
    placeOfWorkMunicipalityId,
    ...more,
  });

  it('evaluates each on its own account, with the step it decides', async () => {
    const check = await app.rpc(checkEligibility, asked(accra.id), officer);
    expect(check).toMatchObject({ step: 'SELECTION', on: TODAY, isEligible: true, unmet: [], override: null });
    expect(check.evaluations.map(({ partnershipId }) => partnershipId)).toEqual([tuebingenMoshi.id, link.id]);
    for (const { partnershipId, evaluationId } of check.evaluations) {
      const evidence = await app.rpc(getEligibilityEvaluation, { evaluationId }, officer);
      expect(evidence).toMatchObject({ partnershipId, step: 'SELECTION', isEligible: true, override: null });
      expect(verdicts(evidence)).toMatchObject({ 'place-of-work': 'MET', employer: 'NOT_APPLICABLE' });
    }
  });

  it.each([
    ['place of work', 'place-of-work', () => asked(lille.id)],
    ['employer', 'employer', () => asked(accra.id, { employerMunicipalityId: lille.id })],
  ])('refuses a %s whose own country is not on the list, once for all', async (_, rule, question) => {
    expect(await app.rpc(checkEligibility, question(), officer)).toMatchObject({
      isEligible: false,
      unmet: [{ rule, verdict: 'NOT_MET', facts: expect.stringContaining(`${lille.id} FR not listed`) as string }],
    });
  });

  it('refuses a place of work of the German side, and one that does not take part', async () => {
    const stranger = await recordPartner(app, { country: 'GH', names: { official: 'Kumasi' } });
    for (const { id } of [german, stranger]) {
      const { unmet } = await app.rpc(checkEligibility, asked(id), officer);
      expect(unmet).toMatchObject([
        { rule: 'place-of-work', facts: expect.stringContaining('takes no part on the partner side') as string },
      ]);
    }
  });

  it('names the partnership that fell away, with the status it saw', async () => {
    const ended = await activate(app, { german, partner: accra });
    await app.rpc(endPartnership, { partnershipId: ended.id }, officer, { expectedVersion: ended.version });
    const question = { ...asked(accra.id), partnershipIds: [link.id, ended.id] };
    expect((await app.rpc(checkEligibility, question, officer)).unmet).toMatchObject([
      {
        partnershipId: ended.id,
        rule: 'active-link',
        facts: `status ENDED, statusSince ${TODAY}, periodFrom 2014-01-01, acceptedStatuses ACTIVE`,
      },
    ]);
  });

  it('keeps who went on in spite of a rule, why, and on which document; only where a rule is not met', async () => {
    const override = { reason: 'BMZ agreed for this project.', reference: 'BMZ 123-4' };
    const check = await app.rpc(
      checkEligibility,
      asked(lille.id, { overrideReason: override.reason, overrideReference: override.reference }),
      officer,
    );
    expect(check).toMatchObject({ isEligible: false, override: { ...override, by: officer.subject } });
    for (const { evaluationId } of check.evaluations) {
      const evidence = await app.rpc(getEligibilityEvaluation, { evaluationId }, auditor);
      expect(evidence).toMatchObject({ isEligible: false, override: { ...override, by: officer.subject } });
    }
    expect(
      await app.rpc(checkEligibility, asked(accra.id, { overrideReason: override.reason }), officer),
    ).toMatchObject({
      isEligible: true,
      override: null,
    });
  });

  it('lets nobody but a programme officer override', async () => {
    const question = asked(lille.id, { overrideReason: 'I should like to.' });
    await expect(app.rpc(checkEligibility, question, caller('adviser'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    expect((await app.rpc(checkEligibility, asked(lille.id), caller('adviser'))).isEligible).toBe(false);
  });

  it('is not for municipalities themselves: they would learn of partnerships of others', async () => {
    const town = caller('municipality-de', { municipalityId: german.id });
    await expect(app.rpc(checkEligibility, asked(accra.id), town)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('does not know a partnership that there is not', async () => {
    const question = { ...asked(accra.id), partnershipIds: [link.id, '0192d4e0-0000-7000-8000-00000000dead'] };
    await expect(app.rpc(checkEligibility, question, officer)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});
