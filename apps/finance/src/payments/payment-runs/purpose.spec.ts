import { sepaText } from '../../budget/funds/sepa-text';
import { purposeText } from './purpose';

const PURPOSE = {
  caseNumber: 'AZ-2027-0001',
  instrument: 'LOCAL_EXPERT',
  expense: null,
  category: 'PERSONAL',
  dueOn: '2027-03-01',
} as const;

it('says what is paid, for which month and where, by the number to call about', () => {
  const text = purposeText({ ...PURPOSE, place: 'Moshi' });
  expect(text).toBe('AZ-2027-0001 Zuschuss lokale Fachkraft, März 2027, Moshi');
  expect(sepaText(text, 140)).toBe('AZ-2027-0001 Zuschuss lokale Fachkraft, Maerz 2027, Moshi');
});

it.each([
  ['INTEGRATED_EXPERT', 'PERSONAL', 'Gehaltszuschuss'],
  ['DEVELOPMENT_WORKER', 'PERSONAL', 'Unterhaltsgeld'],
  ['DEVELOPMENT_WORKER', 'MOBILITAET', 'Reise und Umzug'],
] as const)('of %s for %s is %s, also where the place is not known', (instrument, category, what) => {
  expect(purposeText({ ...PURPOSE, instrument, category, place: null })).toBe(`AZ-2027-0001 ${what}, März 2027`);
});

it('of an expense is what its payee knows it by, before our number', () => {
  const expense = { ...PURPOSE, instrument: null, expense: 'KD 77 Rechnung 4711', place: null };
  expect(purposeText(expense)).toBe('KD 77 Rechnung 4711, AZ-2027-0001');
});
