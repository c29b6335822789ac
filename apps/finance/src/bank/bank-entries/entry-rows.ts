import { createHash } from 'node:crypto';
import type { EntryRows, ParsedEntry, ParsedTransaction } from './parsed-message';

const ENTRIES_AT_ONCE = 500;
const TRANSACTIONS_AT_ONCE = 2000;

/** Gathers entries into rows of a size that one statement of the database takes without keeping others waiting. */
export class EntryRowWriter {
  private entries: string[] = [];
  private transactions: string[] = [];

  constructor(private readonly emit: (rows: EntryRows) => void) {}

  /** Takes an entry; its digest tells it from all that say something else. */
  add(statement: number, entry: ParsedEntry): string {
    const digest = digestOf(entry);
    this.entries.push(JSON.stringify({ ...entryRow(entry), number: entry.number, digest }));
    for (const [index, transaction] of entry.transactions.entries()) {
      this.transactions.push(JSON.stringify(transactionRow(transaction, entry.number, index + 1)));
      if (this.transactions.length >= TRANSACTIONS_AT_ONCE) this.flush(statement);
    }
    if (this.entries.length >= ENTRIES_AT_ONCE) this.flush(statement);
    return digest;
  }

  /** Hands out what is left, at the end of a statement at the latest. */
  flush(statement: number): void {
    const { entries, transactions } = this;
    if (entries.length + transactions.length === 0) return;
    [this.entries, this.transactions] = [[], []];
    this.emit({
      statement,
      entryCount: entries.length,
      entries: Buffer.from(`[${entries.join()}]`),
      transactions: Buffer.from(`[${transactions.join()}]`),
    });
  }
}

function digestOf(entry: ParsedEntry): string {
  const transactions = entry.transactions.map((it, index) => transactionRow(it, 0, index));
  return createHash('sha256')
    .update(JSON.stringify([entryRow(entry), transactions]))
    .digest('base64url');
}

function entryRow(entry: ParsedEntry): object {
  return {
    direction: entry.direction,
    amount: entry.amountMinor.toString(),
    currency: entry.currency,
    booked_on: entry.bookedOn,
    value_on: entry.valueOn,
    bank_reference: entry.bankReference,
    batch_references: entry.batchReferences,
    obstacle: entry.obstacle,
  };
}

function transactionRow(transaction: ParsedTransaction, entryNumber: number, number: number): object {
  return {
    entry_number: entryNumber,
    number,
    direction: transaction.direction,
    amount: transaction.amountMinor.toString(),
    is_amount_told: transaction.isAmountTold,
    charges: transaction.chargesMinor.toString(),
    end_to_end_id: transaction.endToEndId,
    batch_references: transaction.batchReferences,
    counterparty_name: transaction.counterpartyName,
    counterparty_iban: transaction.counterpartyIban,
    remittance: transaction.remittance,
    return_reason: transaction.returnReason,
    // Left out where there is none: an entry that is told again has the digest of before.
    ...(transaction.instructedMinor !== null && {
      instructed_amount: transaction.instructedMinor.toString(),
      instructed_currency: transaction.instructedCurrency,
    }),
  };
}
