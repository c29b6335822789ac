import { addMonths, AppError, toMinor } from '#contracts';
import type { CostPlanView, ExchangeRateView, SimulatedChange, SimulatedOutlook } from '#contracts/finance';
import type { Tx } from '#database';
import type { InstalmentPayouts, PayoutsOfPlan } from '../../commitments/commitments/instalment-payouts.port';
import type { LiveCommitment } from '../../commitments/commitments/commitment.reader';
import type { RateChange } from '../../commitments/commitments/plan-changes';
import { type BoundYear, coverOfPlan, refusalOfPlan } from '../../commitments/commitments/plan-cover';
import { nextRateChange } from '../../commitments/commitments/rate-change.service';
import type { ReplanningService } from '../../commitments/commitments/replanning.service';
import type { ShareService } from '../../commitments/commitments/share.service';
import { currencyToConvert } from '../../commitments/cost-plans/cost-plan';
import type { CostPlanService } from '../../commitments/cost-plans/cost-plan.service';
import { coveredPart } from '../../commitments/cost-plans/replan';
import { exampleOf } from './simulation.reader';
import type { SimulatedFund } from './simulated-fund';

type Instalment = CostPlanView['instalments'][number];
type Outcome = Omit<SimulatedOutlook['changes'][number], 'kind'>;
type ChangeOf<K extends SimulatedChange['kind']> = Extract<SimulatedChange, { kind: K }>;

interface Simulated extends LiveCommitment {
  readonly rates: readonly RateChange[];
  /** Asked for anew with a later start; not confirmed yet. */
  readonly isMoved: boolean;
  /** In the scenario's plan and not ordered; undefined while it is as the fund has it. */
  readonly open?: readonly Instalment[];
}

/** Whose scenario it is, and which years take nothing new of a kind: they are being closed, or their plan is not in force. */
export interface ScenarioGround {
  readonly fundId: string;
  readonly currency: string;
  readonly takesNoCommitment: readonly number[];
  readonly takesNoRateChange: readonly number[];
}

export interface ScenarioTools {
  readonly plans: CostPlanService;
  readonly replanning: ReplanningService;
  readonly shares: ShareService;
  readonly payouts: InstalmentPayouts;
}

/**
 * One scenario: each change does to a copy of the fund what the real act does to the fund, by the same plans and the same rules of
 * cover, and says whether the fund would take it. Reads only.
 */
export class Scenario {
  private readonly commitments: Map<string, Simulated>;
  private readonly rates: ExchangeRateView[] = [];

  constructor(
    private readonly tx: Tx,
    private readonly fund: SimulatedFund,
    live: readonly LiveCommitment[],
    private readonly on: ScenarioGround,
    private readonly tools: ScenarioTools,
  ) {
    this.commitments = new Map(live.map((it) => [it.commitment.id, { ...it, rates: [], isMoved: false }]));
  }

  async take(change: SimulatedChange): Promise<SimulatedOutlook['changes'][number]> {
    const outcome = await this.outcomeOf(change);
    await this.takeUpUncovered();
    return { kind: change.kind, ...outcome };
  }

  private outcomeOf(change: SimulatedChange): Outcome | Promise<Outcome> {
    switch (change.kind) {
      case 'BUDGET':
        return this.changeBudget(change);
      case 'LATER_START':
        return this.startLater(change);
      case 'EXCHANGE_RATE':
        return this.changeRate(change);
      case 'EXPERTS':
        return this.addExperts(change);
    }
  }

  private changeBudget({ year, amount }: ChangeOf<'BUDGET'>): Outcome {
    if (!this.fund.has(year)) throw new AppError('FINANCE_BUDGET_YEAR_UNKNOWN', { year });
    const { amountMinor, currency } = toMinor(amount);
    if (currency !== this.on.currency) {
      throw new AppError('FINANCE_AMOUNT_CURRENCY_MISMATCH', { currency, fundCurrency: this.on.currency });
    }
    const isPossible = this.fund.isOpen(year) && (amountMinor >= 0n || this.fund.availableIn(year) + amountMinor >= 0n);
    this.fund.addBudget(year, amountMinor);
    return { affected: 0, covered: 0, isPossible };
  }

  private async startLater({ months, assignmentIds }: ChangeOf<'LATER_START'>): Promise<Outcome> {
    const waiting = [...this.commitments.values()].filter(
      ({ commitment, hasPayouts }) => !hasPayouts && (assignmentIds?.includes(commitment.assignmentId) ?? true),
    );
    let covered = 0;
    for (const it of waiting) covered += (await this.moveStart(it, months)) ? 1 : 0;
    return { affected: waiting.length, covered, isPossible: covered === waiting.length };
  }

  private async moveStart(it: Simulated, months: number): Promise<boolean> {
    const { commitment, plan: before } = it;
    const period = { from: addMonths(before.period.from, months), to: addMonths(before.period.to, months) };
    const fullTime = await this.tools.shares.placeIn(this.tx, commitment, period);
    const { costInputs } = commitment;
    const plan = await this.tools.plans.plan(this.tx, { costInputs, period, fullTime }, this.rates);
    this.fund.release(it.bound);
    this.fund.removeDues(it.open ?? before.instalments);
    return this.add(plan, { ...it, isMoved: true, rates: [] });
  }

