import { ratesOf } from './rate-lines';

describe('the lines of a day of rates', () => {
  it('are read with blank, tab or semicolon, in either case', () => {
    expect(ratesOf('ghs 12.34\n\nXOF;655.957\r\nTZS\t2750.1')).toEqual([
      { currency: 'GHS', rate: '12.34' },
      { currency: 'XOF', rate: '655.957' },
      { currency: 'TZS', rate: '2750.1' },
    ]);
  });

  it('keep what is no rate, so that the check names it', () => {
    expect(ratesOf('GHS')).toEqual([{ currency: 'GHS', rate: '' }]);
    expect(ratesOf(undefined)).toEqual([]);
  });
});
