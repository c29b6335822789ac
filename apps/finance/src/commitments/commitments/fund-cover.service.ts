import { Injectable } from '@nestjs/common';
import { AppError, type IncomingMessage, toMinor, type ErrorCode } from '#contracts';
import type { assignmentFundingRequested } from '#contracts/staffing';
import type { CostPlanView, CoverRefusal, FullTimePart } from '#contracts/finance';
import type { Tx } from '#database';
import { Outbox } from '#messaging';
import { Clock, newId } from '#platform';
import { CostPlanService } from '../cost-plans/cost-plan.service';
import { FULL_TIME } from '../cost-plans/slice';
import { provisionalYears } from '../../budget/budget-years/budget-rules.reader';
import { type FundFacts, FundService } from '../../budget/funds/fund.service';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { amountsOf, insertPlan } from './commitment-plan.service';
import { bindYears, lockYears } from './commitment-years.service';
import { Commitment } from './commitment.entity';
import { coverGranted, coverRefused, recordedCommitment, type Shortfall } from './commitment.messages';
import { placeShare } from './full-time-part';
import { refusalOfPlan } from './plan-cover';
import { lockTakenParts } from './share.rows';

export type FundingRequest = IncomingMessage<typeof assignmentFundingRequested>;

interface Verdict {
  readonly fullTime?: FullTimePart;
  readonly refusal: CoverRefusal | null;
  readonly shortfalls: readonly Shortfall[];
  readonly plan?: CostPlanView;
}

/** Faults of the request itself; any other error is ours and the message is tried again. */
const PLAN_FAULTS: readonly ErrorCode[] = [
  'FINANCE_RULE_MISSING',
  'FINANCE_EXCHANGE_RATE_MISSING',
  'FINANCE_EXCHANGE_RATE_OUTDATED',
  'FINANCE_PLAN_CURRENCY_NOT_SUPPORTED',
  'FINANCE_PLAN_WITHOUT_PAYMENT',
];
const DAY_MS = 86_400_000;

/**
 * Decides fund cover in the transaction of the message: the full-term cost is reserved in every budget year, or nothing is. The
 * accounts are locked before they are read, so of many requests at once exactly as many are granted as the money covers.
 */
@Injectable()
export class FundCoverService {
  constructor(
    private readonly funds: FundService,
    private readonly plans: CostPlanService,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async decide(tx: Tx, request: FundingRequest): Promise<void> {
    const { assignmentId, fundId } = request.data;
    const fund = await this.funds.find(tx, fundId);
    const verdict: Verdict = fund ? await this.judge(tx, fund, request) : { refusal: 'FUND_UNKNOWN', shortfalls: [] };
    const commitment = fund && (await this.record(tx, fund, request, verdict));
    if (commitment && verdict.plan && verdict.refusal === null) {
      await this.reserve(tx, commitment, verdict.plan, request);
      return;
    }
    const refused = {
      assignmentId,
      fundId,
      requestVersion: request.aggregateVersion,
      currency: fund?.currency ?? 'EUR',
    };
    this.outbox.append(tx, coverRefused(refused, verdict.refusal ?? 'FUND_UNKNOWN', verdict.shortfalls));
  }

  private async judge(tx: Tx, fund: FundFacts, request: FundingRequest): Promise<Verdict> {
    const { costInputs, period, fullTimePercent = 100 } = request.data;
    const fullTime = placeShare(fullTimePercent, await lockTakenParts(tx, request.data, period));
    const plan = await this.plans.plan(tx, { costInputs, period, fullTime }).catch(asPlanFault);
    if (!plan) return { refusal: 'PLAN_INVALID', shortfalls: [], fullTime };
    const accounts = await this.ledger.lock(
      tx,
      fund.id,
      plan.byYear.flatMap(({ year }) => [
        { year, stage: 'available' as const },
        { year, stage: 'reserved' as const },
      ]),
    );
    const noNew = [...(await closingYears(tx, fund.id)), ...(await this.provisionalOf(tx, fund.id, plan))];
    return { ...refusalOfPlan(plan, accounts, noNew), plan, fullTime };
  }

  /** Before its plan is in force, a year takes no new commitment: nobody is bound to it by law (Art. 111 GG). */
  private provisionalOf(tx: Tx, fundId: string, { byYear }: CostPlanView): Promise<number[]> {
    const years = byYear.map(({ year }) => year);
    return provisionalYears(tx, 'NEW_COMMITMENT', { fundId, years, on: this.clock.today() });
  }

  private async record(
    tx: Tx,
    fund: FundFacts,
    { data }: FundingRequest,
    { refusal, plan, fullTime = FULL_TIME }: Verdict,
  ): Promise<Commitment> {
    const [{ attempts } = { attempts: 0 }] = await tx.query<{ attempts: number }>(
      'SELECT count(*)::int AS attempts FROM commitment WHERE assignment_id = $1',
      [data.assignmentId],
    );
    const now = this.clock.now();
    const commitment = Object.assign(new Commitment(), {
      id: newId(),
      assignmentId: data.assignmentId,
      attempt: attempts + 1,
      fundId: fund.id,
      instrument: data.instrument,
      expertId: data.expertId,
      employerMunicipalityId: data.employerMunicipalityId,
      periodFrom: data.period.from,
      periodTo: data.period.to,
      agreedTo: data.period.to,
      extensionVersion: null,
      fullTimeFrom: fullTime.from,
      fullTimeTo: fullTime.to,
      costInputs: data.costInputs,
      coverShortfall: null,
      status: refusal === null ? ('RESERVED' as const) : ('REFUSED' as const),
      refusal,
      currency: fund.currency,
      totalMinor: plan ? toMinor(plan.total).amountMinor : 0n,
      expiresAt: refusal === null ? new Date(now.getTime() + fund.reservationDays * DAY_MS) : null,
      createdAt: now,
    });
    await tx.insert(commitment);
    if (plan) await insertPlan(tx, commitment, plan, 1);
    return commitment;
  }

  private async reserve(tx: Tx, commitment: Commitment, plan: CostPlanView, request: FundingRequest): Promise<void> {
    const years = plan.byYear.map(({ year, amount }) => ({ year, amountMinor: toMinor(amount).amountMinor }));
    await bindYears(tx, commitment, years);
    await this.ledger.post(tx, {
      fundId: commitment.fundId,
      kind: 'COMMITMENT_RESERVED',
      reference: commitment.id,
      effectiveOn: this.clock.today(),
      correlationId: request.correlationId,
      lines: amountsOf(plan.instalments).flatMap(({ year, category, amountMinor }) =>
        move(year, amountMinor, { from: 'available', to: 'reserved', category }),
      ),
    });
    this.outbox.append(tx, coverGranted(commitment, plan, request.aggregateVersion));
    this.outbox.append(tx, recordedCommitment(commitment, await lockYears(tx, commitment.id)));
  }
}

async function closingYears(tx: Tx, fundId: string): Promise<number[]> {
  const rows = await tx.query<{ year: number }>(
    `SELECT year FROM budget_year WHERE fund_id = $1 AND status <> 'OPEN'`,
    [fundId],
  );
  return rows.map(({ year }) => year);
}

export function asPlanFault(error: unknown): undefined {
  if (error instanceof AppError && PLAN_FAULTS.includes(error.code)) return undefined;
  throw error;
}
