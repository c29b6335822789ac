import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf, toMoney } from '#contracts';
import {
  type BankEntryDetail,
  type BankEntryView,
  DISMISSALS_SHOWN,
  getBankEntry,
  listBankEntries,
  MATCHES_SHOWN,
  type MatchKind,
  type MatchRule,
  REMITTANCE_SHOWN,
  TRANSACTIONS_SHOWN,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { Handle } from '#platform';
import { BankEntryDismissal } from './bank-entry-dismissal.entity';
import { bankEntryDismissalView } from './bank-entry-dismissal.messages';
import { readTransactions } from './bank-entry-store.service';
import type { ParsedTransaction } from './parsed-message';
import { ITEM_COLUMNS, ITEM_TABLES, type PaymentItem } from './payment-item.reader';
import { type Proposal, proposalsFor } from './proposals';

/** Reads go through the service's pool or through a transaction that has just written. */
export interface Source {
  query<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]>;
}

interface EntryRow {
  readonly id: string;
  readonly version: number;
  readonly bankMessageId: string;
  readonly accountIban: string;
  readonly statementId: string;
  readonly direction: BankEntryView['direction'];
  readonly amountMinor: bigint;
  readonly matchedMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly valueOn: string | null;
  readonly bankReference: string | null;
  readonly batchReferences: string[];
  readonly status: BankEntryView['status'];
  readonly explanation: string | null;
  readonly obstacle: BankEntryView['obstacle'];
}

interface MatchRow {
  readonly payoutId: string;
  readonly paymentRunId: string;
  readonly kind: MatchKind;
  readonly rule: MatchRule;
  readonly amountMinor: bigint;
  readonly by: string;
  readonly at: Date;
}

const ENTRY = `SELECT e.id, e.version, e.bank_message_id, e.account_iban, coalesce(s.given_id, s.statement_id) AS statement_id,
  e.direction, e.amount_minor,
  e.matched_minor, e.currency, e.booked_on, e.value_on, e.bank_reference, e.batch_references, e.status, e.explanation, e.obstacle
FROM bank_entry e JOIN bank_statement s ON s.id = e.bank_statement_id`;

/** The newest payments that could fit are compared; older ones are found by their reference. */
const CANDIDATES_MAX = 2000;

/** Reads bank entries and works out what the open ones may belong to. */
@Injectable()
export class BankEntryReader {
  constructor(private readonly database: Database) {}

  @Handle(listBankEntries)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listBankEntries>): Promise<Page<BankEntryView>> {
    const filters = new Filters()
      .add('e.status = ANY (?)', filter.status)
      .add('e.account_iban = ?', filter.accountIban)
      .add('e.direction = ?', filter.direction)
      .add('e.bank_message_id = ?', filter.bankMessageId)
      .add('e.booked_on >= ?', filter.bookedOnFrom)
      .add('e.booked_on < ?', filter.bookedOnTo);
    return this.database.page<EntryRow, BankEntryView>({
      select: ENTRY,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'bookedOn', column: 'e.booked_on', type: 'date' }],
      idColumn: 'e.id',
      limit,
      cursor,
      filterHash: { list: 'bank-entries', ...filter },
      items: (rows) => rows.map(bankEntryView),
    });
  }

  @Handle(getBankEntry)
  get({ bankEntryId }: RequestOf<typeof getBankEntry>): Promise<BankEntryDetail> {
    return this.read(bankEntryId, this.database);
  }

  /** As the given transaction sees it. */
  async read(bankEntryId: string, source: Source): Promise<BankEntryDetail> {
    const [row] = await source.query<EntryRow>(`${ENTRY} WHERE e.id = $1`, [bankEntryId]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const transactions = (await readTransactions(source, [row.id], TRANSACTIONS_SHOWN)).get(row.id) ?? [];
    const matches = await source.query<MatchRow>(
      `SELECT payout_id, payment_run_id, kind, rule, amount_minor, decided_by AS by,
         decided_at AS at FROM bank_match WHERE bank_entry_id = $1 ORDER BY id LIMIT ${MATCHES_SHOWN}`,
      [row.id],
    );
    const dismissals = await source.query<Columns<BankEntryDismissal>>(
      `SELECT ${entityColumns(this.database, BankEntryDismissal, 'd')} FROM bank_entry_dismissal d
       WHERE d.bank_entry_id = $1 ORDER BY d.proposed_at DESC, d.id DESC LIMIT ${DISMISSALS_SHOWN}`,
      [row.id],
    );
    return {
      ...bankEntryView(row),
      transactions: transactions.map((it, index) => transactionView(it, { number: index + 1, currency: row.currency })),
      matches: matches.map(({ amountMinor, at, ...match }) => ({
        ...match,
        amount: toMoney(amountMinor, row.currency),
        at: at.toISOString(),
      })),
      dismissals: dismissals.reverse().map(bankEntryDismissalView),
      proposals: (await this.proposals(row, transactions, source)).map((it, index) =>
        proposalView(it, { rank: index + 1, currency: row.currency }),
      ),
    };
  }

  private async proposals(
    row: EntryRow,
    transactions: readonly ParsedTransaction[],
    source: Source,
  ): Promise<Proposal[]> {
    if (row.status !== 'UNMATCHED' && row.status !== 'PARTLY_MATCHED') return [];
    const items = await source.query<PaymentItem>(
      `SELECT ${ITEM_COLUMNS} FROM ${ITEM_TABLES}
       WHERE r.account_iban = $1 AND p.currency = $2 AND r.execution_on <= $4::date + 3
         AND CASE $3 WHEN 'CREDIT' THEN p.status = 'BOOKED' ELSE p.status = 'SENT' OR (p.status = 'BOOKED' AND NOT EXISTS (
           SELECT FROM bank_match m WHERE m.payout_id = p.id AND m.kind IN ('BOOKED', 'CONFIRMED'))) END
       ORDER BY r.execution_on DESC, p.id LIMIT ${CANDIDATES_MAX}`,
      [row.accountIban, row.currency, row.direction, row.bookedOn],
    );
    return proposalsFor({ ...row, openMinor: row.amountMinor - row.matchedMinor, transactions }, items);
  }
}

function bankEntryView(row: EntryRow): BankEntryView {
  const { amountMinor, matchedMinor, batchReferences: _references, currency, ...view } = row;
  return { ...view, amount: toMoney(amountMinor, currency), matched: toMoney(matchedMinor, currency) };
}

function transactionView(
  transaction: ParsedTransaction,
  { number, currency }: { number: number; currency: string },
): BankEntryDetail['transactions'][number] {
  return {
    number,
    direction: transaction.direction,
    amount: transaction.isAmountTold ? toMoney(transaction.amountMinor, currency) : null,
    charges: toMoney(transaction.chargesMinor, currency),
    endToEndId: transaction.endToEndId,
    batchReference: transaction.batchReferences[0] ?? null,
    counterpartyName: transaction.counterpartyName,
    counterpartyIban: transaction.counterpartyIban,
    remittance: transaction.remittance?.slice(0, REMITTANCE_SHOWN).toWellFormed() ?? null,
    returnReason: transaction.returnReason,
  };
}

function proposalView(
  proposal: Proposal,
  { rank, currency }: { rank: number; currency: string },
): BankEntryDetail['proposals'][number] {
  return {
    ...proposal,
    rank,
    allocations: proposal.allocations.map((it) => ({
      payoutId: it.payoutId,
      amount: toMoney(it.amountMinor, currency),
    })),
  };
}
