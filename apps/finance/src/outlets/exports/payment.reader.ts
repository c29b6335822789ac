import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { CostCategory } from '#contracts/finance';
import { Database } from '#database';
import { FundService } from '../../budget/funds/fund.service';
import { type Position } from './file-part';
import { PART_ROWS, type Range } from './part-rows';

/** A payout that the bank booked, or the part of it that came back. */
export interface PaymentRow {
  readonly id: string;
  readonly side: 1 | 2;
  readonly bookedOn: string;
  readonly payee: string;
  readonly category: CostCategory;
  readonly budgetYear: number;
  readonly instalment: number;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export interface PaymentPart {
  readonly rows: readonly PaymentRow[];
  readonly next: Position | undefined;
}

/** Reads what the bank booked for a fund part by part, by booking date: payments, and those that came back. */
@Injectable()
export class PaymentReader {
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
  async read({ fundId, from, to }: Range, position: Position): Promise<PaymentPart> {
    const [bookedOn, id, side] = position.after ?? BEFORE_ALL;
    const rows = await this.database.query<PaymentRow>(
      `SELECT * FROM (${PAYMENTS}) payment WHERE (booked_on, id, side) > ($4::date, $5::uuid, $6::int)
       ORDER BY booked_on, id, side LIMIT $7`,
      [fundId, from, to, bookedOn, id, side, PART_ROWS],
    );
    const last = rows.at(-1);
    const written = position.written + rows.length;
    if (rows.length === PART_ROWS && last) {
      return { rows, next: { ...position, written, after: [last.bookedOn, last.id, last.side] } };
    }
    if (written !== position.rows) throw new AppError('FINANCE_EXPORT_CHANGED');
    return { rows, next: undefined };
  }
}

const BEFORE_ALL = ['0001-01-01', '00000000-0000-0000-0000-000000000000', 0] as const;

/** A payment that came back was booked all the same; its return is a row of its own, on its own day. */
export const PAYMENTS = `
SELECT payout.id, 1 AS side, payout.booked_on, payee.name AS payee, payout.category, payout.budget_year,
  payout.instalment, payout.amount_minor, payout.currency
FROM payout JOIN payee ON payee.id = payout.payee_id
WHERE payout.fund_id = $1 AND payout.status IN ('BOOKED', 'RETURNED') AND payout.booked_on >= $2 AND payout.booked_on < $3
UNION ALL
SELECT payout.id, 2, back.occurred_on, payee.name, payout.category, payout.budget_year, payout.instalment,
  back.amount_minor, payout.currency
FROM payout_return back JOIN payout ON payout.id = back.payout_id JOIN payee ON payee.id = payout.payee_id
WHERE back.fund_id = $1 AND back.kind = 'RETURNED' AND back.occurred_on >= $2 AND back.occurred_on < $3`;

const COUNT = `
SELECT count(*)::int AS rows, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS as_of
FROM (${PAYMENTS}) payment`;
