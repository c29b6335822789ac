import type { BankEntryDetail } from '#contracts/finance';

const DAY_MS = 86_400_000;

export type Verdict = 'same' | 'part' | 'other' | 'unknown' | 'named';

/** Two texts as people compare them: letters and figures alone. */
export function compareTexts(one: string | null | undefined, other: string | null | undefined): Verdict {
  const [a, b] = [plain(one), plain(other)];
  if (a === '' || b === '') return 'unknown';
  return a === b ? 'same' : 'other';
}

function plain(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '').toLocaleLowerCase('de');
}

/** Days of the entry after the execution of the payment; before it they are negative. */
export function daysAfter(bookedOn: string, executionOn: string): number {
  return Math.round((Date.parse(bookedOn) - Date.parse(executionOn)) / DAY_MS);
}

/** The one transaction of an entry; of several none stands for the entry. */
export function onlyTransaction({
  transactions,
}: BankEntryDetail): BankEntryDetail['transactions'][number] | undefined {
  return transactions.length === 1 ? transactions[0] : undefined;
}
