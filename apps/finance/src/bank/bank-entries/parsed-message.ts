import type { BankEntryObstacle, Direction, PaymentAnswerStatus } from '#contracts/finance';

/** One payment within a booked entry, as far as the bank told. */
export interface ParsedTransaction {
  /** That of its entry as a rule; a net entry has parts that go the other way. */
  readonly direction: Direction;
  /** In the currency of the entry; 0 where the bank told none. */
  readonly amountMinor: bigint;
  readonly isAmountTold: boolean;
  /** What banks took of it, in the currency of the entry. */
  readonly chargesMinor: bigint;
  /** What was ordered, where the bank states it in another currency than the entry's. */
  readonly instructedMinor: bigint | null;
  readonly instructedCurrency: string | null;
  readonly endToEndId: string | null;
  /** PmtInfId and MsgId of the file that ordered it. */
  readonly batchReferences: readonly string[];
  readonly counterpartyName: string | null;
  readonly counterpartyIban: string | null;
  readonly remittance: string | null;
  readonly returnReason: string | null;
}

export interface ParsedEntry {
  readonly number: number;
  readonly direction: Direction;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly valueOn: string | null;
  readonly bankReference: string | null;
  readonly batchReferences: readonly string[];
  /** Why a person has to decide, whatever the entry names. */
  readonly obstacle: BankEntryObstacle | null;
  readonly transactions: readonly ParsedTransaction[];
}

/** A statement without its entries: there may be tens of thousands, and they come in rows (see `EntryRows`). */
export interface ParsedStatement {
  readonly accountIban: string;
  readonly statementId: string;
  readonly pageNumber: number;
  readonly isLastPage: boolean | null;
  readonly sequenceNumber: number | null;
  readonly from: string | null;
  readonly to: string | null;
  /** The day whose statement it is: its last, or that of its closing balance, or when it was made. */
  readonly datedOn: string | null;
  /** Of all that it says of its account, however the file writes it. */
  readonly digest: string;
  readonly currency: string;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  /** What the booked entries in its currency change: credits less debits. */
  readonly entriesMinor: bigint;
  readonly pendingEntries: number;
}

/** Some booked entries of one statement and some transactions, as JSON arrays of rows for the database. */
export interface EntryRows {
  /** Counts the statements of the message from 0. */
  readonly statement: number;
  readonly entryCount: number;
  readonly entries: Buffer;
  readonly transactions: Buffer;
}

/** What the bank says of one payment. */
export interface ParsedAnswer {
  /** Its EndToEndId, or the instruction's where the bank names only that: both are the same in a file from here. */
  readonly endToEndId: string | null;
  readonly status: PaymentAnswerStatus;
  readonly reason: string | null;
  /** With a close match, the name that the bank of the payee knows. */
  readonly nameAtBank: string | null;
}

export interface ParsedStatusReport {
  readonly originalMessageId: string;
  /** What holds for each payment of the file that is not named by itself. */
  readonly group: Pick<ParsedAnswer, 'status' | 'reason'> | null;
  readonly answers: readonly ParsedAnswer[];
}

export type ParsedBankMessage =
  | { readonly kind: 'PAIN_002'; readonly messageId: string; readonly report: ParsedStatusReport }
  | {
      readonly kind: 'CAMT_053' | 'CAMT_054';
      readonly messageId: string;
      readonly statements: readonly ParsedStatement[];
    };
