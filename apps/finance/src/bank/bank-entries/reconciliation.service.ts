import { Injectable } from '@nestjs/common';
import { addDays, AppError, type ReplyOf, type RequestOf, toMoney } from '#contracts';
import {
  FAULTS_SHOWN,
  FAULTY_FUNDS_SHOWN,
  getReconciliation,
  LEDGER_STAGES,
  type LedgerStage,
  listStatementFaults,
  type ReconciliationView,
  SHARED_ACCOUNT_SHOWN,
} from '#contracts/finance';
import { Database, type Queries, type Tx } from '#database';
import { Clock, Handle } from '#platform';
import {
  byStage,
  closingOf,
  readMovements,
  type StageMovement,
} from '../../budget/fund-statements/fund-movements.reader';
import { Ledger } from '../../budget/ledger/ledger.service';
import { accountBalance, accountPeriod } from './account-period.rows';
import {
  type BankSums,
  bankSums,
  entriesRecordedLater,
  type LastDay,
  NO_LAST_DAY,
  payoutSums,
  type PayoutSums,
  statementPages,
} from './reconciliation.rows';
import { type StatementFault, statementFaults } from './statement-chain';

const BEFORE_ALL = '-infinity';

type Request = RequestOf<typeof getReconciliation>;
type Journal = ReadonlyMap<LedgerStage, bigint>;

interface FundAccount {
  readonly fundId: string;
  readonly accountIban: string;
  readonly currency: string;
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
  report(request: Request): Promise<ReconciliationView> {
    return this.database.snapshot((tx) => this.read(tx, request));
  }

  private async read(tx: Tx, { fundId, asOf, from, to }: Request): Promise<ReconciliationView> {
    const [fund] = await tx.query<{ accountIban: string; currency: string }>(
      'SELECT account_iban, currency FROM fund WHERE id = $1',
      [fundId],
    );
    if (!fund) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { accountIban, currency } = fund;
    const day = to === undefined ? (asOf ?? null) : addDays(to, -1);
    const last: LastDay = day ?? NO_LAST_DAY;
    const payouts = await payoutSums(tx, fundId, last);
    const bank = await bankSums(tx, { fundId, accountIban }, last);
    if (!payouts || !bank) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const journal = await this.journal(tx, fundId, day);
    const checks = checksOf(journal, { payouts, bank, currency });
    const statements = statementFaults(await statementPages(tx, accountIban, last));
    const isBankComplete = bank.unmatchedEntries === 0 && statements.length === 0;
    return {
      fundId,
      accountIban,
      asOf: this.clock.now().toISOString(),
      day,
      recordedLater: await entriesRecordedLater(tx, fundId, last),
      sharedWith: await othersOn(tx, { fundId, accountIban }),
      balance: await accountBalance(tx, fund, last),
      period: from === undefined || to === undefined ? null : await periodOf(tx, { fundId, ...fund }, { from, to }),
      journal: journalView(journal, currency),
      payouts: payoutsView(payouts, currency),
      bank: { ...bankView(bank, currency), ...statementFaultViews(statements) },
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
      faultsOf.set(iban, statementFaults(await statementPages(this.database, iban, NO_LAST_DAY)).length);
    }
    const counted = funds.map((fund) => ({ ...fund, faults: faultsOf.get(fund.accountIban) ?? 0 }));
    return { items: counted.filter(({ faults }) => faults > 0).slice(0, FAULTY_FUNDS_SHOWN) };
  }

  /** The stored balances, or what the entries of the days up to one give. */
  private async journal(tx: Tx, fundId: string, day: string | null): Promise<Journal> {
    if (day !== null) {
      const rows = overYears(await readMovements(tx, { fundId, from: BEFORE_ALL, to: addDays(day, 1) }));
      return new Map(rows.map((row) => [row.stage, closingOf(row)]));
    }
    const byStages = Map.groupBy(await this.ledger.balances(fundId, tx), ({ stage }) => stage);
    return new Map([...byStages].map(([stage, rows]) => [stage, rows.reduce((sum, it) => sum + it.balanceMinor, 0n)]));
  }
}

async function periodOf(
  tx: Queries,
  fund: FundAccount,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReconciliationView['period']> {
  const money = (minor: bigint) => toMoney(minor, fund.currency);
  const stages = overYears(await readMovements(tx, { fundId: fund.fundId, from, to }));
  const account = await accountPeriod(tx, fund, { from, to });
  return {
    ...account,
    stages: stages.map((row) => ({
      stage: row.stage,
      opening: money(row.opening),
      additions: money(row.additions),
      deductions: money(row.deductions),
      closing: money(closingOf(row)),
    })),
  };
}

/** What the statement of a fund has by year, over all of them. */
function overYears(movements: Parameters<typeof byStage>[0]): Omit<StageMovement, 'year'>[] {
  const rows = byStage(movements);
  return LEDGER_STAGES.map((stage) => {
    const sum = (amount: 'opening' | 'additions' | 'deductions') =>
      rows.reduce((total, row) => (row.stage === stage ? total + row[amount] : total), 0n);
    return { stage, opening: sum('opening'), additions: sum('additions'), deductions: sum('deductions') };
  });
}

function othersOn(
  tx: Queries,
  { fundId, accountIban }: Pick<FundAccount, 'fundId' | 'accountIban'>,
): Promise<ReconciliationView['sharedWith']> {
  return tx.query(
    `SELECT id, name FROM fund WHERE account_iban = $2 AND id <> $1 ORDER BY name, id LIMIT ${SHARED_ACCOUNT_SHOWN}`,
    [fundId, accountIban],
  );
}

function checksOf(
  journal: Journal,
  { payouts, bank, currency }: { payouts: PayoutSums; bank: BankSums; currency: string },
): ReconciliationView['checks'] {
  const check = (name: string, stage: LedgerStage, other: bigint) => {
    const booked = journal.get(stage) ?? 0n;
    return {
      name,
      journal: toMoney(booked, currency),
      other: toMoney(other, currency),
      difference: toMoney(booked - other, currency),
      isEqual: booked === other,
    };
  };
  const borne = bank.charges + bank.unordered;
  return [
    check('payable = ordered, in a run or in flight', 'payable', payouts.waiting + payouts.sent),
    check(
      'paid = booked payouts, less what came back, bank charges and payments without order',
      'paid',
      payouts.paid + borne,
    ),
    check(
      'paid = bank debits - returns + charges + payments without order + booked without statement',
      'paid',
      bank.debits - bank.credits + borne + payouts.withoutStatement,
    ),
    check('returned = came back or paid back, and not settled', 'returned', payouts.open + payouts.repaid),
  ];
}

function journalView(journal: Journal, currency: string): ReconciliationView['journal'] {
  const money = (stage: LedgerStage) => toMoney(journal.get(stage) ?? 0n, currency);
  return { payable: money('payable'), paid: money('paid'), returned: money('returned') };
}

function payoutsView(sums: PayoutSums, currency: string): ReconciliationView['payouts'] {
  const money = (minor: bigint) => toMoney(minor, currency);
  return {
    waiting: money(sums.waiting),
    inFlight: money(sums.sent),
    paid: money(sums.paid),
    returned: money(sums.open),
    repaidClaims: money(sums.repaid),
    bookedWithoutStatement: money(sums.withoutStatement),
  };
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
