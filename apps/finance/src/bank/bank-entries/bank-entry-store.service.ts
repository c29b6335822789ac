import { AppError } from '#contracts';
import type { BankEntryObstacle, Direction } from '#contracts/finance';
import type { Tx } from '#database';
import { newId } from '#platform';
import type { OpenEntry } from './matcher';
import type { EntryRows, ParsedStatement, ParsedTransaction } from './parsed-message';

/** An entry as the database holds it, with its transactions. */
export interface StoredEntry extends OpenEntry {
  readonly id: string;
  readonly version: number;
  readonly statementId: string;
  readonly valueOn: string | null;
}

export type CamtKind = 'CAMT_053' | 'CAMT_054';

/** One act on bank entries at a time: statements and persons may decide on the same payments. Held until the end of the transaction. */
export async function lockBank(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.bank', 0))`);
}

/** Keeps a statement; undefined when one that says the same was kept before. */
export async function insertStatement(
  tx: Tx,
  statement: ParsedStatement,
  { bankMessageId, kind }: { bankMessageId: string; kind: CamtKind },
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO bank_statement (id, bank_message_id, kind, account_iban, statement_id, given_id, page_number, is_last_page,
       sequence_number, from_on, to_on, dated_on, currency, opening_minor, closing_minor, entries_minor, digest)
     SELECT $1, $2, $3, $4, CASE same.number WHEN 0 THEN $5 ELSE $5 || ' #' || same.number + 1 END, $5, $6, $7, $8, $9, $10, $11, $12,
       $13, $14, $15, $16
     FROM (SELECT count(*) AS number FROM bank_statement s WHERE s.account_iban = $4 AND s.kind = $3
       AND coalesce(s.given_id, s.statement_id) = $5 AND s.page_number = $6) same
     ON CONFLICT (account_iban, kind, digest) DO NOTHING RETURNING id`,
    [
      newId(),
      bankMessageId,
      kind,
      statement.accountIban,
      statement.statementId,
      statement.pageNumber,
      statement.isLastPage,
      statement.sequenceNumber,
      statement.from,
      statement.to,
      statement.datedOn,
      statement.currency,
      statement.openingMinor?.toString() ?? null,
      statement.closingMinor?.toString() ?? null,
      statement.entriesMinor.toString(),
      statement.digest,
    ],
  );
  return row?.id;
}

/** Keeps some entries of a statement, or some transactions of entries that are kept already. One over nothing needs nobody. */
export async function insertEntries(
  tx: Tx,
  rows: EntryRows,
  statement: { bankMessageId: string; bankStatementId: string; kind: CamtKind; accountIban: string },
): Promise<void> {
  const { bankMessageId, bankStatementId, kind, accountIban } = statement;
  const ids = Array.from({ length: rows.entryCount }, () => newId());
  await tx.query(
    `INSERT INTO bank_entry (id, version, bank_message_id, bank_statement_id, kind, number, account_iban, direction, amount_minor,
       currency, booked_on, value_on, bank_reference, batch_references, status, obstacle, explanation, digest)
     SELECT e.id, 1, $2, $3, $4, e.number, $5, e.direction, e.amount, e.currency, e.booked_on, e.value_on, e.bank_reference,
       e.batch_references, CASE e.amount WHEN 0 THEN 'MATCHED' ELSE 'UNMATCHED' END, e.obstacle, $7::jsonb ->> e.obstacle, e.digest
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (number int, direction text, amount bigint, currency text,
       booked_on date, value_on date, bank_reference text, batch_references text[], obstacle text, digest text), unnest($6::uuid[]))
       AS e (number, direction, amount, currency, booked_on, value_on, bank_reference, batch_references, obstacle, digest, id)`,
    [rows.entries.toString(), bankMessageId, bankStatementId, kind, accountIban, ids, JSON.stringify(OBSTACLES)],
  );
  await tx.query(
    `INSERT INTO bank_transaction (bank_entry_id, number, direction, amount_minor, is_amount_told, charges_minor, end_to_end_id,
       batch_references, counterparty_name, counterparty_iban, remittance, return_reason, instructed_minor, instructed_currency)
     SELECT e.id, t.number, t.direction, t.amount, t.is_amount_told, t.charges, t.end_to_end_id, t.batch_references,
       t.counterparty_name, t.counterparty_iban, t.remittance, t.return_reason, t.instructed_amount, t.instructed_currency
     FROM jsonb_to_recordset($1::jsonb) AS t (entry_number int, number int, direction text, amount bigint, is_amount_told boolean,
       charges bigint, end_to_end_id text, batch_references text[], counterparty_name text, counterparty_iban text, remittance text,
       return_reason text, instructed_amount bigint, instructed_currency text)
     JOIN bank_entry e ON e.bank_statement_id = $2 AND e.number = t.entry_number`,
    [rows.transactions.toString(), bankStatementId],
  );
}

/** As the entry says it to a person; see BankEntryObstacle. */
const OBSTACLES: Readonly<Record<BankEntryObstacle, string>> = {
  NO_BOOKING_DAY: 'the bank gave no booking day',
  STATUS_UNKNOWN: 'the bank gave it a state that ISO 20022 does not have',
  FOREIGN_CURRENCY: 'it is not in the currency of the account',
  AMOUNT_UNCLEAR: 'its amount has more decimals than its currency',
  PART_WITHOUT_AMOUNT: 'some of its payments have no amount in its currency',
  PARTS_CONTRADICT: 'its payments do not give its amount',
  REVERSAL: 'it is a reversal: it takes back a credit',
  CHANGED: 'a corrected statement says something else than before',
  LOOKS_REPEATED: 'another statement has an entry just like it',
};

/** The entries of these statements that a rule may decide, in the order in which they are decided. */
export async function openEntryIds(tx: Tx, bankStatementIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT e.id FROM bank_entry e JOIN bank_statement s ON s.id = e.bank_statement_id
     WHERE e.bank_statement_id = ANY ($1::uuid[]) AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED') AND e.obstacle IS NULL
     ORDER BY ${IN_ORDER}`,
    [bankStatementIds],
  );
  return rows.map(({ id }) => id);
}

