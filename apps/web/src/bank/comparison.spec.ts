import { compareTexts, daysAfter } from './comparison';

describe('what of an entry and a payout is compared', () => {
  it('takes no notice of blanks, hyphens and capitals', () => {
    expect(compareTexts('DE89 3704 0044 0532 0130 00', 'de89370400440532013000')).toBe('same');
    expect(compareTexts('Moshi Municipal Council', 'Moshi, Municipal-Council')).toBe('same');
    expect(compareTexts('Moshi', 'Durban')).toBe('other');
  });

  it('says nothing where one side is not known', () => {
    expect(compareTexts(null, 'Durban')).toBe('unknown');
    expect(compareTexts(' - ', 'Durban')).toBe('unknown');
  });

  it('counts days over the change of the clock', () => {
    expect(daysAfter('2026-10-26', '2026-10-24')).toBe(2);
    expect(daysAfter('2026-03-28', '2026-03-30')).toBe(-2);
  });
});
