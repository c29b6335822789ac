import { Injectable } from '@nestjs/common';
import { AppError, type CostCategory, type JournalEntryKind, LEDGER_STAGES, type LedgerStage } from '#contracts';
import { Database, type Tx } from '#database';
import { newId } from '#platform';

export interface LedgerLine {
  readonly year: number;
  readonly stage: LedgerStage;
  /** What the stage gains (positive) or gives (negative), in minor units of the fund's currency. */
  readonly amountMinor: bigint;
  /** What the money is for, where the booking knows it: for statements, not part of the account. */
  readonly category?: CostCategory | undefined;
}

export interface LedgerEntry {
  readonly fundId: string;
  readonly kind: JournalEntryKind;
  /** The business case; one entry per kind and reference for ever, so that a repeated posting is refused. */
  readonly reference: string;
  readonly effectiveOn: string;
  readonly correlationId: string;
  readonly lines: readonly LedgerLine[];
  /** A reversal names the entry it takes back, and why. */
  readonly reverses?: { readonly entryId: string; readonly reason: string };
}

export interface StageBalance {
  readonly year: number;
  readonly stage: LedgerStage;
  readonly balanceMinor: bigint;
}

export interface AccountState extends StageBalance {
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

/**
 * The double-entry journal of all funds: the only code that moves a balance. An entry and the balances it moves are written by
 * one statement in the caller's transaction. The database decides cover (FINANCE_LEDGER_NOT_COVERED), refuses closed years
 * (FINANCE_BUDGET_YEAR_CLOSED), a business case posted before (FINANCE_ENTRY_ALREADY_POSTED) and, at commit, an entry that does
 * not balance in every year. Nothing is ever changed or deleted; a correction is another entry.
 */
@Injectable()
export class Ledger {
  constructor(private readonly database: Database) {}

  async post(tx: Tx, entry: LedgerEntry): Promise<void> {
    const [row] = await tx.statement<{ moved: bigint; expected: bigint }>('ledger_post', POST, [
      entry.fundId,
      entry.lines.map((line) => line.year),
      entry.lines.map((line) => line.stage),
      entry.lines.map((line) => line.amountMinor.toString()),
      newId(),
      entry.kind,
      entry.reference,
      entry.effectiveOn,
      entry.correlationId,
      entry.lines.map((line) => line.category ?? null),
      entry.reverses?.entryId ?? null,
      entry.reverses?.reason ?? null,
    ]);
    if (row?.moved !== row?.expected) throw new AppError('FINANCE_BUDGET_YEAR_CLOSED', { fundId: entry.fundId });
  }

  /**
   * Locks accounts in the order in which posting locks them and tells their balances: for a decision that must hold until
   * commit and whose refusal is a result, not an error. Accounts that do not exist are left out.
   */
  async lock(tx: Tx, fundId: string, accounts: readonly Pick<LedgerLine, 'year' | 'stage'>[]): Promise<AccountState[]> {
    return tx.statement<AccountState>('ledger_lock', LOCK, [
      fundId,
      accounts.map((account) => account.year),
      accounts.map((account) => account.stage),
    ]);
  }

  /** The stored balances, one row per year and stage. */
  balances(fundId: string): Promise<StageBalance[]> {
    return this.database.statement<StageBalance>('ledger_balances', BALANCES, [fundId]);
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
  SELECT year, stage, amount, category, number
  FROM unnest($2::int[], $3::text[], $4::bigint[], $10::text[]) WITH ORDINALITY AS l (year, stage, amount, category, number)
), delta AS (
  SELECT year, stage, sum(amount)::bigint AS amount FROM line GROUP BY year, stage
), locked AS MATERIALIZED (
  SELECT a.budget_year, a.stage FROM ledger_account a JOIN delta ON delta.year = a.budget_year AND delta.stage = a.stage
  WHERE a.fund_id = $1 ORDER BY a.budget_year, ${ACCOUNT_ORDER} FOR NO KEY UPDATE OF a
), moved AS (
  UPDATE ledger_account a SET balance_minor = a.balance_minor + delta.amount
  FROM locked JOIN delta ON delta.year = locked.budget_year AND delta.stage = locked.stage
  WHERE a.fund_id = $1 AND a.budget_year = locked.budget_year AND a.stage = locked.stage AND a.is_open
  RETURNING a.stage
), entry AS (
  INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, reverses_entry_id, reason)
  SELECT $5::uuid, $1::uuid, $6, $7, $8::date, $9, $11::uuid, $12::text FROM (SELECT count(*) FROM moved) AS first
  RETURNING id
), written AS (
  INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor, category)
  SELECT entry.id, line.number, $1, line.year, line.stage, line.amount, line.category FROM line, entry
)
SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM delta) AS expected`;

const LOCK = `
SELECT a.budget_year AS year, a.stage, a.balance_minor AS "balanceMinor", a.is_open AS "isOpen"
FROM ledger_account a JOIN unnest($2::int[], $3::text[]) AS wanted (year, stage)
  ON wanted.year = a.budget_year AND wanted.stage = a.stage
WHERE a.fund_id = $1 ORDER BY a.budget_year, ${ACCOUNT_ORDER} FOR NO KEY UPDATE OF a`;

const BALANCES = `
SELECT budget_year AS year, stage, balance_minor AS "balanceMinor" FROM ledger_account WHERE fund_id = $1`;

const REPLAY = `
SELECT a.budget_year AS year, a.stage, coalesce(replayed.amount, 0)::bigint AS "balanceMinor"
FROM ledger_account a LEFT JOIN (
  SELECT line.budget_year, line.stage, sum(line.amount_minor) AS amount
  FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
  WHERE entry.fund_id = $1 AND entry.booked_at <= $2
  GROUP BY line.budget_year, line.stage
) replayed ON replayed.budget_year = a.budget_year AND replayed.stage = a.stage
WHERE a.fund_id = $1`;
