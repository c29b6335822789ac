import { Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf, toMoney } from '#contracts';
import {
  FAULTS_SHOWN,
  FAULTY_FUNDS_SHOWN,
  getReconciliation,
  listStatementFaults,
  type ReconciliationView,
} from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import type { LedgerStage } from '#contracts/finance';
import { type StatementFault, statementFaults, type StatementPage } from './statement-chain';
import { Ledger } from '../../budget/ledger/ledger.service';

interface PayoutSums {
  readonly waiting: bigint;
  readonly sent: bigint;
  readonly booked: bigint;
  readonly returnedKept: bigint;
  readonly open: bigint;
  readonly withoutStatement: bigint;
  /** Paid back by debtors, and neither given back to the budget nor passed on. */
  readonly repaid: bigint;
}

interface BankSums {
  readonly debits: bigint;
  readonly partial: bigint;
  readonly credits: bigint;
  readonly unmatchedDebits: bigint;
  readonly unmatchedCredits: bigint;
  readonly unmatchedEntries: number;
  readonly charges: bigint;
  /** Borne by the fund besides: without an order, less what was paid back. */
  readonly unordered: bigint;
  readonly dismissedDebits: bigint;
  readonly dismissedCredits: bigint;
  readonly dismissedEntries: number;
  readonly proposedDismissals: number;
}

