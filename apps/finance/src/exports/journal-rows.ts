import { formatMinor, type JournalEntryKind, type LedgerStage } from '#contracts';

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
  readonly amountMinor: bigint;
  readonly currency: string;
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
  'amount',
  'currency',
  'correlationId',
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
    formatMinor(row.amountMinor, row.currency).replace('.', decimalSign),
    row.currency,
    row.correlationId,
  ];
}
