import { DatedRules, shippedRules } from '#rules';
import { type EligibilityFacts, evaluate, type ParticipantFacts, type WorkplaceFacts } from './eligibility.rules';
import { ELIGIBILITY_RULE_FILE, ELIGIBILITY_RULES, type Phase, phaseOf } from './rule-set';

const rules = new DatedRules(ELIGIBILITY_RULES, shippedRules('partnership', ELIGIBILITY_RULE_FILE));
const shipped = ['2023-12-31', '2026-11-27'].map((day) => phaseOf(rules.inForceOn(day)));
const phase = (key: string): Phase => shipped.find((set) => set.key === key) ?? fail(key);

function fail(key: string): never {
  throw new Error(`no rule set ${key}`);
}

const german = (changes: Partial<ParticipantFacts> = {}): ParticipantFacts => ({
  municipalityId: 'tuebingen',
  side: 'DE',
  kind: 'CITY',
  country: 'DE',
  dacGroup: null,
  isGermanCooperationPartner: false,
  partnershipCount: 1,
  ...changes,
});
const partner = (changes: Partial<ParticipantFacts> = {}): ParticipantFacts => ({
  municipalityId: 'moshi',
  side: 'PARTNER',
  kind: 'CITY',
  country: 'TZ',
  dacGroup: 'LDC',
  isGermanCooperationPartner: true,
  partnershipCount: 1,
  ...changes,
});
const workplace = (country: string, changes: Partial<WorkplaceFacts['participant'] & object> = {}): WorkplaceFacts => ({
  municipalityId: `in ${country}`,
  participant: { country, dacGroup: 'LDC', isGermanCooperationPartner: true, ...changes },
});
const charter = { kind: 'CHARTER', validFrom: '2014-05-01', validTo: null };
const facts = (changes: Partial<EligibilityFacts> = {}): EligibilityFacts => ({
  on: '2027-01-01',
  kind: 'PARTNERSHIP',
  status: 'ACTIVE',
  statusSince: '2014-05-01',
  period: null,
  agreements: [charter],
  participants: [german(), partner()],
  placeOfWork: null,
  employer: null,
  dacListSource: 'DAC list 2024-2025',
  germanCooperationListSource: 'BMZ 2030',
  ...changes,
});

