import { decimal, wholeNumber } from './numbers';

describe('an amount as people write it', () => {
  it.each([
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1 234,50', '1234.50'],
    ['1234,5', '1234.5'],
    ['1234.50', '1234.50'],
    ['1234', '1234'],
    ['2.400.000', '2400000'],
    ['12,400,000', '12400000'],
  ])('%s is %s', (written, sent) => expect(decimal(written)).toBe(sent));

  it.each(['1,234', '1.234', '1.234.56', 'zwölf', '1.2.3'])(
    'leaves %s to the check, as nobody can know what was meant',
    (written) => expect(decimal(written)).toBe(written),
  );
});

describe('a whole number', () => {
  it('is read, and anything else stays for the check to refuse', () => {
    expect([wholeNumber(' 40 '), wholeNumber('40.5'), wholeNumber('')]).toEqual([40, '40.5', '']);
  });
});
