import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { OpenCommitments } from '../../budget/budget-years/open-commitments.port';
import type { CategoryPart } from '../../budget/ledger/ledger.service';
import { yearsOf } from '../cost-plans/replan';
import { byCategory } from './category-lines.rows';
import { amountsOf, appendPlan, currentPlan } from './commitment-plan.service';
import { carryOverYear } from './commitment-years.service';
import { InstalmentPayouts } from './instalment-payouts.port';

/** Moves what commitments still bind in a budget year to the next one, with the instalments that will be paid from it. */
@Injectable()
export class CommitmentCarryOver implements OpenCommitments {
  constructor(private readonly payouts: InstalmentPayouts) {}

  /** By cost category. */
  async carryOver(tx: Tx, fundId: string, year: number): Promise<CategoryPart[]> {
    const moved: CategoryPart[] = [];
    for (const { commitmentId, amountMinor: rest } of await carryOverYear(tx, fundId, year)) {
      moved.push(...(await this.movePlan(tx, { id: commitmentId, fundId }, { year, rest })));
    }
    return [...Map.groupBy(moved, ({ category }) => category)].map(([category, parts]) => ({
      category,
      amountMinor: parts.reduce((sum, it) => sum + it.amountMinor, 0n),
    }));
  }

  private async movePlan(
    tx: Tx,
    commitment: { id: string; fundId: string },
    { year, rest }: { year: number; rest: bigint },
  ): Promise<CategoryPart[]> {
    const plan = await currentPlan(tx, commitment.id);
    if (!plan) return [{ category: undefined, amountMinor: rest }];
    const open = (await this.payouts.lock(tx, commitment.id))?.open ?? plan.instalments;
    const moving = new Set(open.map((it) => it.instalment));
    await this.payouts.moveOpen(tx, commitment.id, { from: year, to: year + 1 });
    const instalments = plan.instalments.map((it) =>
      it.year === year && moving.has(it.instalment) ? { ...it, year: year + 1 } : it,
    );
    await appendPlan(tx, commitment, { ...plan, instalments, byYear: yearsOf(instalments) });
    return byCategory(amountsOf(plan.instalments.filter((it) => moving.has(it.instalment))), year, rest);
  }
}
