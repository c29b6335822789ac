import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { LEDGER_STAGES } from '#contracts/finance';
import { Database } from '#database';
import { FundService } from '../../budget/funds/fund.service';
import { Ledger } from '../../budget/ledger/ledger.service';
import { type Position } from './file-part';
import { type JournalLineRow } from './journal-rows';
import { PART_ROWS, type Range } from './part-rows';

interface Row extends JournalLineRow {
  /** With the microseconds that a Date loses. */
  readonly bookedAtExact: string;
}

export interface JournalPart {
  readonly rows: readonly JournalLineRow[];
  /** Of the next part; undefined after the last one. */
  readonly next: Position | undefined;
}

/**
 * Reads the journal of a fund part by part, in the order of booking, as it was at one instant: no part has an entry that was
 * booked after the first one began, and none leaves out an earlier one, whichever replica reads it.
 */
@Injectable()
export class JournalReader {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly funds: FundService,
  ) {}

  /** FINANCE_EXPORT_TOO_LARGE above a number of rows. */
  async begin(range: Range, rowsMax = Number.MAX_SAFE_INTEGER): Promise<Position> {
    const asOf = await this.settledNow(range.fundId);
    const { fundId, from, to } = range;
    const [counted] = await this.database.query<{ rows: number }>(COUNT, [fundId, from, to, asOf]);
    const rows = counted?.rows ?? 0;
    if (rows > rowsMax) throw new AppError('FINANCE_EXPORT_TOO_LARGE', { rows, rowsMax });
    return { asOf, rows, written: 0, after: null, entry: { crc: 0, compressed: 0, size: 0 } };
  }

  async read({ fundId, from, to }: Range, position: Position): Promise<JournalPart> {
    const [bookedAt, entryId, line] = position.after ?? BEFORE_ALL;
    const rows = await this.database.query<Row>(LINES, [
      fundId,
      from,
      to,
      position.asOf,
      bookedAt,
      entryId,
      line,
      PART_ROWS,
    ]);
    const last = rows.at(-1);
    const written = position.written + rows.length;
    if (rows.length < PART_ROWS || !last) {
      // The journal is append-only: what was counted at the start is there, or the query is wrong.
      assert.equal(written, position.rows, 'an export of the journal is not complete');
      return { rows, next: undefined };
    }
    return { rows, next: { ...position, written, after: [last.bookedAtExact, last.entryId, last.line] } };
  }

  /**
   * An instant up to which the journal of the fund is complete. Whoever posts holds an account of the fund until commit and takes
   * the time while holding it; with all accounts held here, everybody before is visible and everybody after is later.
   */
  private async settledNow(fundId: string): Promise<string> {
    const { budgetYears } = await this.funds.get({ fundId });
    const accounts = budgetYears.flatMap(({ year }) => LEDGER_STAGES.map((stage) => ({ year, stage })));
    return this.database.transaction(async (tx) => {
      await this.ledger.lock(tx, fundId, accounts);
      const [now] = await tx.query<{ at: string }>(`SELECT ${exact('clock_timestamp()')} AS at`);
      assert(now, 'a clock that does not answer');
      return now.at;
    });
  }
}

const BEFORE_ALL = ['-infinity', '00000000-0000-0000-0000-000000000000', 0] as const;

function exact(instant: string): string {
  return `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

function rangeWith(more: string): string {
  return `
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id ${more}
WHERE entry.fund_id = $1 AND entry.effective_on >= $2 AND entry.effective_on < $3 AND entry.booked_at <= $4::timestamptz`;
}

/** The reference of an entry begins with the payout, or with the bank entry that was booked of it. */
const REFERRED = `substring(entry.reference FROM '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')::uuid`;

/** What is promised in another currency, of an entry that is about one such payment. */
const PROMISE = `LEFT JOIN LATERAL (SELECT min(payout.instructed_minor) AS instructed_minor, min(payout.instructed_currency) AS instructed_currency
  FROM (SELECT ${REFERRED} AS id UNION SELECT m.payout_id FROM bank_match m WHERE m.bank_entry_id = ${REFERRED}) AS referred
  JOIN payout ON payout.id = referred.id WHERE payout.instructed_minor IS NOT NULL
  HAVING count(*) = 1) AS promise ON true`;

const COUNT = `SELECT count(*)::int AS rows ${rangeWith('')}`;

// The condition on the time alone is implied by the one after it and lets the index begin there.
const LINES = `
SELECT entry.id AS entry_id, line.line, entry.kind, entry.reference, entry.booked_at,
  ${exact('entry.booked_at')} AS booked_at_exact, entry.effective_on,
  entry.correlation_id, entry.booked_by, entry.reverses_entry_id, line.budget_year AS year, line.stage,
  line.category, line.amount_minor, (SELECT currency FROM fund WHERE id = $1) AS currency,
  seal.seq, encode(seal.hash, 'hex') AS hash, promise.instructed_minor, promise.instructed_currency
${rangeWith(`LEFT JOIN journal_seal seal ON seal.entry_id = entry.id ${PROMISE}`)} AND entry.booked_at >= $5::timestamptz
  AND (entry.booked_at, entry.id, line.line) > ($5::timestamptz, $6::uuid, $7::int)
ORDER BY entry.booked_at, entry.id, line.line LIMIT $8`;