describe('eligibility in the phase Fachkräftefonds', () => {
  const check = (changes: Partial<EligibilityFacts> = {}) => evaluate(phase('fachkraeftefonds'), facts(changes));
  const verdict = (changes: Partial<EligibilityFacts>, rule: string) =>
    check(changes).rules.find((it) => it.rule === rule)?.verdict;

  it('is given for an active link of a city with a municipality in a DAC country', () => {
    expect(check()).toMatchObject({
      isEligible: true,
      rules: [
        { rule: 'active-link', verdict: 'MET' },
        { rule: 'agreement-in-force', verdict: 'MET' },
        { rule: 'german-side', verdict: 'MET' },
        {
          rule: 'partner-country-dac',
          verdict: 'MET',
          input: { partnerCountries: ['TZ LDC'], list: 'DAC list 2024-2025' },
        },
        { rule: 'partner-country-german-cooperation', verdict: 'NOT_APPLICABLE' },
        { rule: 'place-of-work', verdict: 'NOT_APPLICABLE' },
        { rule: 'employer', verdict: 'NOT_APPLICABLE' },
      ],
    });
  });

  it.each(['PROPOSED', 'DORMANT', 'ENDED', null] as const)('is refused for a link that is %s on the day', (status) => {
    expect(verdict({ status }, 'active-link')).toBe('NOT_MET');
    expect(check({ status }).isEligible).toBe(false);
  });

  it('counts the first day of the period and not the last', () => {
    const period = { from: '2027-01-01', to: '2028-01-01' };
    expect(verdict({ period, on: '2026-12-31' }, 'active-link')).toBe('NOT_MET');
    expect(verdict({ period, on: '2027-01-01' }, 'active-link')).toBe('MET');
    expect(verdict({ period, on: '2027-12-31' }, 'active-link')).toBe('MET');
    expect(verdict({ period, on: '2028-01-01' }, 'active-link')).toBe('NOT_MET');
  });

  it.each([
    ['ran out before the day', { ...charter, validTo: '2027-01-01' }],
    ['is not in force yet', { ...charter, validFrom: '2027-01-02' }],
    ['is a council resolution only', { ...charter, kind: 'COUNCIL_RESOLUTION' }],
  ])('is refused when the only agreement %s', (_, agreement) => {
    expect(verdict({ agreements: [agreement] }, 'agreement-in-force')).toBe('NOT_MET');
    expect(check({ agreements: [agreement] }).isEligible).toBe(false);
    expect(verdict({ agreements: [agreement, charter] }, 'agreement-in-force')).toBe('MET');
  });

  it('names the agreements it looked at, the latest ones', () => {
    const past = Array.from({ length: 12 }, (_, index) => ({ ...charter, validTo: `${2015 + index}-01-01` }));
    const outcome = check({ agreements: past }).rules.find(({ rule }) => rule === 'agreement-in-force');
    expect(outcome?.input.agreements).toHaveLength(10);
    expect(outcome?.input.agreements?.at(-1)).toBe('CHARTER from 2014-05-01 until 2026-01-01');
  });

  it('asks a contact for no agreement', () => {
    expect(verdict({ kind: 'CONTACT', agreements: [] }, 'agreement-in-force')).toBe('NOT_APPLICABLE');
    expect(check({ kind: 'CONTACT', agreements: [] }).isEligible).toBe(true);
  });

  describe.each([
    ['place-of-work', 'placeOfWork'],
    ['employer', 'employer'],
  ] as const)('with a %s', (rule, named) => {
    const both = [german(), partner({ country: 'FR', dacGroup: null }), partner({ country: 'GH' })];
    const inCountry = (country: string, changes = {}) =>
      check({ participants: both, [named]: workplace(country, changes) });
    const outcome = (it: ReturnType<typeof check>) => it.rules.find((each) => each.rule === rule);

    it('is given when its own country is on the DAC list', () => {
      expect(inCountry('GH')).toMatchObject({ isEligible: true });
      expect(outcome(inCountry('GH'))).toMatchObject({ verdict: 'MET', input: { municipality: 'in GH GH listed' } });
    });

    it('is refused when only another partner is in a country on the list', () => {
      expect(inCountry('FR', { dacGroup: null }).isEligible).toBe(false);
      expect(outcome(inCountry('FR', { dacGroup: null }))).toMatchObject({
        verdict: 'NOT_MET',
        input: { municipality: 'in FR FR not listed', lists: ['DAC list 2024-2025'] },
      });
    });

    it('is refused when it takes no part on the partner side', () => {
      const stranger = { municipalityId: 'elsewhere', participant: null };
      expect(outcome(check({ [named]: stranger }))).toMatchObject({
        verdict: 'NOT_MET',
        input: { municipality: 'elsewhere takes no part on the partner side' },
      });
    });

    it('is not given when the list of that day is not known', () => {
      expect(verdict({ [named]: workplace('GH'), dacListSource: null }, rule)).toBe('UNDETERMINED');
    });
  });

  it('takes a German association only with a partner association or several partnerships', () => {
    const association = german({ kind: 'ASSOCIATION' });
    expect(verdict({ participants: [association, partner()] }, 'german-side')).toBe('NOT_MET');
    expect(verdict({ participants: [association, partner({ kind: 'ASSOCIATION' })] }, 'german-side')).toBe('MET');
    expect(
      verdict({ participants: [german({ kind: 'ASSOCIATION', partnershipCount: 2 }), partner()] }, 'german-side'),
    ).toBe('MET');
  });

  it('is refused when no partner country is on the DAC list', () => {
    const participants = [german(), partner({ country: 'FR', dacGroup: null })];
    expect(verdict({ participants }, 'partner-country-dac')).toBe('NOT_MET');
  });

  it('is given when one of several partner countries is on the DAC list', () => {
    const participants = [german(), partner({ country: 'FR', dacGroup: null }), partner()];
    expect(verdict({ participants }, 'partner-country-dac')).toBe('MET');
  });

  it('is not given when the list of that day is not known', () => {
    expect(verdict({ dacListSource: null }, 'partner-country-dac')).toBe('UNDETERMINED');
    expect(check({ dacListSource: null }).isEligible).toBe(false);
  });
});

describe('a change of the rules', () => {
  it('is a new row with its own first day: the days before keep the version and the rules they had', () => {
    const told = ['2024-01-01', '2026-11-26', '2026-11-27'].map((day) => {
      const { key, version, rules: asked } = phaseOf(rules.inForceOn(day));
      const agreement = evaluate({ rules: asked }, facts({ agreements: [] })).rules;
      return [key, version, agreement.find(({ rule }) => rule === 'agreement-in-force')?.verdict];
    });
    expect(told).toEqual([
      ['fachkraeftefonds', 1, 'NOT_APPLICABLE'],
      ['fachkraeftefonds', 1, 'NOT_APPLICABLE'],
      ['fachkraeftefonds', 2, 'NOT_MET'],
    ]);
  });
});

describe('eligibility in the phase FKPW', () => {
  it('asks for a partner country of German cooperation as well', () => {
    const participants = [german(), partner({ country: 'LK', dacGroup: 'LMIC', isGermanCooperationPartner: false })];
    const { isEligible, rules } = evaluate(phase('fkpw'), facts({ participants }));
    expect(isEligible).toBe(false);
    expect(rules.find(({ rule }) => rule === 'partner-country-german-cooperation')).toMatchObject({
      verdict: 'NOT_MET',
      input: { partnerCountries: ['LK not listed'] },
    });
    expect(evaluate(phase('fkpw'), facts()).isEligible).toBe(true);
  });

  it('asks it of the place of work, too, and not for the agreement', () => {
    const placeOfWork = workplace('LK', { dacGroup: 'LMIC', isGermanCooperationPartner: false });
    const { rules } = evaluate(phase('fkpw'), facts({ placeOfWork, agreements: [] }));
    const verdicts = Object.fromEntries(rules.map(({ rule, verdict }) => [rule, verdict]));
    expect(verdicts).toMatchObject({ 'place-of-work': 'NOT_MET', 'agreement-in-force': 'NOT_APPLICABLE' });
  });
});

describe('the shipped rule sets', () => {
  it('do not overlap and name every rule with its source', () => {
    const [first, second] = shipped;
    expect(first?.validTo).toBe(second?.validFrom);
    for (const set of shipped) expect(set.rules).toHaveLength(7);
  });
});
