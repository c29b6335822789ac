import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { changeCommitmentRate, type CommitmentView } from '#contracts/finance';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { currencyToConvert, instructedCurrency } from '../cost-plans/cost-plan';
import { ExchangeRateService } from '../exchange-rates/exchange-rate.service';
import { currentPlan } from './commitment-plan.service';
import { act, lockAssignmentOf } from './commitment.act';
import type { Commitment } from './commitment.entity';
import { CommitmentReader } from './commitment.reader';
import type { RateChange } from './plan-changes';
import { notCovered, rateChangesOf, ReplanningService } from './replanning.service';

/**
 * Fixes the top-up of an integrated expert anew under a newer exchange rate, or what is set aside for the instalments of a local
 * contract that are not ordered yet: that by the latest rate, whatever the day.
 */
@Injectable()
export class RateChangeService {
  constructor(
    private readonly rates: ExchangeRateService,
    private readonly replanning: ReplanningService,
    private readonly reader: CommitmentReader,
    private readonly clock: Clock,
  ) {}

  @act(changeCommitmentRate, {
    possible: (commitment) => {
      commitment.assertIsCommitted();
      currencyOf(commitment);
    },
    first: (_: RateChangeService, { commitmentId }, { tx }) => lockAssignmentOf(tx, commitmentId),
  })
  async change(
    commitment: Commitment,
    { from }: RequestOf<typeof changeCommitmentRate>,
    { tx, call }: Act<undefined, unknown>,
  ): Promise<void> {
    await this.record(tx, commitment, from, call.caller.subject);
    const { periodTo, fundId } = commitment;
    const plan = await this.replanning.planOf(tx, commitment);
    if (!plan) return;
    const { isClosed, shortfalls } = await this.replanning.coverOf(tx, commitment, plan, 'RATE_CHANGE');
    if (isClosed) throw new AppError('FINANCE_BUDGET_YEAR_CLOSED', { fundId });
    if (shortfalls.length > 0) throw notCovered(shortfalls);
    await this.replanning.apply(tx, commitment, { plan, periodTo }, call.correlationId);
  }

  view(commitment: Commitment, { tx }: Act): Promise<CommitmentView> {
    return this.reader.within(tx, commitment);
  }

  private async record(tx: Tx, commitment: Commitment, from: string, by: string): Promise<void> {
    const today = this.clock.today();
    const day = instructedCurrency(commitment.costInputs) !== undefined && from < today ? today : from;
    const rate = await this.rates.rateOn(tx, currencyOf(commitment), day);
    const { exchangeRate } = await nextRateChange(tx, commitment, { from, exchangeRate: rate });
    await tx.query(
      `INSERT INTO commitment_rate_change (commitment_id, changed_from, exchange_rate, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [commitment.id, from, JSON.stringify(exchangeRate), by, this.clock.now()],
    );
  }
}

/** The change if the commitment may take it after those that were fixed, or supposed, before. */
export async function nextRateChange(
  tx: Tx,
  commitment: Commitment,
  change: RateChange,
  supposed: readonly RateChange[] = [],
): Promise<RateChange> {
  const { from, exchangeRate } = change;
  const last = supposed.at(-1) ?? (await rateChangesOf(tx, commitment.id)).at(-1);
  // An instalment of a local contract may be paid after the period: its report came late.
  const isOver = from >= commitment.periodTo && instructedCurrency(commitment.costInputs) === undefined;
  if (from <= (last?.from ?? commitment.periodFrom) || isOver) {
    throw new AppError('FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED', { from });
  }
  const inForce = last?.exchangeRate ?? (await currentPlan(tx, commitment.id))?.exchangeRate;
  if (inForce?.rate === exchangeRate.rate) {
    throw new AppError('FINANCE_RATE_CHANGE_NOT_APPLICABLE', { rate: exchangeRate.rate });
  }
  return change;
}

function currencyOf({ costInputs }: Commitment): string {
  const currency = currencyToConvert(costInputs);
  if (currency === undefined) throw new AppError('FINANCE_RATE_CHANGE_NOT_APPLICABLE');
  return currency;
}
