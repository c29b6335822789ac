import type { BankEntryStatus } from '#contracts/finance';

/** What still needs a person. */
export const OPEN_ENTRIES = ['UNMATCHED', 'PARTLY_MATCHED'] as const satisfies readonly BankEntryStatus[];
/** The address of the work list. */
export const WORK_LIST = `/bank/entries?status=${OPEN_ENTRIES.join(',')}`;
