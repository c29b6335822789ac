import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf, toMoney } from '#contracts';
import {
  type BankEntryDetail,
  type BankEntryView,
  DISMISSALS_SHOWN,
  getBankEntry,
  listBankEntries,
  MATCHES_SHOWN,
  BANK_RECEIPTS_SHOWN,
  type MatchKind,
  type MatchRule,
  type PayoutStatus,
  REMITTANCE_SHOWN,
  REVERSALS_SHOWN,
  TRANSACTIONS_SHOWN,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { type Call, Handle, type ReadingLanguage } from '#platform';
import { BankEntryDismissal } from './bank-entry-dismissal.entity';
import { bankEntryDismissalView } from './bank-entry-dismissal.messages';
import { readTransactions } from './bank-entry-store.service';
import { KnownItems, referencesOf } from './known-items';
import type { ParsedTransaction } from './parsed-message';
import { IS_CURRENT, ITEM_COLUMNS, ITEM_TABLES, type PaymentItem, readItems } from './payment-item.reader';
import { type Proposal, proposalsFor } from './proposals';
import { areOfTheMoment, isReason, OBSTACLES_IN_GERMAN, type Reason, sentenceOf } from './reasons';

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
  readonly reasons: readonly Reason[] | null;
}

interface MatchRow {
  readonly payoutId: string;
  readonly paymentRunId: string;
  readonly kind: MatchKind;
  readonly rule: MatchRule;
  readonly amountMinor: bigint;
  readonly statusBefore: PayoutStatus;
  readonly by: string;
  readonly at: Date;
  readonly takenBackAt: Date | null;
}

type ReceiptRow = Pick<MatchRow, 'amountMinor' | 'by' | 'at' | 'takenBackAt'> &
  Pick<BankEntryDetail['receipts'][number], 'claimId' | 'drawdownId'>;

const ENTRY = `SELECT e.id, e.version, e.bank_message_id, e.account_iban, coalesce(s.given_id, s.statement_id) AS statement_id,
  e.direction, e.amount_minor,
  e.matched_minor, e.currency, e.booked_on, e.value_on, e.bank_reference, e.batch_references, e.status, e.explanation, e.obstacle,
  e.reasons
FROM bank_entry e JOIN bank_statement s ON s.id = e.bank_statement_id`;

/** The newest payments that could fit are compared; older ones are found by their reference. */
const CANDIDATES_MAX = 2000;

/** Reads bank entries and works out what the open ones may belong to. */
@Injectable()
export class BankEntryReader {
  constructor(private readonly database: Database) {}

