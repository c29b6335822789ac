import { Injectable } from '@nestjs/common';
import { AppError, type changeCommitmentRate, type CommitmentView, type RequestOf } from '#contracts';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock } from '#platform';
import { currencyToConvert } from '../cost-plans/cost-plan';
import { ExchangeRateService } from '../exchange-rates/exchange-rate.service';
import { COMMITMENT_YEARS, currentPlan } from './commitment-rows';
import { Commitment } from './commitment.entity';
import { type CommitmentYearRow, commitmentView } from './commitment.messages';
import { notCovered, rateChangesOf, ReplanningService } from './replanning.service';

/** Re-fixes the top-up of an integrated expert under a newer exchange rate. */
@Injectable()
export class RateChangeService {
  constructor(
    private readonly commands: Commands,
    private readonly rates: ExchangeRateService,
    private readonly replanning: ReplanningService,
    private readonly clock: Clock,
  ) {}

  change({ commitmentId, from }: RequestOf<typeof changeCommitmentRate>, call: Call): Promise<CommitmentView> {
    return this.commands.run(call, async (tx) => {
      // The assignment's row first, as its messages do.
      await tx.query(
        'SELECT FROM assignment_copy a JOIN commitment c ON c.assignment_id = a.id WHERE c.id = $1 FOR UPDATE OF a',
        [commitmentId],
      );
      const commitment = await tx.lockOrFail(Commitment, commitmentId, call.expectedVersion);
      if (commitment.status !== 'COMMITTED') {
        throw new AppError('FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED', { from: commitment.status, to: 'COMMITTED' });
      }
      await this.record(tx, commitment, from, call.caller.subject);
      const plan = await this.replanning.planOf(tx, commitment, commitment.periodTo);
      if (plan) {
        const { isClosed, shortfalls } = await this.replanning.coverOf(tx, commitment, plan);
        if (isClosed) throw new AppError('FINANCE_BUDGET_YEAR_CLOSED', { fundId: commitment.fundId });
        if (shortfalls.length > 0) throw notCovered(shortfalls);
        await this.replanning.apply(tx, commitment, { plan, periodTo: commitment.periodTo }, call.correlationId);
      }
      const years = await tx.query<CommitmentYearRow>(`${COMMITMENT_YEARS} WHERE commitment_id = $1 ORDER BY year`, [
        commitmentId,
      ]);
      return commitmentView(commitment, years, (await currentPlan(tx, commitmentId)) ?? null);
    });
  }

  private async record(tx: Tx, commitment: Commitment, from: string, by: string): Promise<void> {
    const currency = currencyToConvert(commitment.costInputs);
    if (currency === undefined) throw new AppError('FINANCE_RATE_CHANGE_NOT_APPLICABLE');
    const last = (await rateChangesOf(tx, commitment.id)).at(-1);
    if (from <= (last?.from ?? commitment.periodFrom) || from >= commitment.periodTo) {
      throw new AppError('FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED', { from });
    }
    const rate = await this.rates.rateOn(currency, from);
    const inForce = last?.exchangeRate ?? (await currentPlan(tx, commitment.id))?.exchangeRate;
    if (inForce?.rate === rate.rate) throw new AppError('FINANCE_RATE_CHANGE_NOT_APPLICABLE', { rate: rate.rate });
    await tx.query(
      `INSERT INTO commitment_rate_change (commitment_id, changed_from, exchange_rate, decided_by, decided_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [commitment.id, from, JSON.stringify(rate), by, this.clock.now()],
    );
  }
}
