import type { PayoutStatus } from '#contracts';
import { Payout } from './payout.entity';

const NOW = new Date('2027-01-01T00:00:00Z');

function payout(status: PayoutStatus, more: Partial<Payout> = {}): Payout {
  return Object.assign(new Payout(), { id: 'p', status, blocked: null, requiredReports: 0, payeeId: null, ...more });
}

describe('an instalment that falls due', () => {
  it('is due when its payee is registered and its reports are accepted', () => {
    const it = payout('PLANNED', { requiredReports: 1 });
    it.fallDue({ payeeId: 'payee', acceptedReports: 1 });
    expect(it).toMatchObject({ status: 'DUE', blocked: null, payeeId: 'payee' });
  });

  it('is blocked while a report or the payee is missing', () => {
    const it = payout('PLANNED', { requiredReports: 1 });
    it.fallDue({ payeeId: undefined, acceptedReports: 0 });
    expect(it.blocked).toBe('REPORT_MISSING');
    it.fallDue({ payeeId: undefined, acceptedReports: 1 });
    expect(it).toMatchObject({ status: 'BLOCKED', blocked: 'PAYEE_MISSING' });
  });
});

describe('the acts on a payout', () => {
  it('are refused to a person who carried out another one', () => {
    const it = payout('DUE');
    it.checkFactually('olga', NOW);
    expect(() => it.checkArithmetically('olga', NOW)).toThrow('FINANCE_PAYOUT_FOUR_EYES');
  });

  it('are carried out in their order only', () => {
    expect(() => payout('DUE').order('anna', NOW)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('ORDERED').checkFactually('olga', NOW)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('BLOCKED').checkFactually('olga', NOW)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('BOOKED').assertPayableBy('karl')).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });

  it('refuse to cancel what is ordered', () => {
    expect(() => payout('ORDERED').cancel()).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });
});
