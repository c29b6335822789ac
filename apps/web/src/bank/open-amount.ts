import { type Money, parseMinor, toMoney } from '#contracts';
import type { BankEntryView } from '#contracts/finance';

/** What of an entry still waits for a decision; nothing of one that is settled. */
export function openAmount({ amount, matched, status }: Pick<BankEntryView, 'amount' | 'matched' | 'status'>): Money {
  const { currency } = amount;
  const isOpen = status === 'UNMATCHED' || status === 'PARTLY_MATCHED';
  const open = (parseMinor(amount.amount, currency) ?? 0n) - (parseMinor(matched.amount, currency) ?? 0n);
  return toMoney(isOpen ? open : 0n, currency);
}
