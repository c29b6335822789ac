import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { type CostCategory, type JournalEntryKind, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { actorOf } from '#messaging';
import { newId } from '#platform';

export interface LedgerLine {
  readonly year: number;
  readonly stage: LedgerStage;
  /** What the stage gains (positive) or gives (negative), in minor units of the fund's currency. */
  readonly amountMinor: bigint;
  /** What the money is for, where the booking knows it: for statements, not part of the account. */
  readonly category?: CostCategory | undefined;
}

/** A part of a booked amount by what it is for. */
export interface CategoryPart {
  /** Unknown only where plan and payouts do not tell it to the cent: a wrong category would be worse than none. */
  readonly category: CostCategory | undefined;
  readonly amountMinor: bigint;
}

export interface LedgerEntry {
  readonly fundId: string;
  readonly kind: JournalEntryKind;
  /** The business case; one entry per kind and reference for ever, so that a repeated posting is refused. */
  readonly reference: string;
  readonly effectiveOn: string;
  readonly correlationId: string;
  readonly lines: readonly LedgerLine[];
  /** Who brought it about, where several persons' entries share a transaction; else whoever the transaction runs for. */
  readonly bookedBy?: string;
  /** A reversal names the entry it takes back, and why. */
  readonly reverses?: { readonly entryId: string; readonly reason: string };
}

export interface StageBalance {
  readonly year: number;
  readonly stage: LedgerStage;
  readonly balanceMinor: bigint;
}

export interface LedgerAccountState extends StageBalance {
  readonly isOpen: boolean;
}

/** Lines that move money between two stages of one year. */
export function move(
  year: number,
  amountMinor: bigint,
  { from, to, category }: { from: LedgerStage; to: LedgerStage; category?: CostCategory },
): LedgerLine[] {
  return [
    { year, stage: from, amountMinor: -amountMinor, category },
    { year, stage: to, amountMinor, category },
  ];
}

/** Lines that move what belongs together by budget year and category, such as payments, as one sum of each. */
export function moveByCategory(
  items: readonly { budgetYear: number; category: CostCategory; amountMinor: bigint }[],
  { from, to }: { from: LedgerStage; to: LedgerStage },
): LedgerLine[] {
  const groups = Map.groupBy(items, ({ budgetYear, category }) => `${budgetYear} ${category}`);
  return [...groups.values()].flatMap((group) => {
    const total = group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return group.slice(0, 1).flatMap(({ budgetYear, category }) => move(budgetYear, total, { from, to, category }));
  });
}

/**
 * The double-entry journal of all funds: the only code that moves a balance. An entry and the balances it moves are written by
 * one statement in the caller's transaction. The database decides cover (FINANCE_LEDGER_NOT_COVERED), refuses closed years
 * (FINANCE_BUDGET_YEAR_CLOSED), a business case posted before (FINANCE_ENTRY_ALREADY_POSTED) and, at commit, an entry that does
 * not balance in every year. Nothing is ever changed or deleted; a correction is another entry.
 */
@Injectable()
export class Ledger {
  constructor(private readonly database: Database) {}

  /** The entry of a business case, if it was posted. */
  async entryOf(tx: Tx, kind: JournalEntryKind, reference: string): Promise<string | undefined> {
    const [entry] = await tx.query<{ id: string }>('SELECT id FROM journal_entry WHERE kind = $1 AND reference = $2', [
      kind,
      reference,
    ]);
    return entry?.id;
  }

  /** Those of these business cases that were posted and not taken back. */
  standing(
    tx: Tx,
    kind: JournalEntryKind,
    references: readonly string[],
  ): Promise<{ id: string; fundId: string; reference: string }[]> {
    return tx.query(
      `SELECT e.id, e.fund_id, e.reference FROM journal_entry e WHERE e.kind = $1 AND e.reference = ANY ($2::text[])
         AND NOT EXISTS (SELECT FROM journal_entry r WHERE r.reverses_entry_id = e.id) ORDER BY e.fund_id, e.id`,
      [kind, references],
    );
  }

  /** Lines that take an entry back; none when the fund has no such entry of the kind. */
  reversalOf(tx: Tx, entry: { id: string; fundId: string; kind: JournalEntryKind }): Promise<LedgerLine[]> {
    return tx.query<LedgerLine>(
      `SELECT line.budget_year AS year, line.stage, -line.amount_minor AS amount_minor, line.category
       FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
       WHERE entry.id = $1 AND entry.fund_id = $2 AND entry.kind = $3 ORDER BY line.line`,
      [entry.id, entry.fundId, entry.kind],
    );
  }

  /** Opens the accounts of a budget year, one for each stage. */
  async open(tx: Tx, fund: { readonly id: string; readonly currency: string }, year: number): Promise<void> {
    await tx.execute(
      `INSERT INTO ledger_account (fund_id, budget_year, stage, currency) SELECT $1, $2, unnest($3::text[]), $4
       ON CONFLICT ON CONSTRAINT pk_ledger_account DO NOTHING`,
      [fund.id, year, LEDGER_STAGES, fund.currency],
    );
  }

  post(tx: Tx, entry: LedgerEntry): Promise<void> {
    return this.postAll(tx, [entry]);
  }

  /** Many entries with one statement: accounts that several of them move are locked and moved once. */
  async postAll(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const booked = entries.map((entry) => ({ ...entry, id: newId() }));
    const lines = booked.flatMap((entry) => entry.lines.map((line, index) => ({ ...line, entry, number: index + 1 })));
    const [row] = await tx.statement<{ moved: bigint; expected: bigint }>('ledger_post', POST, [
      lines.map(({ entry }) => entry.id),
      lines.map(({ entry }) => entry.fundId),
      lines.map(({ number }) => number),
      lines.map(({ year }) => year),
      lines.map(({ stage }) => stage),
      lines.map(({ amountMinor }) => amountMinor.toString()),
      lines.map(({ category }) => category ?? null),
      booked.map(({ id }) => id),
      booked.map(({ fundId }) => fundId),
      booked.map(({ kind }) => kind),
      booked.map(({ reference }) => reference),
      booked.map(({ effectiveOn }) => effectiveOn),
      booked.map(({ correlationId }) => correlationId),
      booked.map(({ reverses }) => reverses?.entryId ?? null),
      booked.map(({ reverses }) => reverses?.reason ?? null),
      booked.map(({ bookedBy }) => bookedBy ?? actorOf(tx)),
    ]);
    const funds = [...new Set(entries.map(({ fundId }) => fundId))].join(', ');
    if (row?.moved !== row?.expected) throw new AppError('FINANCE_BUDGET_YEAR_CLOSED', { fundId: funds });
  }

  /**
   * Locks accounts in the order in which posting locks them and tells their balances: for a decision that must hold until
   * commit and whose refusal is a result, not an error. Accounts that do not exist are left out.
   */
  async lock(
    tx: Tx,
    fundId: string,
    accounts: readonly Pick<LedgerLine, 'year' | 'stage'>[],
  ): Promise<LedgerAccountState[]> {
    return tx.statement<LedgerAccountState>('ledger_lock', LOCK, [
      fundId,
      accounts.map((account) => account.year),
      accounts.map((account) => account.stage),
    ]);
  }

  /** The stored balances, one row per year and stage; in the snapshot of the caller, if it has one. */
  balances(fundId: string, source: Pick<Tx, 'statement'> = this.database): Promise<StageBalance[]> {
    return source.statement<StageBalance>('ledger_balances', BALANCES, [fundId]);
  }

  /** The balances as a replay of the journal up to an instant gives them; years without an entry until then are zero. */
  balancesAsOf(fundId: string, asOf: Date): Promise<StageBalance[]> {
    return this.database.statement<StageBalance>('ledger_replay', REPLAY, [fundId, asOf]);
  }
}

const ACCOUNT_ORDER = `array_position(ARRAY[${LEDGER_STAGES.map((stage) => `'${stage}'`).join(', ')}], a.stage)`;

// Locked in one order by everyone, so that two entries never wait for each other. The balance is read again after a wait
// (READ COMMITTED), and the table's CHECK decides whether it covers. The entry's time is taken once the locks are held:
// entries of one account are booked in the order in which they take effect.
const POST = `
WITH line AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::bigint[], $7::text[])
    AS l (entry_id, fund_id, number, year, stage, amount, category)
), delta AS (
  SELECT fund_id, year, stage, sum(amount)::bigint AS amount FROM line GROUP BY fund_id, year, stage
), locked AS MATERIALIZED (
  SELECT a.fund_id, a.budget_year, a.stage
  FROM ledger_account a JOIN delta ON delta.fund_id = a.fund_id AND delta.year = a.budget_year AND delta.stage = a.stage
  ORDER BY a.fund_id, a.budget_year, ${ACCOUNT_ORDER} FOR NO KEY UPDATE OF a
), moved AS (
  UPDATE ledger_account a SET balance_minor = a.balance_minor + delta.amount
  FROM locked JOIN delta ON delta.fund_id = locked.fund_id AND delta.year = locked.budget_year AND delta.stage = locked.stage
  WHERE a.fund_id = locked.fund_id AND a.budget_year = locked.budget_year AND a.stage = locked.stage AND a.is_open
  RETURNING a.stage
), entry AS (
  INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, reverses_entry_id, reason,
    booked_by)
  SELECT e.* FROM (SELECT count(*) FROM moved) AS first,
    unnest($8::uuid[], $9::uuid[], $10::text[], $11::text[], $12::date[], $13::text[], $14::uuid[], $15::text[],
      $16::text[]) AS e
  RETURNING id
), written AS (
  INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor, category)
  SELECT entry.id, line.number, line.fund_id, line.year, line.stage, line.amount, line.category
  FROM line JOIN entry ON entry.id = line.entry_id
)
SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM delta) AS expected`;

const LOCK = `
SELECT a.budget_year AS year, a.stage, a.balance_minor, a.is_open
FROM ledger_account a JOIN unnest($2::int[], $3::text[]) AS wanted (year, stage)
  ON wanted.year = a.budget_year AND wanted.stage = a.stage
WHERE a.fund_id = $1 ORDER BY a.budget_year, ${ACCOUNT_ORDER} FOR NO KEY UPDATE OF a`;

const BALANCES = `
SELECT budget_year AS year, stage, balance_minor FROM ledger_account WHERE fund_id = $1`;

const REPLAY = `
SELECT a.budget_year AS year, a.stage, coalesce(replayed.amount, 0)::bigint AS balance_minor
FROM ledger_account a LEFT JOIN (
  SELECT line.budget_year, line.stage, sum(line.amount_minor) AS amount
  FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
  WHERE entry.fund_id = $1 AND entry.booked_at <= $2
  GROUP BY line.budget_year, line.stage
) replayed ON replayed.budget_year = a.budget_year AND replayed.stage = a.stage
WHERE a.fund_id = $1`;
