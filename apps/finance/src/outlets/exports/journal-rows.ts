import { formatMinor } from '#contracts';
import type { CostCategory, JournalEntryKind, LedgerStage } from '#contracts/finance';

/** One line of a journal entry. */
export interface JournalLineRow {
  readonly entryId: string;
  readonly line: number;
  readonly kind: JournalEntryKind;
  readonly reference: string;
  readonly bookedAt: Date;
  readonly effectiveOn: string;
  readonly correlationId: string;
  readonly year: number;
  readonly stage: LedgerStage;
  readonly category: CostCategory | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The entry that this one takes back. */
  readonly reversesEntryId: string | null;
  /** Who brought it about; null before this was recorded. */
  readonly bookedBy: string | null;
  /** Its place in the hash chain and the hash there; null in the seconds before it is sealed. */
  readonly seq: bigint | null;
  readonly hash: string | null;
  /** What the bank is instructed to pay, of an entry of a payout in another currency; the amount is in that of the fund. */
  readonly instructedMinor: bigint | null;
  readonly instructedCurrency: string | null;
}

export const JOURNAL_HEADINGS = [
  'entry',
  'line',
  'kind',
  'reference',
  'bookedAt',
  'effectiveOn',
  'budgetYear',
  'stage',
  'category',
  'amount',
  'currency',
  'reverses',
  'correlationId',
  'bookedBy',
  'seq',
  'hash',
  'instructedAmount',
  'instructedCurrency',
] as const;

/** The cells of a line in the order of the headings, with the decimal sign asked for. */
export function journalCells(row: JournalLineRow, decimalSign: '.' | ','): string[] {
  return [
    row.entryId,
    String(row.line),
    row.kind,
    row.reference,
    row.bookedAt.toISOString(),
    row.effectiveOn,
    String(row.year),
    row.stage,
    row.category ?? '',
    formatMinor(row.amountMinor, row.currency).replace('.', decimalSign),
    row.currency,
    row.reversesEntryId ?? '',
    row.correlationId,
    row.bookedBy ?? '',
    row.seq === null ? '' : String(row.seq),
    row.hash ?? '',
    ...(row.instructedMinor === null || row.instructedCurrency === null
      ? ['', '']
      : [formatMinor(row.instructedMinor, row.instructedCurrency).replace('.', decimalSign), row.instructedCurrency]),
  ];
}
