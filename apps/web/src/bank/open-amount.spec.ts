import { openAmount } from './open-amount';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('what of a bank entry is open', () => {
  it('is its amount less what is matched, to the cent', () => {
    expect(openAmount({ amount: eur('100.10'), matched: eur('0.20'), status: 'PARTLY_MATCHED' })).toEqual(eur('99.90'));
  });

  it('is nothing of an entry that was dismissed', () => {
    expect(openAmount({ amount: eur('3.50'), matched: eur('0.00'), status: 'DISMISSED' })).toEqual(eur('0.00'));
  });
});
