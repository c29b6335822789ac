import { back, type BankDesk, promised, type Way } from './bank-desk';
import type { BankLoop } from './bank-loop';

/** Entries about payments in another currency that wait, and how they leave the work list. */
export function promisedWays(
  at: () => { readonly bank: BankLoop; readonly desk: BankDesk },
): Readonly<Record<'OTHER_AMOUNT_ORDERED' | 'RATE_ABOVE_SET_ASIDE' | 'RATE_MORE_BACK', Way>> {
  return {
    OTHER_AMOUNT_ORDERED: {
      async waits() {
        const sent = await at().bank.promisedRun();
        return at().desk.takeWaiting(sent, promised(sent.payouts[0], '6050.00', { ordered: '16800001.00' }));
      },
      out: (entry) => at().desk.match(entry),
    },
    RATE_ABOVE_SET_ASIDE: {
      async waits() {
        const sent = await at().bank.promisedRun();
        return at().desk.takeWaiting(sent, promised(sent.payouts[0], '6605.00'));
      },
      out: (entry) => at().desk.dismiss(entry, 'BANK_CHARGE'),
    },
    RATE_MORE_BACK: {
      async waits() {
        const sent = await at().bank.promisedRun();
        await at().desk.take(promised(sent.payouts[0], '6050.00'));
        return at().desk.takeWaiting(sent, back(sent.payouts[0], '6051.00'));
      },
      out: (entry) => at().desk.dismiss(entry, 'INTEREST'),
    },
  };
}
