import { BLANK_RECEIPT, proofOf, sumOfReceipts } from './proof-values';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('what the form of a proof holds', () => {
  it('is sent without the receipt that nobody began and without an own share that was left out', () => {
    const actual = [{ category: 'PROJEKT', actual: eur('10.00') }];
    const begun = { ...BLANK_RECEIPT, number: 'R 1', amount: eur('10.00') };
    const blank = { amount: { currency: 'EUR' } };
    expect(
      proofOf('id', { narrative: 'done', actual, ownShareActual: { currency: 'EUR' }, receipts: [begun, blank] }),
    ).toEqual({ proofOfUseId: 'id', narrative: 'done', actual, receipts: [begun], inventory: [] });
  });

  it('adds up the receipts of one kind in the currency of the fund', () => {
    const receipts = [
      { category: 'PROJEKT', amount: eur('10.10') },
      { category: 'PROJEKT', amount: { amount: '5000', currency: 'XOF' } },
      { category: 'PROJEKT', amount: eur('zehn') },
      { category: 'FAMILIE', amount: eur('1.00') },
      { category: 'PROJEKT', amount: eur('0.05') },
    ];
    expect(sumOfReceipts(receipts, 'PROJEKT', 'EUR')).toEqual(eur('10.15'));
    expect(sumOfReceipts(receipts, 'PERSONAL', 'EUR')).toBeUndefined();
  });
});