// A debit before the credit that returns it.
const IN_ORDER = 'e.booked_on, e.direction DESC, s.sequence_number, e.number, e.id';

/** Entries that wait, locked, with their transactions: those given, or those that name one of the payments and that a rule may decide. */
export async function lockOpenEntries(
  tx: Tx,
  which: { ids: readonly string[] } | { endToEndIds: readonly string[] },
): Promise<StoredEntry[]> {
  const [condition, value] =
    'ids' in which
      ? ['e.id = ANY ($1::uuid[])', which.ids]
      : [
          // What a person has taken back waits for a person.
          `e.obstacle IS NULL AND NOT coalesce(e.reasons @> '[{"code": "TAKEN_BACK"}]', false)
           AND EXISTS (SELECT FROM bank_transaction t WHERE t.bank_entry_id = e.id AND t.end_to_end_id = ANY ($1::text[]))`,
          which.endToEndIds,
        ];
  const rows = await tx.query<EntryRow>(
    `SELECT e.id, e.version, e.account_iban, e.direction, e.amount_minor,
       e.amount_minor - e.matched_minor AS open_minor, e.currency, e.booked_on, e.value_on,
       e.batch_references, coalesce(s.given_id, s.statement_id) AS statement_id
     FROM bank_entry e JOIN bank_statement s ON s.id = e.bank_statement_id
     WHERE ${condition} AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED')
     ORDER BY ${IN_ORDER} FOR UPDATE OF e`,
    [value],
  );
  const transactions = await readTransactions(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, transactions: transactions.get(row.id) ?? [] }));
}

/** An entry that waits for a decision, locked. FINANCE_BANK_ENTRY_SETTLED when it no longer does. */
export async function lockEntry(tx: Tx, id: string, expectedVersion: number | undefined): Promise<StoredEntry> {
  const [row] = await tx.query<{ version: number }>('SELECT version FROM bank_entry WHERE id = $1 FOR UPDATE', [id]);
  if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  const [entry] = await lockOpenEntries(tx, { ids: [id] });
  // As with every act the state decides before the version.
  if (!entry) throw new AppError('FINANCE_BANK_ENTRY_SETTLED', { bankEntryId: id });
  if (expectedVersion !== undefined && row.version !== expectedVersion) {
    throw new AppError('PLATFORM_VERSION_STALE', { currentVersion: row.version });
  }
  return entry;
}

interface EntryRow {
  readonly id: string;
  readonly version: number;
  readonly accountIban: string;
  readonly direction: Direction;
  readonly amountMinor: bigint;
  readonly openMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly valueOn: string | null;
  readonly batchReferences: string[];
  readonly statementId: string;
}

export async function readTransactions(
  source: { query<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]> },
  entryIds: readonly string[],
  limit = 100_000,
): Promise<Map<string, ParsedTransaction[]>> {
  const rows = await source.query<ParsedTransaction & { entryId: string }>(
    `SELECT t.bank_entry_id AS entry_id, coalesce(t.direction, e.direction) AS direction, t.amount_minor, t.is_amount_told,
       t.charges_minor, t.end_to_end_id, t.batch_references, t.counterparty_name, t.counterparty_iban, t.remittance, t.return_reason,
       t.instructed_minor, t.instructed_currency
     FROM bank_transaction t JOIN bank_entry e ON e.id = t.bank_entry_id
     WHERE t.bank_entry_id = ANY ($1::uuid[]) ORDER BY t.bank_entry_id, t.number LIMIT $2`,
    [entryIds, limit],
  );
  return Map.groupBy(rows, (row) => row.entryId);
}
