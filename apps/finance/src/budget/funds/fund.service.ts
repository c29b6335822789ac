import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type Page, type RequestOf } from '#contracts';
import {
  createFund,
  type FundBalancesView,
  type FundView,
  getFund,
  getFundBalances,
  type JournalEntryView,
  listFundJournal,
  listFunds,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { isIbanOfBic, normalIban } from './account-number';
import { isPayableName } from './sepa-text';
import { Ledger, type StageBalance } from '../ledger/ledger.service';
import { Fund } from './fund.entity';
import { type BudgetYearRow, fundBalancesView, fundView, journalEntryView, type JournalRow } from './fund.messages';

export type FundFacts = Columns<Fund>;

/** Funds, and what their years and the ledger say about them. */
@Injectable()
export class FundService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  @Handle(createFund)
  create(request: RequestOf<typeof createFund>, call: Call): Promise<FundView> {
    const iban = normalIban(request.debtorAccount.iban);
    const bic = request.debtorAccount.bic.toUpperCase();
    if (!isIbanOfBic(iban, bic)) throw new AppError('FINANCE_FUND_ACCOUNT_INVALID');
    if (!isPayableName(request.debtorAccount.holder)) {
      throw fieldError('FINANCE_PAYEE_TEXT_NOT_PAYABLE', '#/debtorAccount/holder', 'needs Latin letters');
    }
    return this.commands.run(call, async (tx) => {
      const fund = Object.assign(new Fund(), {
        id: request.id ?? newId(),
        name: request.name,
        currency: request.currency,
        accountHolder: request.debtorAccount.holder,
        accountIban: iban,
        accountBic: bic,
        reservationDays: request.reservationDays,
        createdAt: this.clock.now(),
      });
      await tx.insert(fund);
      return fundView(fund, [], this.clock.today());
    });
  }

  /** What an act on a fund answers, of this feature or another. */
  async view(fund: Fund, { tx }: Act): Promise<FundView> {
    return fundView(fund, await tx.query<BudgetYearRow>(YEARS, [fund.id]), this.clock.today());
  }

  /** The fund as another feature's transaction sees it. */
  async find(tx: Tx, fundId: string): Promise<FundFacts | undefined> {
    const [fund] = await tx.query<FundFacts>(
      `SELECT ${entityColumns(this.database, Fund, 'fund')} FROM fund WHERE id = $1`,
      [fundId],
    );
    return fund;
  }

  async findOrFail(tx: Tx, fundId: string): Promise<FundFacts> {
    const fund = await this.find(tx, fundId);
    if (!fund) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return fund;
  }

  @Handle(getFund)
  async get({ fundId }: RequestOf<typeof getFund>): Promise<FundView> {
    const fund = await this.database.findOrFail(Fund, fundId);
    return fundView(fund, await this.database.query(YEARS, [fundId]), this.clock.today());
  }

  @Handle(listFunds)
  async list({ limit, cursor }: RequestOf<typeof listFunds>): Promise<Page<FundView>> {
    return this.database.page<Columns<Fund>, FundView>({
      select: `SELECT ${entityColumns(this.database, Fund, 'fund')} FROM fund`,
      sort: [{ key: 'name', column: 'fund.name', type: 'text' }],
      idColumn: 'fund.id',
      limit,
      cursor,
      filterHash: { list: 'funds' },
      items: (rows) => this.views(rows),
    });
  }

  private async views(funds: readonly Columns<Fund>[]): Promise<FundView[]> {
    const years = await this.database.query<BudgetYearRow & { fundId: string }>(
      `${YEAR_COLUMNS} WHERE fund_id = ANY ($1) ORDER BY year`,
      [funds.map((fund) => fund.id)],
    );
    const today = this.clock.today();
    return funds.map((fund) =>
      fundView(
        fund,
        years.filter((year) => year.fundId === fund.id),
        today,
      ),
    );
  }

  @Handle(getFundBalances)
  async balances({ fundId, asOf }: RequestOf<typeof getFundBalances>): Promise<FundBalancesView> {
    const { currency } = await this.database.findOrFail(Fund, fundId);
    const balances = asOf ? await this.ledger.balancesAsOf(fundId, new Date(asOf)) : await this.ledger.balances(fundId);
    return fundBalancesView({ fundId, currency, asOf: asOf ?? null }, balances);
  }

  /** The stored balances as another feature's transaction sees them. */
  async balancesIn(tx: Tx, { id: fundId, currency }: Pick<FundView, 'id' | 'currency'>): Promise<FundBalancesView> {
    const balances = await tx.query<StageBalance>(
      'SELECT budget_year AS year, stage, balance_minor FROM ledger_account WHERE fund_id = $1',
      [fundId],
    );
    return fundBalancesView({ fundId, currency, asOf: null }, balances);
  }

  @Handle(listFundJournal)
  async journal({ limit, cursor, ...filter }: RequestOf<typeof listFundJournal>): Promise<Page<JournalEntryView>> {
    await this.database.findOrFail(Fund, filter.fundId);
    const filters = new Filters()
      .add('entry.fund_id = ?', filter.fundId)
      .add('entry.kind = ANY (?)', filter.kind)
      .add('entry.reference = ?', filter.reference)
      .add('entry.effective_on >= ?', filter.effectiveOnFrom)
      .add('entry.effective_on < ?', filter.effectiveOnTo);
    return this.database.page<JournalRow, JournalEntryView>({
      select: JOURNAL,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'bookedAt', column: 'entry.booked_at', type: 'timestamptz', descending: true }],
      idColumn: 'entry.id',
      limit,
      cursor,
      filterHash: { list: 'journal', ...filter },
      items: (rows) => rows.map(journalEntryView),
    });
  }
}

const YEAR_COLUMNS = `SELECT fund_id, year, status, is_provisional, plan_minor, released_minor, carried_over_minor,
  (SELECT jsonb_build_object('fromYear', from_year, 'amountMinor', amount_minor::text, 'reason', reason) FROM carry_over granted
   WHERE granted.fund_id = budget_year.fund_id AND granted.to_year = budget_year.year) AS granted
FROM budget_year`;
const YEARS = `${YEAR_COLUMNS} WHERE fund_id = $1 ORDER BY year`;

const JOURNAL = `SELECT entry.id, entry.kind, entry.reference, entry.booked_at, entry.effective_on,
  entry.correlation_id, entry.booked_by, entry.reverses_entry_id, entry.reason, fund.currency,
  seal.seq, encode(seal.hash, 'hex') AS hash,
  (SELECT jsonb_agg(jsonb_build_object('year', line.budget_year, 'stage', line.stage, 'category', line.category, 'amountMinor', line.amount_minor::text)
     ORDER BY line.line) FROM journal_line line WHERE line.entry_id = entry.id) AS lines
FROM journal_entry entry JOIN fund ON fund.id = entry.fund_id LEFT JOIN journal_seal seal ON seal.entry_id = entry.id`;
