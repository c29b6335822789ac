import { addDays, toMinor, toMoney } from '#contracts';
import { type ReconciliationView, SHARED_ACCOUNT_SHOWN } from '#contracts/finance';
import type { Queries } from '#database';

type Period = NonNullable<ReconciliationView['period']>;
type AccountBalance = NonNullable<ReconciliationView['balance']>;
/** What the bank says of a period. */
export type AccountPeriod = Omit<Period, 'stages'>;

interface Account {
  readonly accountIban: string;
  readonly currency: string;
}

/** At the end of a day: a camt.053 states balances of the days that have one, and each entry stands on its day. */
export async function accountBalance(
  source: Queries,
  { accountIban, currency }: Account,
  last: string,
): Promise<AccountBalance | null> {
  const [row] = await source.query<{ statementId: string; statedOn: string; statedMinor: bigint; sinceMinor: bigint }>(
    BALANCE,
    [accountIban, currency, last],
  );
  if (!row) return null;
  return {
    amount: toMoney(row.statedMinor + row.sinceMinor, currency),
    stated: toMoney(row.statedMinor, currency),
    statementId: row.statementId,
    statedOn: row.statedOn,
  };
}

export async function accountPeriod(
  source: Queries,
  account: Account,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<AccountPeriod> {
  const { accountIban, currency } = account;
  const [opening, closing] = [
    await accountBalance(source, account, addDays(from, -1)),
    await accountBalance(source, account, addDays(to, -1)),
  ];
  const [sums] = await source.query<{ credits: bigint; debits: bigint }>(MOVED, [accountIban, currency, from, to]);
  const split = await source.query<{ fundId: string; name: string; movedMinor: bigint }>(SPLIT, [
    accountIban,
    currency,
    from,
    to,
  ]);
  const { credits, debits } = sums ?? { credits: 0n, debits: 0n };
  const money = (minor: bigint) => toMoney(minor, currency);
  const attributed = split.reduce((sum, { movedMinor }) => sum + movedMinor, 0n);
  return {
    from,
    to,
    opening,
    credits: money(credits),
    debits: money(debits),
    closing,
    difference: opening && closing ? differenceOf({ opening, closing }, credits - debits) : null,
    split: split.slice(0, SHARED_ACCOUNT_SHOWN).map(({ fundId, name, movedMinor }) => ({
      fundId,
      name,
      moved: money(movedMinor),
    })),
    ofNoFund: money(credits - debits - attributed),
  };
}

function differenceOf(
  { opening, closing }: { readonly opening: AccountBalance; readonly closing: AccountBalance },
  movedMinor: bigint,
): AccountBalance['amount'] {
  const [before, after] = [toMinor(opening.amount), toMinor(closing.amount)];
  return toMoney(after.amountMinor - before.amountMinor - movedMinor, after.currency);
}

const SIGNED = `CASE e.direction WHEN 'CREDIT' THEN e.amount_minor ELSE -e.amount_minor END`;

const OF_THE_ACCOUNT = `e.account_iban = $1 AND e.currency = $2 AND e.status <> 'DUPLICATE'`;

// Of several statements of one day the last one; of two versions the later one.
const BALANCE = `
SELECT stated.statement_id, stated.day AS stated_on, stated.closing_minor AS stated_minor,
  coalesce((SELECT sum(${SIGNED}) FROM bank_entry e
    WHERE ${OF_THE_ACCOUNT} AND e.booked_on > stated.day AND e.booked_on <= $3::date), 0)::bigint AS since_minor
FROM (
  SELECT coalesce(s.given_id, s.statement_id) AS statement_id, s.closing_minor, s.sequence_number, s.page_number, s.id,
    coalesce(s.to_on, s.dated_on, (SELECT max(e.booked_on) FROM bank_entry e WHERE e.bank_statement_id = s.id)) AS day
  FROM bank_statement s
  WHERE s.account_iban = $1 AND s.currency = $2 AND s.kind = 'CAMT_053' AND s.closing_minor IS NOT NULL
) stated WHERE stated.day <= $3::date
ORDER BY stated.day DESC, stated.sequence_number DESC NULLS LAST, stated.page_number DESC, stated.id DESC LIMIT 1`;

const MOVED = `
SELECT coalesce(sum(e.amount_minor) FILTER (WHERE e.direction = 'CREDIT'), 0)::bigint AS credits,
  coalesce(sum(e.amount_minor) FILTER (WHERE e.direction = 'DEBIT'), 0)::bigint AS debits
FROM bank_entry e WHERE ${OF_THE_ACCOUNT} AND e.booked_on >= $3::date AND e.booked_on < $4::date`;

const SPLIT = `
SELECT fund.id AS fund_id, fund.name, sum(part.minor)::bigint AS moved_minor FROM (
  SELECT m.fund_id, CASE m.kind WHEN 'RETURNED' THEN m.amount_minor ELSE -m.amount_minor END AS minor
  FROM bank_match m JOIN bank_entry e ON e.id = m.bank_entry_id
  WHERE ${OF_THE_ACCOUNT} AND e.booked_on >= $3::date AND e.booked_on < $4::date
    AND (m.reverses_id IS NULL OR (m.decided_at AT TIME ZONE 'Europe/Berlin')::date < $4::date)
  UNION ALL
  SELECT r.fund_id, r.amount_minor FROM bank_receipt r JOIN bank_entry e ON e.id = r.bank_entry_id
  WHERE ${OF_THE_ACCOUNT} AND e.booked_on >= $3::date AND e.booked_on < $4::date
    AND (r.reverses_id IS NULL OR (r.decided_at AT TIME ZONE 'Europe/Berlin')::date < $4::date)
  UNION ALL
  SELECT d.fund_id, CASE e.direction WHEN 'CREDIT' THEN d.amount_minor ELSE -d.amount_minor END
  FROM bank_entry_dismissal d JOIN bank_entry e ON e.id = d.bank_entry_id
  WHERE ${OF_THE_ACCOUNT} AND e.booked_on >= $3::date AND e.booked_on < $4::date AND d.fund_id IS NOT NULL
    AND (d.status = 'CONFIRMED' OR (d.revoked_at AT TIME ZONE 'Europe/Berlin')::date >= $4::date)
) part JOIN fund ON fund.id = part.fund_id GROUP BY fund.id, fund.name ORDER BY fund.name, fund.id`;