/** Compares what the payouts say, what the journal says and what the bank says of one fund. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @Handle(getReconciliation)
  async report({ fundId }: RequestOf<typeof getReconciliation>): Promise<ReconciliationView> {
    const [fund] = await this.database.query<{ accountIban: string; currency: string }>(
      'SELECT account_iban, currency FROM fund WHERE id = $1',
      [fundId],
    );
    if (!fund) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { accountIban, currency } = fund;
    const [payouts] = await this.database.query<PayoutSums>(PAYOUTS, [fundId]);
    const [bank] = await this.database.query<BankSums>(BANK, [fundId, accountIban]);
    if (!payouts || !bank) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const balances = await this.ledger.balances(fundId);
    const stage = (name: LedgerStage) =>
      balances.filter((it) => it.stage === name).reduce((sum, it) => sum + it.balanceMinor, 0n);
    const inFlight = payouts.sent - bank.partial;
    const paid = payouts.booked + bank.partial + payouts.returnedKept;
    const check = (name: string, journal: bigint, other: bigint) => ({
      name,
      journal: toMoney(journal, currency),
      other: toMoney(other, currency),
      difference: toMoney(journal - other, currency),
      isEqual: journal === other,
    });
    const checks = [
      check('payable = ordered, in a run or in flight', stage('payable'), payouts.waiting + inFlight),
      check(
        'paid = booked payouts, less what came back, bank charges and payments without order',
        stage('paid'),
        paid + bank.charges + bank.unordered,
      ),
      check(
        'paid = bank debits - returns + charges + payments without order + booked without statement',
        stage('paid'),
        bank.debits - bank.credits + bank.charges + bank.unordered + payouts.withoutStatement,
      ),
      check('returned = came back or paid back, and not settled', stage('returned'), payouts.open + payouts.repaid),
    ];
    const statements = await this.statements(accountIban);
    const isBankComplete = bank.unmatchedEntries === 0 && statements.length === 0;
    const money = (minor: bigint) => toMoney(minor, currency);
    return {
      fundId,
      accountIban,
      asOf: this.clock.now().toISOString(),
      journal: { payable: money(stage('payable')), paid: money(stage('paid')), returned: money(stage('returned')) },
      payouts: {
        waiting: money(payouts.waiting),
        inFlight: money(inFlight),
        paid: money(paid),
        returned: money(payouts.open),
        repaidClaims: money(payouts.repaid),
        bookedWithoutStatement: money(payouts.withoutStatement),
      },
      bank: {
        ...bankView(bank, currency),
        ...statementFaultViews(statements),
      },
      checks,
      isReconciled: checks.every((it) => it.isEqual) && payouts.withoutStatement === 0n && isBankComplete,
    };
  }

  @Handle(listStatementFaults)
  async faults(): Promise<ReplyOf<typeof listStatementFaults>> {
    const funds = await this.database.query<{ fundId: string; accountIban: string }>(
      'SELECT id AS fund_id, account_iban FROM fund ORDER BY name, id',
    );
    const faultsOf = new Map<string, number>();
    // One after the other: an account has a page for each day since it was opened, and funds may share one.
    for (const iban of new Set(funds.map(({ accountIban }) => accountIban))) {
      faultsOf.set(iban, (await this.statements(iban)).length);
    }
    const counted = funds.map((fund) => ({ ...fund, faults: faultsOf.get(fund.accountIban) ?? 0 }));
    return { items: counted.filter(({ faults }) => faults > 0).slice(0, FAULTY_FUNDS_SHOWN) };
  }

  private async statements(accountIban: string): Promise<StatementFault[]> {
    return statementFaults(await this.database.query<StatementPage>(STATEMENTS, [accountIban]));
  }
}

function bankView(sums: BankSums, currency: string): Omit<ReconciliationView['bank'], keyof StatementFaultViews> {
  const money = (minor: bigint) => toMoney(minor, currency);
  return {
    debits: money(sums.debits),
    credits: money(sums.credits),
    unmatchedDebits: money(sums.unmatchedDebits),
    unmatchedCredits: money(sums.unmatchedCredits),
    unmatchedEntries: sums.unmatchedEntries,
    charges: money(sums.charges),
    withoutOrder: money(sums.unordered),
    dismissedDebits: money(sums.dismissedDebits),
    dismissedCredits: money(sums.dismissedCredits),
    dismissedEntries: sums.dismissedEntries,
    proposedDismissals: sums.proposedDismissals,
  };
}

type StatementFaultViews = Pick<
  ReconciliationView['bank'],
  'missingSequenceNumbers' | 'faultyStatements' | 'statementFaults'
>;

function statementFaultViews(faults: readonly StatementFault[]): StatementFaultViews {
  const money = (minor: bigint | null, currency: string) => (minor === null ? null : toMoney(minor, currency));
  const closing = faults.filter(({ kind }) => kind === 'CLOSING_DIFFERS');
  return {
    missingSequenceNumbers: faults.flatMap(({ numbers }) => (numbers ? countedUp(numbers) : [])).slice(0, FAULTS_SHOWN),
    faultyStatements: closing.flatMap(({ statementId }) => statementId ?? []).slice(0, FAULTS_SHOWN),
    statementFaults: faults.slice(0, FAULTS_SHOWN).map(({ expectedMinor, statedMinor, currency, ...fault }) => ({
      ...fault,
      expected: money(expectedMinor, currency),
      stated: money(statedMinor, currency),
    })),
  };
}

function countedUp({ from, to }: { readonly from: number; readonly to: number }): number[] {
  return Array.from({ length: Math.min(to - from + 1, FAULTS_SHOWN) }, (_, index) => from + index);
}

const PAYOUTS = `
SELECT coalesce(sum(p.amount_minor) FILTER (WHERE coalesce(held.resumes, p.status) IN ('ORDERED', 'IN_RUN')), 0)::bigint AS waiting,
  coalesce(sum(p.amount_minor) FILTER (WHERE p.status = 'SENT'), 0)::bigint AS sent,
  coalesce(sum(p.amount_minor) FILTER (WHERE p.status = 'BOOKED'), 0)::bigint AS booked,
  coalesce(sum(p.amount_minor - r.amount_minor) FILTER (WHERE r.kind = 'RETURNED'), 0)::bigint AS returned_kept,
  coalesce(sum(r.amount_minor) FILTER (WHERE r.settled_as IS NULL), 0)::bigint AS open,
  coalesce(sum(p.amount_minor - coalesce((SELECT sum(m.amount_minor) FROM bank_match m
    WHERE m.payout_id = p.id AND m.kind IN ('BOOKED', 'CONFIRMED')), 0)) FILTER (WHERE p.status IN ('BOOKED', 'RETURNED')),
    0)::bigint AS without_statement,
  (SELECT coalesce(sum(c.amount_minor), 0)::bigint FROM claim_payment c
   LEFT JOIN claim_payment_outcome o ON o.claim_id = c.claim_id AND o.number = c.number
   WHERE c.fund_id = $1 AND o.outcome IS NULL) AS repaid
FROM payout p LEFT JOIN payout_return r ON r.payout_id = p.id
LEFT JOIN LATERAL (SELECT to_jsonb(p) ->> 'resume_status' AS resumes) held ON p.status = 'BLOCKED'
WHERE p.fund_id = $1`;

const BANK = `
SELECT own.*, account.*, dismissed.* FROM (
  SELECT coalesce(sum(m.amount_minor) FILTER (WHERE m.kind IN ('BOOKED', 'CONFIRMED')), 0)::bigint AS debits,
    coalesce(sum(m.amount_minor) FILTER (WHERE m.kind = 'BOOKED' AND p.status = 'SENT'), 0)::bigint AS partial,
    coalesce(sum(CASE m.kind WHEN 'RETURNED' THEN m.amount_minor ELSE -m.amount_minor END)
      FILTER (WHERE m.kind IN ('RETURNED', 'RETURN_REVERSED')), 0)::bigint AS credits
  FROM bank_match m JOIN payout p ON p.id = m.payout_id WHERE m.fund_id = $1
) own, (
  SELECT coalesce(sum(e.amount_minor - e.matched_minor) FILTER (WHERE e.direction = 'DEBIT'), 0)::bigint AS unmatched_debits,
    coalesce(sum(e.amount_minor - e.matched_minor) FILTER (WHERE e.direction = 'CREDIT'), 0)::bigint AS unmatched_credits,
    count(*)::int AS unmatched_entries
  FROM bank_entry e WHERE e.account_iban = $2 AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED')
) account, (
  SELECT coalesce(sum(CASE e.direction WHEN 'DEBIT' THEN d.amount_minor ELSE -d.amount_minor END)
      FILTER (WHERE d.status = 'CONFIRMED' AND d.fund_id = $1 AND d.category = 'BANK_CHARGE'), 0)::bigint AS charges,
    coalesce(sum(CASE e.direction WHEN 'DEBIT' THEN d.amount_minor ELSE -d.amount_minor END)
      FILTER (WHERE d.status = 'CONFIRMED' AND d.fund_id = $1 AND d.category = 'PAID_WITHOUT_ORDER'), 0)::bigint AS unordered,
    coalesce(sum(d.amount_minor) FILTER (WHERE d.status = 'CONFIRMED' AND d.fund_id IS NULL AND e.direction = 'DEBIT'), 0)::bigint
      AS dismissed_debits,
    coalesce(sum(d.amount_minor) FILTER (WHERE d.status = 'CONFIRMED' AND d.fund_id IS NULL AND e.direction = 'CREDIT'), 0)::bigint
      AS dismissed_credits,
    (count(*) FILTER (WHERE d.status = 'CONFIRMED'))::int AS dismissed_entries,
    (count(*) FILTER (WHERE d.status = 'PROPOSED' AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED')))::int AS proposed_dismissals
  FROM bank_entry_dismissal d JOIN bank_entry e ON e.id = d.bank_entry_id WHERE e.account_iban = $2
) dismissed`;

/** In the order of arrival: of two versions the later one counts. */
const STATEMENTS = `
SELECT coalesce(s.given_id, s.statement_id) AS given_id, s.page_number, s.is_last_page, s.sequence_number::float8 AS sequence_number,
  s.from_on AS "from", s.to_on AS "to", coalesce(s.dated_on, (SELECT max(e.booked_on) FROM bank_entry e
    WHERE s.dated_on IS NULL AND e.bank_statement_id = s.id)) AS dated_on,
  s.currency, s.opening_minor, s.closing_minor, s.entries_minor
FROM bank_statement s WHERE s.account_iban = $1 AND s.kind = 'CAMT_053' ORDER BY s.id`;
