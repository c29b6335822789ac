import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { CostCategory } from '#contracts/finance';
import { Database } from '#database';
import { FundService } from '../../budget/funds/fund.service';
import { type Position } from './file-part';
import { PART_ROWS, type Range } from './part-rows';

/** What money that left or reached the fund's account was for. */
export type BookingKind = 'PAYMENT' | 'RETURN' | 'CHARGE' | 'CLAIM' | 'CLAIM_INTEREST' | 'OTHER';

/** One amount that the journal says left the account, or came to it. */
export interface BankBooking {
  readonly id: string;
  /** Tells bookings of one id apart. */
  readonly number: number;
  readonly kind: BookingKind;
  readonly bookedOn: string;
  /** Null where it belongs to no payout. */
  readonly payee: string | null;
  readonly payoutId: string | null;
  readonly instalment: number | null;
  /** A part of what the payout amounts to. */
  readonly isPart: boolean;
  readonly category: CostCategory | null;
  readonly budgetYear: number;
  /** What left the account; below zero: what came to it. */
  readonly amountMinor: bigint;
  readonly currency: string;
}

export interface BookingPart {
  readonly rows: readonly BankBooking[];
  readonly next: Position | undefined;
}

/** Reads what the bank booked for a fund part by part, by booking date. */
@Injectable()
export class BankBookingReader {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
  ) {}

  /** FINANCE_EXPORT_TOO_LARGE above a number of rows. */
  async begin({ fundId, from, to }: Range, rowsMax: number): Promise<Position> {
    await this.funds.get({ fundId });
    const [counted] = await this.database.query<{ rows: number; asOf: string }>(COUNT, [fundId, from, to]);
    const rows = counted?.rows ?? 0;
    if (rows > rowsMax) throw new AppError('FINANCE_EXPORT_TOO_LARGE', { rows, rowsMax });
    return { asOf: counted?.asOf ?? '', rows, written: 0, after: null, entry: { crc: 0, compressed: 0, size: 0 } };
  }

  /**
   * FINANCE_EXPORT_CHANGED when the period got another booking while its file was read: the parts would not fit together, and a
   * file that nobody can tell from a complete one is worse than none.
   */
  async read({ fundId, from, to }: Range, position: Position): Promise<BookingPart> {
    const [bookedOn, id, number] = position.after ?? [from, '00000000-0000-0000-0000-000000000000', -1];
    // The days before are written: the part need not look at them again.
    const rows = await this.database.query<BankBooking>(
      `${BOOKINGS} SELECT * FROM booking WHERE (booked_on, id, number) > ($2::date, $4::uuid, $5::int)
       ORDER BY booked_on, id, number LIMIT $6`,
      [fundId, bookedOn, to, id, number, PART_ROWS],
    );
    const last = rows.at(-1);
    const written = position.written + rows.length;
    if (rows.length === PART_ROWS && last) {
      return { rows, next: { ...position, written, after: [last.bookedOn, last.id, last.number] } };
    }
    if (written !== position.rows) throw new AppError('FINANCE_EXPORT_CHANGED');
    return { rows, next: undefined };
  }
}

/**
 * The journal decides: what it moved to or from `paid`, and what came from debtors, is in here to the cent, on its day and in its
 * budget year. The matches of bank entries and the items of runs booked by hand say to whom; an amount that they do not explain is
 * a booking of its own instead of missing.
 */
export const BOOKINGS = `
WITH line AS MATERIALIZED (
  SELECT entry.id, line.line, entry.kind, entry.reference, entry.effective_on, line.budget_year, line.category, line.stage, line.amount_minor
  FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
  WHERE entry.fund_id = $1 AND entry.effective_on >= $2::date AND entry.effective_on < $3::date
    AND (line.stage = 'paid' OR line.stage = 'external' AND entry.kind LIKE 'CLAIM%')
), detail AS MATERIALIZED (
  SELECT match.id, 0 AS number, match.payout_id, day.booked_on,
    CASE match.kind WHEN 'RETURNED' THEN -match.amount_minor ELSE match.amount_minor END AS amount_minor
  FROM bank_match match JOIN bank_entry bank ON bank.id = match.bank_entry_id
  -- What is taken back is reversed on the day on which a person decides so.
  CROSS JOIN LATERAL (SELECT CASE WHEN match.reverses_id IS NULL THEN bank.booked_on
    ELSE (match.decided_at AT TIME ZONE 'Europe/Berlin')::date END AS booked_on) day
  WHERE match.fund_id = $1 AND match.kind IN ('BOOKED', 'RETURNED', 'RETURN_REVERSED') AND day.booked_on >= $2::date AND day.booked_on < $3::date
  UNION ALL
  SELECT payout.id, 1, payout.id, run.effective_on, payout.amount_minor - coalesce((SELECT sum(match.amount_minor)
    FROM bank_match match WHERE match.payout_id = payout.id AND match.kind = 'BOOKED'), 0)::bigint
  FROM (SELECT DISTINCT effective_on, CASE WHEN reference NOT LIKE '%:%' THEN reference::uuid END AS id
    FROM line WHERE kind = 'PAYMENT_BOOKED') run
  JOIN payment_run_item item ON item.payment_run_id = run.id JOIN payout ON payout.id = item.payout_id
), payment AS MATERIALIZED (
  SELECT detail.id, detail.number, CASE WHEN detail.amount_minor < 0 THEN 'RETURN' ELSE 'PAYMENT' END AS kind, detail.booked_on,
    payee.name AS payee, payout.id AS payout_id, payout.instalment, abs(detail.amount_minor) < payout.amount_minor AS is_part,
    payout.category, payout.budget_year, detail.amount_minor
  FROM detail JOIN payout ON payout.id = detail.payout_id JOIN payee ON payee.id = payout.payee_id WHERE detail.amount_minor <> 0
), unexplained AS (
  SELECT booked_on, budget_year, category, sum(amount_minor)::bigint AS amount_minor FROM (
    SELECT effective_on AS booked_on, budget_year, category, amount_minor FROM line
    WHERE stage = 'paid' AND kind NOT IN ('BANK_CHARGE_BOOKED', 'BANK_CHARGE_REVERSED')
    UNION ALL SELECT booked_on, budget_year, category, -amount_minor FROM payment
  ) part GROUP BY booked_on, budget_year, category HAVING sum(amount_minor) <> 0
), booking AS (
  SELECT payment.*, (SELECT currency FROM fund WHERE id = $1) AS currency FROM (
    SELECT * FROM payment
    UNION ALL
    SELECT id, line, CASE WHEN kind LIKE 'CLAIM_INTEREST%' THEN 'CLAIM_INTEREST' WHEN stage = 'external' THEN 'CLAIM' ELSE 'CHARGE' END, effective_on, NULL, NULL, NULL, false, category, budget_year, amount_minor
    FROM line WHERE stage = 'external' OR kind IN ('BANK_CHARGE_BOOKED', 'BANK_CHARGE_REVERSED')
    UNION ALL
    SELECT md5(concat_ws(' ', booked_on, budget_year, category))::uuid, 2, 'OTHER', booked_on, NULL, NULL, NULL, false, category, budget_year, amount_minor
    FROM unexplained
  ) payment
)`;

const COUNT = `${BOOKINGS}
SELECT count(*)::int AS rows, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS as_of
FROM booking`;
