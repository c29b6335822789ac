import { sepaText } from '../../budget/funds/sepa-text';
import { type Purpose, PURPOSE_MAX, purposeText } from './purpose';

const PURPOSE: Purpose = {
  caseNumber: 'AZ-2027-0001',
  instrument: 'LOCAL_EXPERT',
  expense: null,
  category: 'PERSONAL',
  dueOn: '2027-03-01',
  place: 'Moshi',
};
const of = (dueOn: string, more: Partial<Purpose> = {}): Purpose => ({ ...PURPOSE, dueOn, ...more });

describe('the purpose of a payment', () => {
  it('says what is paid, for which month and where, by the number to call about', () => {
    const text = purposeText([PURPOSE]);
    expect(text).toBe('AZ-2027-0001 Zuschuss lokale Fachkraft, März 2027, Moshi');
    expect(sepaText(text, 140)).toBe('AZ-2027-0001 Zuschuss lokale Fachkraft, Maerz 2027, Moshi');
  });

  it.each([
    ['INTEGRATED_EXPERT', 'PERSONAL', 'Gehaltszuschuss'],
    ['DEVELOPMENT_WORKER', 'PERSONAL', 'Unterhaltsgeld'],
    ['DEVELOPMENT_WORKER', 'MOBILITAET', 'Reise und Umzug'],
  ] as const)('of %s for %s is %s, also where the place is not known', (instrument, category, what) => {
    const text = purposeText([{ ...PURPOSE, instrument, category, place: null }]);
    expect(text).toBe(`AZ-2027-0001 ${what}, März 2027`);
  });

  it('of an expense is what its payee knows it by, before our number', () => {
    const expense = { ...PURPOSE, instrument: null, expense: 'KD 77 Rechnung 4711', place: null };
    expect(purposeText([expense])).toBe('KD 77 Rechnung 4711, AZ-2027-0001');
  });
});

describe('the purpose of several payouts in one payment', () => {
  it.each([
    ['months in a row', ['2027-03-01', '2027-04-01', '2027-05-01'], 'März–Mai 2027'],
    ['months in any order, each once', ['2027-05-01', '2027-03-01', '2027-04-01', '2027-03-15'], 'März–Mai 2027'],
    ['months around the new year', ['2026-12-01', '2027-01-01'], 'Dezember 2026–Januar 2027'],
    ['months apart', ['2027-01-01', '2027-03-01', '2027-04-01'], 'Januar 2027, März–April 2027'],
  ])('says %s once', (_, days, months) => {
    const text = purposeText(days.map((dueOn) => of(dueOn)));
    expect(text).toBe(`AZ-2027-0001 Zuschuss lokale Fachkraft, ${months}, Moshi`);
  });

  it('says kinds of cost of the same months together, and others by their own', () => {
    const [january, february] = ['2027-01-01', '2027-02-01'];
    const social = { category: 'SOZIALES' } as const;
    const text = purposeText([
      of(january),
      of(january, social),
      of(january, { category: 'MOBILITAET' }),
      of(february),
      of(february, social),
    ]);
    expect(text).toBe(
      'AZ-2027-0001 Zuschuss lokale Fachkraft + Soziale Sicherung, Januar–Februar 2027, Reise und Umzug, Januar 2027, Moshi',
    );
    expect(sepaText(text, 140)).toContain('Sicherung, Januar-Februar 2027, Reise');
  });

  it('says all kinds for all months where the bank’s field is too short for more, in its own letters', () => {
    const days = ['2027-01-01', '2027-03-01', '2027-05-01'];
    const kinds = ['PERSONAL', 'SOZIALES', 'FAMILIE'] as const;
    const paid = (place: string) =>
      purposeText(kinds.flatMap((category, index) => days.slice(index).map((dueOn) => of(dueOn, { category, place }))));
    const text =
      'AZ-2027-0001 Zuschuss lokale Fachkraft + Soziale Sicherung + Leistungen für die Familie, Januar 2027, März 2027, Mai 2027';
    expect(paid('Moshi')).toBe(`${text}, Moshi`);
    // 140 letters as people write it, 143 as the bank does; without the place there is room.
    expect(paid('Kirtachi Tondo Zü')).toBe(text);
    expect(sepaText(`${text}, Kirtachi Tondo Zü`, 1_000).length).toBe(PURPOSE_MAX + 3);
  });

  it('leaves out whole months or words at the end, and keeps the number of an expense', () => {
    const months = Array.from({ length: 24 }, (_, index) => of(`${2027 + Math.floor(index / 12)}-${odd(index)}-01`));
    const long = purposeText(months);
    expect(sepaText(long, 1_000).length).toBeLessThanOrEqual(PURPOSE_MAX);
    expect(long).toMatch(/^AZ-2027-0001 Zuschuss lokale Fachkraft, Januar 2027, .*\d{4}$/);
    const expense = of('2027-03-01', { instrument: null, expense: 'Überführung '.repeat(25).trim() });
    const text = purposeText([expense]);
    expect(text).toMatch(/^(Überführung )+Überführung, AZ-2027-0001$/);
    const written = sepaText(text, 1_000);
    expect(written.length).toBeGreaterThan(PURPOSE_MAX - 'Ueberfuehrung '.length);
    expect(written.length).toBeLessThanOrEqual(PURPOSE_MAX);
    expect(purposeText([{ ...expense, expense: 'ü'.repeat(300) }])).toHaveLength(PURPOSE_MAX);
  });
});

/** Every second month of a year. */
function odd(index: number): string {
  return String(((index * 2) % 12) + 1).padStart(2, '0');
}
