import type { Tx } from '#database';
import type { CommitmentYearRow } from './commitment.messages';

// The only code that writes commitment_year: what each commitment binds of a budget year (bind), what of it payouts were
// ordered of (order, and return when an order is void or the money came back), what it gave up (release), and what the next
// year takes over (carry over). What is open is the rest; the table's CHECK keeps it from falling below zero
// (FINANCE_LEDGER_NOT_COVERED). The ledger books the same amounts, and a check compares the two.

/** An amount of one budget year. */
export interface YearAmount {
  readonly year: number;
  readonly amountMinor: bigint;
}

/** An amount of one budget year of one commitment. */
export interface CommitmentAmount extends YearAmount {
  readonly commitmentId: string;
}

export const COMMITMENT_YEARS = `SELECT commitment_id, year, amount_minor, ordered_minor,
  released_minor FROM commitment_year`;

/** Years of a commitment, locked: what is open stays so until commit. */
export function lockYears(tx: Tx, commitmentId: string): Promise<CommitmentYearRow[]> {
  return tx.query<CommitmentYearRow>(`${COMMITMENT_YEARS} WHERE commitment_id = $1 ORDER BY year FOR UPDATE`, [
    commitmentId,
  ]);
}

/** Binds so much (more) in these years; FINANCE_BUDGET_YEAR_UNKNOWN for one that the fund has not opened. */
export async function bindYears(
  tx: Tx,
  commitment: { id: string; fundId: string },
  amounts: readonly YearAmount[],
): Promise<void> {
  await tx.execute(BIND, [commitment.id, commitment.fundId, ...columns(amounts)]);
}

/** Gives up so much of what these years bind and no payout was ordered of. */
export async function releaseYears(tx: Tx, commitmentId: string, amounts: readonly YearAmount[]): Promise<void> {
  await tx.execute(RELEASE, [commitmentId, ...columns(amounts)]);
}

/** Takes ordered money out of the open part of commitments, each year of each commitment once. */
export async function orderFromYears(tx: Tx, orders: readonly CommitmentAmount[]): Promise<void> {
  await tx.statement('commitment_year_order', ORDER, [orders.map((it) => it.commitmentId), ...columns(orders)]);
}

/** Opens again what was ordered: the order is void, or the money came back. */
export async function returnToYear(tx: Tx, { commitmentId, year, amountMinor }: CommitmentAmount): Promise<void> {
  await tx.execute(RETURN, [commitmentId, year, amountMinor]);
}

/** Moves everything that a fund's commitments have open in a year to the next one; answers what that was, per commitment. */
export function carryOverYear(tx: Tx, fundId: string, year: number): Promise<CommitmentAmount[]> {
  return tx.query<CommitmentAmount>(CARRY_OVER, [fundId, year]);
}

function columns(amounts: readonly YearAmount[]): [number[], string[]] {
  return [amounts.map((it) => it.year), amounts.map((it) => it.amountMinor.toString())];
}

const BIND = `
INSERT INTO commitment_year AS y (commitment_id, fund_id, year, amount_minor)
SELECT $1, $2, year, amount FROM unnest($3::int[], $4::bigint[]) AS bound (year, amount)
ON CONFLICT (commitment_id, year) DO UPDATE SET amount_minor = y.amount_minor + excluded.amount_minor`;

const RELEASE = `
UPDATE commitment_year y SET released_minor = y.released_minor + released.amount
FROM unnest($2::int[], $3::bigint[]) AS released (year, amount) WHERE y.commitment_id = $1 AND y.year = released.year`;

// Locked in one order by everyone; the table's CHECK keeps each commitment from drawing more than it bound: it cannot spend
// another one's money.
const ORDER = `
WITH wanted AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS w (commitment_id, year, amount)
), locked AS MATERIALIZED (
  SELECT y.commitment_id, y.year FROM commitment_year y JOIN wanted w USING (commitment_id, year)
  ORDER BY y.commitment_id, y.year FOR UPDATE OF y
)
UPDATE commitment_year y SET ordered_minor = y.ordered_minor + w.amount FROM wanted w JOIN locked USING (commitment_id, year)
WHERE y.commitment_id = w.commitment_id AND y.year = w.year`;

const RETURN = `
UPDATE commitment_year SET ordered_minor = ordered_minor - $3 WHERE commitment_id = $1 AND year = $2`;

const CARRY_OVER = `
WITH rest AS MATERIALIZED (
  SELECT commitment_id, amount_minor - ordered_minor - released_minor AS amount FROM commitment_year
  WHERE fund_id = $1 AND year = $2 AND amount_minor > ordered_minor + released_minor ORDER BY commitment_id FOR UPDATE
), released AS (
  UPDATE commitment_year y SET released_minor = y.released_minor + rest.amount
  FROM rest WHERE y.commitment_id = rest.commitment_id AND y.year = $2
), bound AS (
  INSERT INTO commitment_year AS y (commitment_id, fund_id, year, amount_minor)
  SELECT commitment_id, $1, $2 + 1, amount FROM rest
  ON CONFLICT (commitment_id, year) DO UPDATE SET amount_minor = y.amount_minor + excluded.amount_minor
)
SELECT commitment_id, $2::int AS year, amount AS amount_minor FROM rest ORDER BY commitment_id`;
