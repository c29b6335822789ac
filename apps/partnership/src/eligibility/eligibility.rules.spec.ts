import { DatedRules, shippedRules } from '#rules';
import { type EligibilityFacts, evaluate, type ParticipantFacts } from './eligibility.rules';
import { ELIGIBILITY_RULE_FILE, ELIGIBILITY_RULES, type Phase, phaseOf } from './rule-set';

const rules = new DatedRules(ELIGIBILITY_RULES, shippedRules('partnership', ELIGIBILITY_RULE_FILE));
const shipped = ['2023-12-31', '2024-01-01'].map((day) => phaseOf(rules.inForceOn(day)));
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
const facts = (changes: Partial<EligibilityFacts> = {}): EligibilityFacts => ({
  on: '2027-01-01',
  status: 'ACTIVE',
  statusSince: '2014-05-01',
  period: null,
  participants: [german(), partner()],
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
        { rule: 'german-side', verdict: 'MET' },
        {
          rule: 'partner-country-dac',
          verdict: 'MET',
          input: { partnerCountries: ['TZ LDC'], list: 'DAC list 2024-2025' },
        },
        { rule: 'partner-country-german-cooperation', verdict: 'NOT_APPLICABLE' },
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

describe('eligibility in the phase FKPW', () => {
  it('asks for a partner country of German cooperation as well', () => {
    const participants = [german(), partner({ country: 'LK', dacGroup: 'LMIC', isGermanCooperationPartner: false })];
    const { isEligible, rules } = evaluate(phase('fkpw'), facts({ participants }));
    expect(isEligible).toBe(false);
    expect(rules.at(-1)).toMatchObject({ verdict: 'NOT_MET', input: { partnerCountries: ['LK not listed'] } });
    expect(evaluate(phase('fkpw'), facts()).isEligible).toBe(true);
  });
});

describe('the shipped rule sets', () => {
  it('do not overlap and name every rule with its source', () => {
    const [first, second] = shipped;
    expect(first?.validTo).toBe(second?.validFrom);
    for (const set of shipped) expect(set.rules).toHaveLength(4);
  });
});
