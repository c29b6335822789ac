import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { payoutDue } from '#contracts/finance';

/** The data of a payout message, for tests in which only the message matters. */
export function payoutData(more: Partial<z.input<typeof payoutDue.data>> = {}): z.input<typeof payoutDue.data> {
  return {
    payoutId: randomUUID(),
    commitmentId: randomUUID(),
    assignmentId: randomUUID(),
    fundId: randomUUID(),
    payeeId: randomUUID(),
    amount: { amount: '100.00', currency: 'EUR' },
    budgetYear: 2027,
    dueOn: '2027-02-10',
    status: 'DUE',
    costCategory: 'PERSONAL',
    instalment: 1,
    ...more,
  };
}