  @Handle(listBankEntries)
  async list(
    { limit, cursor, ...filter }: RequestOf<typeof listBankEntries>,
    { language }: Call,
  ): Promise<Page<BankEntryView>> {
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
      items: async (rows) => {
        const reasons = await this.reasonsNow(this.database, rows);
        return rows.map((row) => bankEntryView(row, { reasons: reasons.get(row.id) ?? row.reasons, language }));
      },
    });
  }

  @Handle(getBankEntry)
  get({ bankEntryId }: RequestOf<typeof getBankEntry>, { language }: Call): Promise<BankEntryDetail> {
    return this.read(bankEntryId, this.database, language);
  }

  /** As the given transaction sees it. */
  async read(bankEntryId: string, source: Source, language: ReadingLanguage = 'en'): Promise<BankEntryDetail> {
    const [row] = await source.query<EntryRow>(`${ENTRY} WHERE e.id = $1`, [bankEntryId]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const transactions = (await readTransactions(source, [row.id], TRANSACTIONS_SHOWN)).get(row.id) ?? [];
    const matches = await source.query<MatchRow>(
      `SELECT m.payout_id, m.payment_run_id, m.kind, m.rule, m.amount_minor, m.decided_by AS by, m.decided_at AS at,
         coalesce(m.payout_status_before, CASE m.kind WHEN 'BOOKED' THEN 'SENT' ELSE 'BOOKED' END) AS status_before,
         back.decided_at AS taken_back_at
       FROM bank_match m LEFT JOIN bank_match back ON back.reverses_id = m.id
       WHERE m.bank_entry_id = $1 AND m.reverses_id IS NULL ORDER BY m.id LIMIT ${MATCHES_SHOWN}`,
      [row.id],
    );
    const dismissals = await source.query<Columns<BankEntryDismissal>>(
      `SELECT ${entityColumns(this.database, BankEntryDismissal, 'd')} FROM bank_entry_dismissal d
       WHERE d.bank_entry_id = $1 ORDER BY d.proposed_at DESC, d.id DESC LIMIT ${DISMISSALS_SHOWN}`,
      [row.id],
    );
    const reversals = await source.query<{ by: string; at: Date; reason: string }>(
      `SELECT DISTINCT m.decided_by AS by, m.decided_at AS at, m.reason FROM bank_match m
       WHERE m.bank_entry_id = $1 AND m.reverses_id IS NOT NULL ORDER BY m.decided_at DESC LIMIT ${REVERSALS_SHOWN}`,
      [row.id],
    );
    const receipts = await source.query<ReceiptRow>(
      `SELECT r.claim_id, r.drawdown_id, r.amount_minor, r.decided_by AS by, r.decided_at AS at, back.decided_at AS taken_back_at
       FROM bank_receipt r LEFT JOIN bank_receipt back ON back.reverses_id = r.id
       WHERE r.bank_entry_id = $1 AND r.reverses_id IS NULL ORDER BY r.id LIMIT ${BANK_RECEIPTS_SHOWN}`,
      [row.id],
    );
    const reasons = (await this.reasonsNow(source, [row])).get(row.id) ?? row.reasons;
    return {
      ...bankEntryView(row, { reasons, language }),
      transactions: transactions.map((it, index) => transactionView(it, { number: index + 1, currency: row.currency })),
      matches: matches.map((match) => matchView(match, row.currency)),
      receipts: receipts.map((receipt) => receiptView(receipt, row.currency)),
      reversals: reversals.reverse().map(({ at, ...reversal }) => ({ ...reversal, at: at.toISOString() })),
      dismissals: dismissals.reverse().map(bankEntryDismissalView),
      proposals: (await this.proposals(row, transactions, { source, language })).map((it, index) =>
        proposalView(it, { rank: index + 1, currency: row.currency }),
      ),
    };
  }

  private async proposals(
    row: EntryRow,
    transactions: readonly ParsedTransaction[],
    { source, language }: { source: Source; language: ReadingLanguage },
  ): Promise<Proposal[]> {
    if (!isOpen(row)) return [];
    const items = await source.query<PaymentItem>(
      `SELECT ${ITEM_COLUMNS} FROM ${ITEM_TABLES}
       WHERE r.account_iban = $1 AND p.currency = $2 AND r.execution_on <= $4::date + 3 AND ${IS_CURRENT}
         AND CASE $3 WHEN 'CREDIT' THEN p.status IN ('BOOKED', 'RETURNED') ELSE p.status IN ('SENT', 'REJECTED', 'RETURNED')
           OR p.status = 'BOOKED' AND p.amount_minor > coalesce((SELECT sum(m.amount_minor) FROM bank_match m
             WHERE m.payout_id = p.id AND m.kind IN ('BOOKED', 'CONFIRMED')), 0) END
       ORDER BY r.execution_on DESC, p.id LIMIT ${CANDIDATES_MAX}`,
      [row.accountIban, row.currency, row.direction, row.bookedOn],
    );
    const open = items.filter((item) => !item.isReturnSettled);
    return proposalsFor({ ...row, openMinor: row.amountMinor - row.matchedMinor, transactions }, open, language);
  }

  /** Why open entries wait, as entries and payments stand now: a payment may have been sent, or come back, since it was kept. */
  private async reasonsNow(source: Source, rows: readonly EntryRow[]): Promise<Map<string, readonly Reason[]>> {
    const waiting = rows.filter((row) => isOpen(row) && row.reasons !== null && areOfTheMoment(row.reasons));
    if (waiting.length === 0) return new Map();
    const transactions = await readTransactions(
      source,
      waiting.map((row) => row.id),
    );
    const entries = waiting.map((row) => ({
      ...row,
      openMinor: row.amountMinor - row.matchedMinor,
      transactions: transactions.get(row.id) ?? [],
    }));
    const items = new KnownItems(await readItems(source, referencesOf(entries)));
    return new Map(
      entries.map((entry) => {
        const { reasons } = items.judge(entry);
        return [entry.id, reasons.length > 0 ? reasons : [{ code: 'FITS_NOW' as const }]];
      }),
    );
  }
}

function isOpen({ status }: EntryRow): boolean {
  return status === 'UNMATCHED' || status === 'PARTLY_MATCHED';
}

function bankEntryView(
  row: EntryRow,
  { reasons, language = 'en' }: { reasons: readonly Reason[] | null; language: ReadingLanguage | undefined },
): BankEntryView {
  const { amountMinor, matchedMinor, batchReferences: _references, currency, reasons: _reasons, ...view } = row;
  const known = reasons?.filter(isReason) ?? [];
  const obstacle = row.obstacle !== null && language === 'de' ? OBSTACLES_IN_GERMAN[row.obstacle] : row.explanation;
  const explanation = known.length > 0 ? sentenceOf(known, language) : obstacle;
  return {
    ...view,
    explanation: explanation?.slice(0, 1000) ?? null,
    amount: toMoney(amountMinor, currency),
    matched: toMoney(matchedMinor, currency),
  };
}

function matchView(
  { amountMinor, at, takenBackAt, ...match }: MatchRow,
  currency: string,
): BankEntryDetail['matches'][number] {
  return {
    ...match,
    amount: toMoney(amountMinor, currency),
    at: at.toISOString(),
    takenBackAt: takenBackAt?.toISOString() ?? null,
  };
}

function receiptView(
  { amountMinor, at, takenBackAt, ...receipt }: ReceiptRow,
  currency: string,
): BankEntryDetail['receipts'][number] {
  return {
    ...receipt,
    amount: toMoney(amountMinor, currency),
    at: at.toISOString(),
    takenBackAt: takenBackAt?.toISOString() ?? null,
  };
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
