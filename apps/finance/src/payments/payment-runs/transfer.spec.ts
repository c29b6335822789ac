import { TRANSFER_PARTS_MAX } from '#contracts/finance';
import type { PayeeFacts } from '../payees/payee.reader';
import { type TransferPart, transfersOf } from './transfer';

const PAYEE = {
  id: 'payee',
  accountHolder: 'Jürgen Müller',
  iban: 'DE75512108001245126199',
  accountNumber: null,
  bic: null,
} as PayeeFacts;

let number = 0;
function part(more: Partial<TransferPart> = {}, dueOn = '2027-03-01'): TransferPart {
  number += 1;
  return {
    payoutId: `0199b1e2-0000-7000-8000-${String(number).padStart(12, '0')}`,
    commitmentId: 'commitment',
    amountMinor: 100n,
    currency: 'EUR',
    instructed: null,
    creditorReference: null,
    isReissue: false,
    isJoined: true,
    payee: PAYEE,
    purpose: {
      caseNumber: `AZ-${number}`,
      instrument: 'LOCAL_EXPERT',
      expense: null,
      category: 'PERSONAL',
      dueOn,
      place: null,
    },
    chargeBearer: null,
    earlierRuns: 0,
    ...more,
  };
}

const sizes = (parts: readonly TransferPart[]) => transfersOf(parts).map((it) => it.parts.length);

describe('the payments of a run', () => {
  it('pay what one commitment owes to one account together, in the order in which it fell due', () => {
    const [later, first] = [part({ amountMinor: 250n }, '2027-04-01'), part()];
    const [transfer, ...more] = transfersOf([later, first]);
    expect(more).toEqual([]);
    expect(transfer?.parts).toEqual([first, later]);
    expect(transfer?.payment).toMatchObject({
      endToEndId: first.payoutId.replaceAll('-', ''),
      amountMinor: 350n,
      remittance: `${first.purpose.caseNumber} Zuschuss lokale Fachkraft, März–April 2027`,
    });
  });

  it.each<[what: string, other: Partial<TransferPart>]>([
    ['another commitment', { commitmentId: 'other' }],
    ['another account', { payee: { ...PAYEE, iban: 'DE02120300000000202051' } }],
    ['another payee', { payee: { ...PAYEE, id: 'other' } }],
    ['another currency', { currency: 'USD' }],
    ['a reference of its own', { creditorReference: 'RF18539007547034' }],
    ['what is promised in another currency', { instructed: { amountMinor: 280_000n, currency: 'TZS' } }],
    ['money that came back', { isReissue: true }],
    ['what the rules do not join', { isJoined: false }],
  ])('keep %s apart', (_, other) => {
    expect(sizes([part(), part(), part(other)])).toEqual([2, 1]);
    expect(sizes([part(other), part()])).toEqual([1, 1]);
  });

  it('keep references and money that came back alone, also from each other', () => {
    const reference = { creditorReference: 'RF18539007547034' };
    expect(sizes([part(reference), part(reference), part({ isReissue: true }), part({ isReissue: true })])).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('have another number in another run, by the payout that names them', () => {
    const again = part({ earlierRuns: 1 });
    const [transfer] = transfersOf([part({}, '2027-05-01'), again]);
    expect(transfer?.payment.endToEndId).toBe(`${again.payoutId.replaceAll('-', '')}r2`);
  });

  it(`pay ${TRANSFER_PARTS_MAX} payouts at the most`, () => {
    expect(sizes(Array.from({ length: TRANSFER_PARTS_MAX + 1 }, () => part()))).toEqual([TRANSFER_PARTS_MAX, 1]);
  });
});
