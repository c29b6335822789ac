import type { Tx } from '#database';
import type { CostInputs, Instrument } from '#contracts/finance';
import type { DueMonth, YearMoney } from './simulated-fund';

// A report over what several features keep, as it is at one moment.

export function yearsOfFund(tx: Tx, fundId: string): Promise<YearMoney[]> {
  return tx.query<YearMoney>(YEARS, [fundId]);
}

export function duesOfFund(tx: Tx, fundId: string, asOf: string): Promise<DueMonth[]> {
  return tx.query<DueMonth>(DUES, [fundId, asOf]);
}

/** What the newest commitment of an instrument in a country is made of, of this fund before others. */
export async function exampleOf(
  tx: Tx,
  { fundId, instrument, country }: { fundId: string; instrument: Instrument; country: string },
): Promise<CostInputs | undefined> {
  const [row] = await tx.query<{ costInputs: CostInputs }>(
    `SELECT c.cost_inputs FROM commitment c JOIN municipality_copy m ON m.id = c.employer_municipality_id
     WHERE c.instrument = $1 AND m.country = $2 AND c.status <> 'REFUSED'
     ORDER BY c.fund_id = $3 DESC, c.created_at DESC LIMIT 1`,
    [instrument, country, fundId],
  );
  return row?.costInputs;
}

const YEARS = `
SELECT year, status <> 'OPEN' AS is_closing, coalesce(bool_and(a.is_open), false) AS is_open,
  coalesce(sum(balance_minor) FILTER (WHERE stage = 'available'), 0)::bigint AS available_minor,
  coalesce(sum(balance_minor) FILTER (WHERE stage IN ('reserved', 'committed')), 0)::bigint AS bound_minor,
  coalesce(sum(balance_minor) FILTER (WHERE stage IN ('payable', 'paid', 'returned')), 0)::bigint AS spent_minor,
  coalesce(sum(balance_minor) FILTER (WHERE stage = 'blocked'), 0)::bigint AS blocked_minor
FROM budget_year LEFT JOIN ledger_account a ON a.fund_id = budget_year.fund_id AND a.budget_year = year
WHERE budget_year.fund_id = $1 GROUP BY year, status ORDER BY year`;

// Payouts that are not ended, and the plans of those for whom there are none yet.
const DUES = `
WITH due AS (
  SELECT budget_year AS year, due_on, amount_minor FROM payout
  WHERE fund_id = $1 AND status NOT IN ('BOOKED', 'REJECTED', 'RETURNED', 'CANCELLED')
  UNION ALL
  SELECT (it ->> 'year')::int, (it ->> 'dueOn')::date, ((it #>> '{amount,amount}')::numeric * 100)::bigint
  FROM commitment c
  JOIN LATERAL (SELECT document FROM commitment_plan p WHERE p.commitment_id = c.id ORDER BY plan_number DESC LIMIT 1) plan ON true
  CROSS JOIN LATERAL jsonb_array_elements(plan.document -> 'instalments') AS it
  WHERE c.fund_id = $1 AND c.status IN ('RESERVED', 'COMMITTED')
    AND NOT EXISTS (SELECT FROM payout WHERE payout.commitment_id = c.id)
)
SELECT year, to_char(least(greatest(due_on, $2::date, make_date(year, 1, 1)), make_date(year, 12, 1)), 'YYYY-MM') AS month,
  sum(amount_minor)::bigint AS amount_minor
FROM due GROUP BY 1, 2`;
