import type { PayoutStatus } from '#contracts/finance';
import { transition } from '#database';
import { Payout } from './payout.entity';

const NOW = new Date('2027-01-01T00:00:00Z');

function payout(status: PayoutStatus, more: Partial<Payout> = {}): Payout {
  return Object.assign(new Payout(), {
    id: 'p',
    status,
    blocked: null,
    resumeStatus: null,
    orderedBy: null,
    secondOrderedBy: null,
    orderNumber: 0,
    requiredReports: 0,
    payeeId: null,
    ...more,
  });
}

describe('an instalment that falls due', () => {
  it('is due when its payee is registered, its reports are accepted and the money before is proven', () => {
    const it = payout('PLANNED', { requiredReports: 1 });
    it.fallDue({ payeeId: 'payee', acceptedReports: 1, isUseProven: true });
    expect(it).toMatchObject({ status: 'DUE', blocked: null, payeeId: 'payee' });
  });

  it('is blocked while a report, the proof of the money before or the payee is missing', () => {
    const it = payout('PLANNED', { requiredReports: 1 });
    it.fallDue({ payeeId: undefined, acceptedReports: 0, isUseProven: false });
    expect(it.blocked).toBe('REPORT_MISSING');
    it.fallDue({ payeeId: undefined, acceptedReports: 1, isUseProven: false });
    expect(it.blocked).toBe('PROOF_MISSING');
    it.fallDue({ payeeId: undefined, acceptedReports: 1, isUseProven: true });
    expect(it).toMatchObject({ status: 'BLOCKED', blocked: 'PAYEE_MISSING' });
  });
});

/** Each state, and where it leads: a payment goes forward, comes back from the bank, or is given up before its order. */
const WAYS: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  PLANNED: ['DUE', 'BLOCKED', 'CANCELLED'],
  BLOCKED: ['DUE', 'BLOCKED', 'CANCELLED'],
  DUE: ['FACTUALLY_CHECKED', 'CANCELLED'],
  FACTUALLY_CHECKED: ['ARITHMETICALLY_CHECKED', 'CANCELLED'],
  ARITHMETICALLY_CHECKED: ['ORDERED', 'CANCELLED'],
  ORDERED: ['IN_RUN'],
  IN_RUN: ['SENT'],
  SENT: ['BOOKED', 'REJECTED', 'RETURNED'],
  BOOKED: ['RETURNED'],
  REJECTED: [],
  RETURNED: [],
  CANCELLED: [],
};
const STATES = Object.keys(WAYS) as PayoutStatus[];

describe('a payout', () => {
  it.each(STATES)('that is %s becomes what follows, and nothing else', (status) => {
    const reached = STATES.filter((next) => {
      try {
        payout(status).assertCanBecome(next);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED' });
        return false;
      }
    });
    expect(reached.sort()).toEqual([...WAYS[status]].sort());
  });
});

describe('the acts on a payout', () => {
  it('are refused to a person who carried out another one', () => {
    const it = payout('DUE');
    it.checkFactually('olga', NOW);
    expect(() => it.checkArithmetically('olga', NOW)).toThrow('FINANCE_PAYOUT_FOUR_EYES');
  });

  it('are carried out in their order only', () => {
    expect(() => payout('DUE').order('anna', NOW, { hash: 'h', signatures: 1 })).toThrow(
      'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    );
    expect(() => payout('ORDERED').checkFactually('olga', NOW)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('BLOCKED').checkFactually('olga', NOW)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('BOOKED').assertCanBecome('IN_RUN', 'karl')).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });

  it('are not passed by when many payouts move at once', () => {
    expect(transition(Payout, { to: 'ORDERED' }).from).toEqual(['ARITHMETICALLY_CHECKED', 'IN_RUN']);
    expect(transition(Payout, { to: 'BOOKED' }).from).toEqual(['SENT', 'REJECTED', 'RETURNED']);
    expect(() => transition(Payout, { from: ['PLANNED'], to: 'SENT' })).toThrow(
      'Payout: PLANNED does not lead to SENT',
    );
    expect(() => transition(Payout, { to: 'PLANNED' })).toThrow('Payout: no state leads to PLANNED');
  });

  it('refuse to cancel what is ordered', () => {
    expect(() => payout('ORDERED').cancel()).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });

  it('ask for a second signature of another person when the amount does', () => {
    const it = payout('ARITHMETICALLY_CHECKED', { factuallyCheckedBy: 'olga', arithmeticallyCheckedBy: 'fritz' });
    const order = { hash: 'h', signatures: 2 as const };
    expect(it.order('anna', NOW, order)).toBe(false);
    expect(it).toMatchObject({ status: 'ARITHMETICALLY_CHECKED', orderedBy: 'anna', secondOrderedBy: null });
    expect(() => it.order('anna', NOW, order)).toThrow('FINANCE_PAYOUT_FOUR_EYES');
    expect(() => it.order('olga', NOW, order)).toThrow('FINANCE_PAYOUT_FOUR_EYES');
    expect(() => it.order('arne', NOW, { ...order, hash: 'other' })).toThrow('FINANCE_PAYOUT_ORDER_OUTDATED');
    expect(it.order('arne', NOW, order)).toBe(true);
    expect(it).toMatchObject({ status: 'ORDERED', secondOrderedBy: 'arne' });
  });
});

describe('a held payout', () => {
  it('goes on where it was, and refuses every act meanwhile', () => {
    const it = payout('DUE');
    it.hold('MANUAL');
    expect(() => it.checkFactually('olga', NOW)).toThrow('FINANCE_PAYOUT_BLOCKED');
    it.lift(undefined);
    expect(it).toMatchObject({ status: 'DUE', blocked: null, resumeStatus: null });
  });

  it('stays held until its last reason is gone', () => {
    const it = payout('ORDERED', { orderedBy: 'anna' });
    it.hold('MANUAL');
    it.hold('BANK_DETAILS_CHANGED');
    it.lift('MANUAL');
    expect(it).toMatchObject({ status: 'BLOCKED', blocked: 'MANUAL', resumeStatus: 'ORDERED' });
    it.voidOrder();
    it.lift(undefined);
    expect(it.status).toBe('ARITHMETICALLY_CHECKED');
  });

  it('is none once it went to the bank', () => {
    expect(() => payout('SENT').hold('MANUAL')).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    expect(() => payout('DUE').lift(undefined)).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
  });

  it('leaves a run that is given up, and goes on as ordered', () => {
    const it = payout('IN_RUN', { paymentRunId: 'run', paidBy: 'karl' });
    expect(() => it.leaveRun()).toThrow('FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED');
    it.hold('MANUAL');
    it.leaveRun();
    expect(it).toMatchObject({ status: 'BLOCKED', resumeStatus: 'ORDERED', paymentRunId: null, paidBy: null });
  });
});
