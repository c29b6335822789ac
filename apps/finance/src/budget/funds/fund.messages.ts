import { toMoney, yearOf } from '#contracts';
import {
  type BudgetYearView,
  type CostCategory,
  type FundBalancesView,
  type FundView,
  type JournalEntryView,
  LEDGER_STAGES,
  type LedgerStage,
} from '#contracts/finance';
import type { Columns } from '#database';
import type { z } from 'zod';
import type { StageBalance } from '../ledger/ledger.service';
import type { Fund } from './fund.entity';

export interface BudgetYearRow {
  readonly year: number;
  readonly status: 'OPEN' | 'CLOSING' | 'CLOSED';
  readonly isProvisional: boolean;
  readonly planMinor: bigint;
  readonly releasedMinor: bigint;
  readonly carriedOverMinor: bigint;
  /** Of the carry-over granted into this year; null where there is none. */
  readonly granted: { readonly fromYear: number; readonly amountMinor: string; readonly reason: string } | null;
}

export function fundView(fund: Columns<Fund>, years: readonly BudgetYearRow[], today: string): FundView {
  return {
    id: fund.id,
    version: fund.version,
    name: fund.name,
    currency: fund.currency,
    debtorAccount: { holder: fund.accountHolder, iban: fund.accountIban, bic: fund.accountBic },
    reservationDays: fund.reservationDays,
    budgetYears: years.map((year) => budgetYearView(year, fund.currency, today)),
    createdAt: fund.createdAt.toISOString(),
  };
}

function budgetYearView(row: BudgetYearRow, currency: string, today: string): z.infer<typeof BudgetYearView> {
  return {
    year: row.year,
    status: row.status,
    authority: row.year > yearOf(today) ? 'COMMITMENT' : 'PAYMENT',
    isProvisional: row.isProvisional,
    plan: toMoney(row.planMinor, currency),
    released: toMoney(row.releasedMinor, currency),
    carriedOver: toMoney(row.carriedOverMinor, currency),
    carryOver: row.granted && {
      fromYear: row.granted.fromYear,
      amount: toMoney(BigInt(row.granted.amountMinor), currency),
      reason: row.granted.reason,
    },
  };
}

export function fundBalancesView(
  fund: { fundId: string; currency: string; asOf: string | null },
  balances: readonly StageBalance[],
): FundBalancesView {
  const years = [...new Set(balances.map((balance) => balance.year))].sort((a, b) => a - b);
  return {
    fundId: fund.fundId,
    asOf: fund.asOf,
    years: years.map((year) => ({
      year,
      ...stageView(
        balances.filter((balance) => balance.year === year),
        fund.currency,
      ),
    })),
    total: stageView(balances, fund.currency),
  };
}

type Stages = FundBalancesView['total'];

function stageView(balances: readonly StageBalance[], currency: string): Stages {
  const sum = (stage: LedgerStage): bigint =>
    balances.filter((balance) => balance.stage === stage).reduce((total, balance) => total + balance.balanceMinor, 0n);
  const stages = Object.fromEntries(LEDGER_STAGES.map((stage) => [stage, toMoney(sum(stage), currency)]));
  return { released: toMoney(-sum('external'), currency), ...stages } as Stages;
}

export interface JournalRow {
  readonly id: string;
  readonly kind: JournalEntryView['kind'];
  readonly reference: string;
  readonly bookedAt: Date;
  readonly effectiveOn: string;
  readonly correlationId: string;
  readonly currency: string;
  readonly lines: readonly { year: number; stage: LedgerStage; category: CostCategory | null; amountMinor: string }[];
  readonly bookedBy: string | null;
  readonly reversesEntryId: string | null;
  readonly reason: string | null;
  readonly seq: bigint | null;
  readonly hash: string | null;
}

export function journalEntryView(row: JournalRow): JournalEntryView {
  return {
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    bookedAt: row.bookedAt.toISOString(),
    effectiveOn: row.effectiveOn,
    correlationId: row.correlationId,
    bookedBy: row.bookedBy,
    reverses: row.reversesEntryId === null ? null : { entryId: row.reversesEntryId, reason: row.reason ?? '' },
    seal: row.seq === null || row.hash === null ? null : { seq: Number(row.seq), hash: row.hash },
    lines: row.lines.map((line) => ({
      year: line.year,
      stage: line.stage,
      category: line.category,
      amount: toMoney(BigInt(line.amountMinor), row.currency),
    })),
  };
}
