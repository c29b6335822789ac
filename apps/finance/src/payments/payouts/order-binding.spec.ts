import { type BoundPayee, orderHash } from './order-binding';

const PAYEE: BoundPayee = {
  id: 'payee',
  name: 'Jürgen Müller',
  street: 'Neckargasse',
  buildingNumber: '1',
  postCode: '72070',
  town: 'Tübingen',
  country: 'DE',
  iban: 'DE75512108001245126199',
  accountNumber: null,
  bic: 'SOGEDEFF',
  accountHolder: 'Jürgen Müller',
  accountCurrency: 'EUR',
};
const PAYOUT = {
  id: 'payout',
  category: 'PERSONAL' as const,
  instalment: 1,
  dueOn: '2027-01-01',
  assignmentId: 'assignment',
  reference: 'commitment/1',
  purpose: null,
  creditorReference: null,
  amountMinor: 100_00n,
  currency: 'EUR',
  instructedMinor: 5n,
  instructedCurrency: 'TZS',
};

describe('what an order binds', () => {
  it.each(Object.keys(PAYEE) as (keyof BoundPayee)[])('is another thing with another %s of the payee', (member) => {
    expect(orderHash(PAYOUT, { ...PAYEE, [member]: 'other' })).not.toBe(orderHash(PAYOUT, PAYEE));
  });

  it.each(Object.keys(PAYOUT) as (keyof typeof PAYOUT)[])('is another thing with another %s', (member) => {
    const other = { ...PAYOUT, [member]: typeof PAYOUT[member] === 'bigint' ? 1n : 'other' };
    expect(orderHash(other, PAYEE)).not.toBe(orderHash(PAYOUT, PAYEE));
  });

  it('is the same for the same content', () => {
    expect(orderHash({ ...PAYOUT }, { ...PAYEE })).toBe(orderHash(PAYOUT, PAYEE));
  });
});
