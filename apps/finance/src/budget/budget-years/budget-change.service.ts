import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  type BudgetChangeKind,
  type BudgetChangeView,
  confirmBudgetChange,
  getBudgetChange,
  type JournalEntryKind,
  type LedgerStage,
  listAllBudgetChanges,
  listBudgetChanges,
  proposeBudgetChange,
  rejectBudgetChange,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { act as fundAct } from '../funds/fund.act';
import { type Fund, lockFund } from '../funds/fund.reader';
import { FundService } from '../funds/fund.service';
import { Ledger, move } from '../ledger/ledger.service';
import { act } from './budget-change.act';
import { BudgetChange } from './budget-change.entity';
import { budgetChangeView } from './budget-change.messages';
import { type BudgetOfYear, newPlan, takenBack } from './budget-of-year';

interface Posting {
  readonly kind: JournalEntryKind;
  readonly from: LedgerStage;
  readonly to: LedgerStage;
  readonly amountMinor: bigint;
}

/** Supplements, cuts and blocks of a year's budget, and its entry into force: proposed by one person, confirmed by another. */
@Injectable()
export class BudgetChangeService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly funds: FundService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @Handle(proposeBudgetChange)
  @fundAct.listed(proposeBudgetChange, {})
  propose(request: RequestOf<typeof proposeBudgetChange>, call: Call): Promise<BudgetChangeView> {
    const { fundId, year, kind, amount, reason } = request;
    if ((amount === undefined) !== (kind === 'ENACTMENT')) {
      throw new AppError('FINANCE_BUDGET_CHANGE_AMOUNT_INVALID', { kind });
    }
    return this.commands.run(call, async (tx) => {
      const fund = await lockFund(tx, fundId);
      const change = Object.assign(new BudgetChange(), {
        id: newId(),
        fundId,
        year,
        kind,
        amountMinor: amount ? fund.minorOf(amount) : null,
        currency: fund.currency,
        reason,
        status: 'PROPOSED' as const,
        planBeforeMinor: null,
        planAfterMinor: null,
        proposedBy: call.caller.subject,
        proposedAt: this.clock.now(),
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      });
      // What cannot be confirmed today is not worth a second person's time; the confirmation asks again.
      newPlan(change, await this.budgetOf(tx, fund, year));
      await tx.insert(change);
      return budgetChangeView(change);
    });
  }

  @act(confirmBudgetChange, { possible: (change, { caller }) => change.assertCanConfirm(caller.subject) })
  async confirm(
    change: BudgetChange,
    { reason }: RequestOf<typeof confirmBudgetChange>,
    { tx, call }: Act,
  ): Promise<void> {
    const { fundId, year } = change;
    const budget = await this.budgetOf(tx, await lockFund(tx, fundId), year);
    change.confirm({ by: call.caller.subject, at: this.clock.now(), reason }, budget);
    const posting = postingOf(change, budget);
    await this.changeYear(tx, change, posting);
    if (!posting || posting.amountMinor === 0n) return;
    const { kind, from, to, amountMinor } = posting;
    await this.ledger.post(tx, {
      fundId,
      kind,
      reference: change.id,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines: move(year, amountMinor, { from, to }),
    });
  }

  @act(rejectBudgetChange, { possible: (change) => change.assertOpen() })
  reject(change: BudgetChange, { reason }: RequestOf<typeof rejectBudgetChange>, { call }: Act): void {
    change.reject({ by: call.caller.subject, at: this.clock.now(), reason });
  }

  view(change: BudgetChange): BudgetChangeView {
    return budgetChangeView(change);
  }

  @Handle(getBudgetChange)
  async get({ changeId }: RequestOf<typeof getBudgetChange>): Promise<BudgetChangeView> {
    return budgetChangeView(await this.database.findOrFail(BudgetChange, changeId));
  }

  @Handle(listBudgetChanges)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listBudgetChanges>): Promise<Page<BudgetChangeView>> {
    await this.funds.get({ fundId: filter.fundId });
    const filters = new Filters()
      .add('change.fund_id = ?', filter.fundId)
      .add('change.year = ?', filter.year)
      .add('change.status = ANY (?)', filter.status);
    return this.page(filters, { limit, cursor, filterHash: { list: 'budget-changes', ...filter } });
  }

  @Handle(listAllBudgetChanges)
  listAll({ limit, cursor, ...filter }: RequestOf<typeof listAllBudgetChanges>): Promise<Page<BudgetChangeView>> {
    const filters = new Filters().add('change.status = ANY (?)', filter.status);
    return this.page(filters, { limit, cursor, filterHash: { list: 'all-budget-changes', ...filter } });
  }

  private page(
    { conditions, parameters }: Filters,
    place: { limit: number; cursor: string | undefined; filterHash: object },
  ): Promise<Page<BudgetChangeView>> {
    return this.database.page<Columns<BudgetChange>, BudgetChangeView>({
      select: `SELECT ${entityColumns(this.database, BudgetChange, 'change')} FROM budget_change change`,
      where: conditions,
      parameters,
      sort: [{ key: 'proposedAt', column: 'change.proposed_at', type: 'timestamptz', descending: true }],
      idColumn: 'change.id',
      ...place,
      items: (rows) => rows.map(budgetChangeView),
    });
  }

  /** Locked until commit, as whoever binds money moves the same accounts. */
  private async budgetOf(tx: Tx, fund: Fund, year: number): Promise<BudgetOfYear> {
    const [row] = await tx.query<Omit<BudgetOfYear, 'availableMinor' | 'blockedMinor'>>(
      `SELECT year, status, is_provisional, plan_minor, released_minor FROM budget_year
       WHERE fund_id = $1 AND year = $2 FOR NO KEY UPDATE`,
      [fund.id, year],
    );
    if (!row) throw new AppError('FINANCE_BUDGET_YEAR_UNKNOWN', { year });
    const accounts = await this.ledger.lock(tx, fund.id, [
      { year, stage: 'available' },
      { year, stage: 'blocked' },
    ]);
    const on = (stage: LedgerStage) => accounts.find((it) => it.stage === stage)?.balanceMinor ?? 0n;
    return { ...row, availableMinor: on('available'), blockedMinor: on('blocked') };
  }

  private async changeYear(tx: Tx, change: BudgetChange, posting: Posting | undefined): Promise<void> {
    const { fundId, year, kind, planAfterMinor } = change;
    const takenMinor = posting?.kind === 'BUDGET_CUT' ? posting.amountMinor : 0n;
    await tx.execute(
      `UPDATE budget_year SET plan_minor = $3, released_minor = released_minor - $4,
         is_provisional = is_provisional AND NOT $5 WHERE fund_id = $1 AND year = $2`,
      [fundId, year, planAfterMinor, takenMinor, kind === 'ENACTMENT'],
    );
    const plan = { after: String(planAfterMinor), isAmount: true as const };
    const id = `${fundId}:${year}`;
    tx.noteChange({ object: 'budget_year', id, fields: { plan, change: { after: kind } } });
  }
}

/** What the ledger has to know of a change; a supplement raises the plan alone, and is released as any other money. */
function postingOf({ kind, amountMinor }: BudgetChange, budget: BudgetOfYear): Posting | undefined {
  const asked = amountMinor ?? 0n;
  const postings: Partial<Record<BudgetChangeKind, Posting>> = {
    CUT: { kind: 'BUDGET_CUT', from: 'available', to: 'external', amountMinor: takenBack(asked, budget) },
    BLOCK: { kind: 'BUDGET_BLOCKED', from: 'available', to: 'blocked', amountMinor: asked },
    BLOCK_LIFTING: { kind: 'BUDGET_BLOCK_LIFTED', from: 'blocked', to: 'available', amountMinor: asked },
  };
  return postings[kind];
}