  private async changeRate({ currency, rate, from }: ChangeOf<'EXCHANGE_RATE'>): Promise<Outcome> {
    const exchangeRate: ExchangeRateView = {
      currency,
      rate,
      rateOn: from,
      direction: 'LOCAL_PER_EUR',
      source: 'simulation',
    };
    this.rates.push(exchangeRate);
    const outcome = { affected: 0, covered: 0 };
    for (const it of this.commitments.values()) {
      const isConcerned = currencyToConvert(it.commitment.costInputs) === currency;
      if (!isConcerned || it.isMoved || it.commitment.status !== 'COMMITTED') continue;
      const isCovered = await this.fixAnew(it, { from, exchangeRate });
      if (isCovered === undefined) continue;
      outcome.affected += 1;
      outcome.covered += isCovered ? 1 : 0;
    }
    return { ...outcome, isPossible: outcome.affected === outcome.covered };
  }

  /** Undefined for a commitment that the rate does not concern. */
  private async fixAnew(it: Simulated, change: RateChange): Promise<boolean | undefined> {
    const next = await nextRateChange(this.tx, it.commitment, change, it.rates).catch(asNotConcerned);
    if (!next) return undefined;
    const rates = [...it.rates, next];
    const payouts = await this.payoutsOf(it);
    const plan = await this.tools.replanning.planOf(this.tx, it.commitment, { payouts, supposedRates: rates });
    if (!plan) return undefined;
    const { accounts } = this.fund;
    const { isClosed, shortfalls } = coverOfPlan(plan, it.bound, { accounts, provisional: this.on.takesNoRateChange });
    this.replace({ ...it, rates }, plan, payouts);
    return !isClosed && shortfalls.length === 0;
  }

  private async addExperts({ count, instrument, country, period }: ChangeOf<'EXPERTS'>): Promise<Outcome> {
    const costInputs = await exampleOf(this.tx, { fundId: this.on.fundId, instrument, country });
    if (!costInputs) throw new AppError('FINANCE_SIMULATION_WITHOUT_EXAMPLE', { instrument, country });
    const plan = await this.tools.plans.plan(this.tx, { costInputs, period }, this.rates);
    let covered = 0;
    for (let number = 0; number < count; number += 1) covered += this.add(plan) ? 1 : 0;
    return { affected: count, covered, isPossible: covered === count };
  }

  /** Binds a plan that nothing was bound for; answers whether the fund would reserve it. */
  private add(plan: CostPlanView, as?: Simulated): boolean {
    const { refusal } = refusalOfPlan(plan, this.fund.accounts, this.on.takesNoCommitment);
    this.fund.bind(plan);
    this.fund.addDues(plan.instalments);
    if (as) this.commitments.set(as.commitment.id, { ...as, plan, bound: boundBy(plan), open: plan.instalments });
    return refusal === null;
  }

  private replace(it: Simulated, plan: CostPlanView, payouts: PayoutsOfPlan | undefined): void {
    const ordered = new Set((payouts?.ordered ?? []).map(({ instalment }) => instalment));
    const open = plan.instalments.filter(({ instalment }) => !ordered.has(instalment));
    this.fund.bind(plan, it.bound);
    this.fund.removeDues(it.open ?? payouts?.open ?? it.plan.instalments);
    this.fund.addDues(open);
    this.commitments.set(it.commitment.id, { ...it, plan, bound: boundBy(plan), open });
  }

  /** What lacked money for a change that has happened takes it up as soon as there is some, and so it does here. */
  private async takeUpUncovered(): Promise<void> {
    for (const it of this.commitments.values()) {
      if (it.commitment.coverShortfall === null || it.isMoved) continue;
      const { rates: supposedRates } = it;
      const payouts = await this.payoutsOf(it);
      const plan = await this.tools.replanning.planOf(this.tx, it.commitment, { payouts, supposedRates });
      if (!plan) continue;
      const { shortfalls, roomOf } = coverOfPlan(plan, it.bound, { accounts: this.fund.accounts });
      const lastInstalment = payouts?.lastInstalment ?? 0;
      this.replace(it, shortfalls.length === 0 ? plan : coveredPart(plan, { lastInstalment, roomOf }), payouts);
    }
  }

  private async payoutsOf({ commitment, hasPayouts }: Simulated): Promise<PayoutsOfPlan | undefined> {
    return hasPayouts ? this.tools.payouts.read(this.tx, commitment.id) : undefined;
  }
}

function boundBy({ byYear }: CostPlanView): BoundYear[] {
  return byYear.map(({ year, amount }) => ({ year, amountMinor: toMinor(amount).amountMinor, releasedMinor: 0n }));
}

function asNotConcerned(error: unknown): undefined {
  const codes = ['FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED', 'FINANCE_RATE_CHANGE_NOT_APPLICABLE'];
  if (error instanceof AppError && codes.includes(error.code)) return undefined;
  throw error;
}
