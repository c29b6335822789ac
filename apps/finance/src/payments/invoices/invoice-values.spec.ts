import { amountOf, creditorReferenceIn, dayOf } from './invoice-values';

describe('a creditor reference', () => {
  it.each(['RF18539007547034', 'rf18 5390 0754 7034', 'RF712348231'])('is known with its check digits: %s', (text) => {
    expect(creditorReferenceIn(text)).toBe(text.replaceAll(' ', '').toUpperCase());
  });
  it.each(['RF19539007547034', 'Rechnung 4711', '', undefined, `RF18${'5'.repeat(22)}`])('is none: %s', (text) => {
    expect(creditorReferenceIn(text)).toBeNull();
  });
});

describe('an amount of an invoice', () => {
  it.each([
    ['1190', '1190.00'],
    ['1190.5', '1190.50'],
    ['1190.5000', '1190.50'],
    ['-3.00', '-3.00'],
  ])('may have more or fewer decimals: %s', (text, amount) => {
    expect(amountOf(text, 'EUR')).toEqual({ amount, currency: 'EUR' });
  });
  it.each(['1.005', '1,00', '1e3', '', null, '9'.repeat(16)])('is unreadable: %s', (text) => {
    expect(amountOf(text, 'EUR')).toBeNull();
  });
});

it('reads days as both syntaxes write them, and none that is not in the calendar', () => {
  expect(['2027-02-28', '20270228', '2027-02-29', 'soon', null].map(dayOf)).toEqual([
    '2027-02-28',
    '2027-02-28',
    null,
    null,
    null,
  ]);
});
