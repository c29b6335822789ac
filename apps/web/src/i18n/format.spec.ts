import { dayAfter, dayText, decimalText, ibanText, lastDayOf, localized, moneyText } from './format';

describe('an amount', () => {
  it('is shown from its digits, however many', () => {
    const money = { amount: '90071992547409931234.56', currency: 'EUR' };
    expect(moneyText(money, 'de').replaceAll(/\s/g, ' ')).toBe('90.071.992.547.409.931.234,56 €');
  });

  it('has the decimals of its currency', () => {
    expect(moneyText({ amount: '5000', currency: 'XOF' }, 'de').replaceAll(/\s/g, ' ')).toBe('5.000 F CFA');
  });
});

describe('a decimal', () => {
  it('keeps all its digits, in the notation of the reader', () => {
    const rate = '3122.9333745794';
    expect([
      decimalText(rate, 'de'),
      decimalText(rate, 'en'),
      decimalText('1.50', 'de'),
      decimalText('-7', 'de'),
    ]).toEqual(['3.122,9333745794', '3,122.9333745794', '1,50', '-7']);
  });
});

describe('an IBAN', () => {
  it('is written in groups of four', () => {
    expect(ibanText('DE75512108001245126199')).toBe('DE75 5121 0800 1245 1261 99');
  });
});

describe('a day', () => {
  it('is written day first and never shifts', () => {
    expect((['de', 'en', 'fr', 'es'] as const).map((language) => dayText('2026-01-02', language))).toEqual([
      '02.01.2026',
      '02/01/2026',
      '02/01/2026',
      '02/01/2026',
    ]);
  });

  it('ends a half-open period as people say it, and back', () => {
    expect([lastDayOf('2027-01-01'), dayAfter('2026-12-31'), lastDayOf('2024-03-01')]).toEqual([
      '2026-12-31',
      '2027-01-01',
      '2024-02-29',
    ]);
  });
});

describe('a text in several languages', () => {
  it('falls back to English, then to what there is', () => {
    expect([localized({ en: 'Water', de: 'Wasser' }, 'fr'), localized({ pt: 'Água' }, 'es')]).toEqual([
      'Water',
      'Água',
    ]);
  });
});
