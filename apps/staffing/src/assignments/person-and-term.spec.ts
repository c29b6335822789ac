import { addDays, AppError } from '#contracts';
import type { PersonFacts } from '../experts/person-facts.reader';
import { type InstrumentRule, refuseTerm, unmetByPerson } from './person-and-term';

const INTEGRATED: InstrumentRule = {
  monthsMin: 24,
  monthsMax: 48,
  ageMin: null,
  citizenshipGroups: ['EU', 'EFTA'],
  isLocal: false,
};
const DEVELOPMENT: InstrumentRule = {
  monthsMin: 12,
  monthsMax: 48,
  ageMin: 18,
  citizenshipGroups: ['EU'],
  isLocal: false,
};
const LOCAL: InstrumentRule = { monthsMin: 1, monthsMax: 24, ageMin: null, citizenshipGroups: [], isLocal: true };

const german: PersonFacts = { citizenships: ['DE'], residenceCountry: 'DE', birthDate: '1990-05-05', unverified: [] };
const place = { groupCountries: ['DE', 'FR', 'NO'], countryOfWork: 'TZ', on: '2027-01-01' };

describe('the term of an instrument', () => {
  it.each([
    ['2027-01-01', '2028-01-01'],
    ['2027-01-01', '2031-01-01'],
    ['2028-02-29', '2029-03-01'],
    ['2028-02-29', '2032-02-29'],
    ['2027-01-31', '2031-01-31'],
  ])('takes a development worker from %s to %s', (from, to) => {
    expect(() => {
      refuseTerm(DEVELOPMENT, { from, to }, '#/period/to');
    }).not.toThrow();
  });

  it.each([
    ['2027-01-01', '2027-12-31'],
    ['2027-01-01', '2031-01-02'],
    ['2028-02-29', '2029-02-28'],
    ['2028-02-29', '2032-03-01'],
  ])('refuses a development worker from %s to %s', (from, to) => {
    expect(() => {
      refuseTerm(DEVELOPMENT, { from, to }, '#/period/to');
    }).toThrow('STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED');
  });
});

describe('a local expert of at most 24 months', () => {
  it.each([
    ['2027-02-28', '2029-02-28'],
    ['2027-01-31', '2029-01-31'],
    ['2028-02-29', '2030-03-01'],
  ])('serves from %s to %s and no day longer', (from, to) => {
    expect(() => {
      refuseTerm(LOCAL, { from, to }, '#/period/to');
    }).not.toThrow();
    expect(
      refusal(() => {
        refuseTerm(LOCAL, { from, to: addDays(to, 1) }, '#/to');
      }),
    ).toMatchObject({
      code: 'STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED',
      details: { latestEnd: to },
      errors: [{ pointer: '#/to' }],
    });
  });
});

describe('the person for an instrument', () => {
  it('may be a German for the integrated expert and the development worker', () => {
    expect(unmetByPerson(INTEGRATED, german, place)).toEqual([]);
    expect(unmetByPerson(DEVELOPMENT, german, place)).toEqual([]);
  });

  it('may be any of several citizenships', () => {
    expect(unmetByPerson(INTEGRATED, { ...german, citizenships: ['BR', 'NO'] }, place)).toEqual([]);
  });

  it.each([
    ['a citizen outside the groups', INTEGRATED, { ...german, citizenships: ['BR'] }, 'CITIZEN_OF_EU_OR_EFTA'],
    ['of a citizenship that nobody verified', INTEGRATED, { ...german, citizenships: [] }, 'CITIZEN_OF_EU_OR_EFTA'],
    ['a minor as development worker', DEVELOPMENT, { ...german, birthDate: '2009-01-02' }, 'AGE_AT_LEAST_18'],
    ['a person of unknown age', DEVELOPMENT, { ...german, birthDate: null }, 'AGE_AT_LEAST_18'],
    ['a foreigner as local expert', LOCAL, german, 'NATIONAL_OR_RESIDENT_OF_COUNTRY_OF_WORK'],
  ])('is not %s', (_, rule, person, unmet) => {
    expect(unmetByPerson(rule, person, place)).toEqual([unmet]);
  });

  it.each([[{ ...german, citizenships: ['TZ'] }], [{ ...german, residenceCountry: 'TZ' }]])(
    'may be a national or a resident as local expert',
    (person) => {
      expect(unmetByPerson(LOCAL, person, place)).toEqual([]);
    },
  );
});

function refusal(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.toReply();
    throw error;
  }
  return undefined;
}
