import type { PaymentRunStatus } from '#contracts/finance';
import { PaymentRun } from './payment-run.entity';

const NOW = new Date('2027-01-01T00:00:00Z');
const run = (status: PaymentRunStatus, debitSeenAt: Date | null = null) =>
  Object.assign(new PaymentRun(), { id: 'r', status, createdBy: 'karl', debitSeenAt, namesUnconfirmed: 0 });

/** What a person may do with a run; the rest is the bank's to say. */
const WAYS: Readonly<Record<PaymentRunStatus, readonly PaymentRunStatus[]>> = {
  CREATED: ['SENT', 'CANCELLED'],
  SENT: ['BOOKED'],
  SETTLING: [],
  BOOKED: [],
  REJECTED: [],
  CANCELLED: [],
};
const STATES = Object.keys(WAYS) as PaymentRunStatus[];

describe('a payment run', () => {
  it.each(STATES)('that is %s becomes by hand what follows, and nothing else', (status) => {
    const reached = STATES.filter((next) => {
      try {
        run(status).assertCanBecome(next);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED' });
        return false;
      }
    });
    expect(reached.sort()).toEqual([...WAYS[status]].sort());
  });

  it('is given up by another person than the one who made it', () => {
    expect(() => run('CREATED').cancel('karl', NOW, 'wrong day')).toThrow('FINANCE_PAYMENT_RUN_FOUR_EYES');
    const it = run('CREATED');
    it.cancel('olga', NOW, 'wrong day');
    expect(it).toMatchObject({ status: 'CANCELLED', cancelledBy: 'olga', cancellationReason: 'wrong day' });
  });
});
