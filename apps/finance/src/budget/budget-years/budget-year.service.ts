import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, yearOf } from '#contracts';
import {
  BUDGET_YEARS_MAX,
  closeBudgetYear,
  type FundView,
  openBudgetYear,
  releaseBudget,
  reverseRelease,
} from '#contracts/finance';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { act } from '../funds/fund.act';
import type { Fund } from '../funds/fund.reader';
import { FundService } from '../funds/fund.service';
import { type CategoryPart, Ledger, type LedgerLine, move } from '../ledger/ledger.service';
import { OpenCommitments } from './open-commitments.port';

type Status = 'OPEN' | 'CLOSING' | 'CLOSED';
const NEXT: Readonly<Record<Status, Status | undefined>> = { OPEN: 'CLOSING', CLOSING: 'CLOSED', CLOSED: undefined };

/** Budget years: opening, releases and their reversal; at the change of years (Jahreswechsel) closing and carry-over. */
@Injectable()
export class BudgetYearService {
  constructor(
    private readonly funds: FundService,
    private readonly commitments: OpenCommitments,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @act(openBudgetYear)
  async openBudgetYear(fund: Fund, request: RequestOf<typeof openBudgetYear>, { tx }: Act): Promise<void> {
    const { year, plan, isProvisional } = request;
    const [known] = await tx.query<{ years: number }>(
      'SELECT count(*)::int AS years FROM budget_year WHERE fund_id = $1',
      [fund.id],
    );
    if ((known?.years ?? 0) >= BUDGET_YEARS_MAX)
      throw new AppError('FINANCE_BUDGET_YEAR_LIMIT_REACHED', { max: BUDGET_YEARS_MAX });
    await tx.execute(
      `INSERT INTO budget_year (fund_id, year, status, plan_minor, is_provisional) VALUES ($1, $2, 'OPEN', $3, $4)`,
      [fund.id, year, fund.minorOf(plan), isProvisional],
    );
    await this.ledger.open(tx, fund, year);
  }

  @act(releaseBudget)
  async release(fund: Fund, request: RequestOf<typeof releaseBudget>, { tx, call }: Act): Promise<void> {
    const { year, amount } = request;
    const amountMinor = fund.minorOf(amount);
    const years = await tx.execute(
      'UPDATE budget_year SET released_minor = released_minor + $3 WHERE fund_id = $1 AND year = $2',
      [fund.id, year, amountMinor],
    );
    if (years === 0) throw new AppError('FINANCE_BUDGET_YEAR_UNKNOWN', { year });
    const released = { after: amountMinor.toString(), isAmount: true as const };
    tx.noteChange({ object: 'budget_year', id: `${fund.id}:${year}`, fields: { released } });
    await this.ledger.post(tx, {
      fundId: fund.id,
      kind: 'BUDGET_RELEASED',
      reference: `${fund.id}:${fund.version}`,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines: move(year, amountMinor, { from: 'external', to: 'available' }),
    });
  }

  @act(closeBudgetYear)
  async close(fund: Fund, request: RequestOf<typeof closeBudgetYear>, { tx, call }: Act): Promise<void> {
    const { year, to, carryOver, reason } = request;
    const { id: fundId } = fund;
    if (carryOver && !reason) throw new AppError('FINANCE_CARRY_OVER_REASON_MISSING');
    const carryMinor = carryOver ? fund.minorOf(carryOver) : 0n;
    await assertTransition(tx, fundId, year, to);
    if (to === 'CLOSED') {
      await this.settle(tx, { fundId, year, carryMinor, reason, correlationId: call.correlationId });
    }
    await tx.execute('UPDATE budget_year SET status = $3 WHERE fund_id = $1 AND year = $2', [fundId, year, to]);
    tx.noteChange({ object: 'budget_year', id: `${fundId}:${year}`, fields: { status: { after: to } } });
  }

  @act(reverseRelease)
  async reverseRelease(fund: Fund, request: RequestOf<typeof reverseRelease>, { tx, call }: Act): Promise<void> {
    const { journalEntryId, reason } = request;
    const { id: fundId } = fund;
    const lines = await this.ledger.reversalOf(tx, { id: journalEntryId, fundId, kind: 'BUDGET_RELEASED' });
    const [given] = lines.filter((line) => line.stage === 'external');
    if (!given) throw new AppError('FINANCE_ENTRY_NOT_REVERSIBLE', { journalEntryId });
    await this.ledger.post(tx, {
      fundId,
      kind: 'RELEASE_REVERSED',
      reference: journalEntryId,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines,
      reverses: { entryId: journalEntryId, reason },
    });
    const years = await tx.execute(
      'UPDATE budget_year SET released_minor = released_minor - $3 WHERE fund_id = $1 AND year = $2 AND released_minor >= $3',
      [fundId, given.year, given.amountMinor],
    );
    // A cut took of the release what money carried over would have to stand in for.
    if (years === 0) throw new AppError('FINANCE_LEDGER_NOT_COVERED', { year: given.year });
    const released = { after: (-given.amountMinor).toString(), isAmount: true as const };
    tx.noteChange({ object: 'budget_year', id: `${fundId}:${given.year}`, fields: { released } });
  }

  view(fund: Fund, act: Act): Promise<FundView> {
    return this.funds.view(fund, act);
  }

  /** Leaves the year with what was paid and returned, and nothing else. */
  private async settle(
    tx: Tx,
    it: { fundId: string; year: number; carryMinor: bigint; reason: string | undefined; correlationId: string },
  ): Promise<void> {
    const { fundId, year, carryMinor, correlationId } = it;
    if (year >= yearOf(this.clock.today())) throw new AppError('FINANCE_BUDGET_YEAR_NOT_OVER', { year });
    const stages = (['available', 'blocked', 'reserved', 'committed', 'payable'] as const).map((stage) => ({
      year,
      stage,
    }));
    const accounts = await this.ledger.lock(tx, fundId, stages);
    const balance = (stage: string): bigint => accounts.find((each) => each.stage === stage)?.balanceMinor ?? 0n;
    if (balance('reserved') > 0n || balance('payable') > 0n) {
      throw new AppError('FINANCE_BUDGET_YEAR_IN_USE', {
        reservedMinor: balance('reserved').toString(),
        payableMinor: balance('payable').toString(),
      });
    }
    const bound = await this.commitments.carryOver(tx, fundId, year);
    const boundMinor = bound.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const book = (kind: 'YEAR_CARRIED_OVER' | 'YEAR_LAPSED', lines: LedgerLine[]): Promise<void> =>
      this.ledger.post(tx, {
        fundId,
        kind,
        reference: `${fundId}:${year}`,
        effectiveOn: this.clock.today(),
        correlationId,
        lines,
      });
    const carried = [
      ...bound.flatMap((part) => carriedOver(year, part, 'committed')),
      ...carriedOver(year, { amountMinor: carryMinor, category: undefined }, 'available'),
    ];
    if (carried.length > 0) await book('YEAR_CARRIED_OVER', carried);
    const lapsed = [
      { stage: 'available' as const, minor: balance('available') - carryMinor },
      { stage: 'blocked' as const, minor: balance('blocked') },
    ].flatMap(({ stage, minor }) => (minor > 0n ? move(year, minor, { from: stage, to: 'external' }) : []));
    if (lapsed.length > 0) await book('YEAR_LAPSED', lapsed);
    if (carryMinor + boundMinor > 0n) {
      await tx.query(
        'UPDATE budget_year SET carried_over_minor = carried_over_minor + $3 WHERE fund_id = $1 AND year = $2',
        [fundId, year + 1, carryMinor + boundMinor],
      );
    }
    if (carryMinor > 0n) await keepReason(tx, { ...it, nextYear: year + 1 });
  }
}

/** Each year balances by itself: the money goes back to outside of the old year and comes from there in the new one. */
function carriedOver(
  year: number,
  { amountMinor, category }: CategoryPart,
  stage: 'available' | 'committed',
): LedgerLine[] {
  if (amountMinor === 0n) return [];
  return [
    ...move(year, amountMinor, { from: stage, to: 'external', category }),
    ...move(year + 1, amountMinor, { from: 'external', to: stage, category }),
  ];
}

async function assertTransition(tx: Tx, fundId: string, year: number, to: Status): Promise<void> {
  const [row] = await tx.query<{ status: Status }>('SELECT status FROM budget_year WHERE fund_id = $1 AND year = $2', [
    fundId,
    year,
  ]);
  if (!row) throw new AppError('FINANCE_BUDGET_YEAR_UNKNOWN', { year });
  if (NEXT[row.status] !== to) {
    throw new AppError('FINANCE_BUDGET_YEAR_TRANSITION_NOT_ALLOWED', { from: row.status, to });
  }
}

async function keepReason(
  tx: Tx,
  it: { fundId: string; year: number; nextYear: number; carryMinor: bigint; reason: string | undefined },
): Promise<void> {
  await tx.query(
    'INSERT INTO carry_over (fund_id, from_year, to_year, amount_minor, reason) VALUES ($1, $2, $3, $4, $5)',
    [it.fundId, it.year, it.nextYear, it.carryMinor, it.reason],
  );
}
