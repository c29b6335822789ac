import { Injectable } from '@nestjs/common';
import { type ReplyOf, type RequestOf, yearOf } from '#contracts';
import { runDue } from '#contracts/finance';
import { Commands } from '#messaging';
import { type Call, Clock, Handle } from '#platform';
import { FundService } from '../../budget/funds/fund.service';
import { PayoutPlanService } from './payout-plan.service';

/** Takes the planned instalments of a fund due, on the word of a finance officer. */
@Injectable()
export class DueRunService {
  constructor(
    private readonly commands: Commands,
    private readonly funds: FundService,
    private readonly plans: PayoutPlanService,
    private readonly clock: Clock,
  ) {}

  @Handle(runDue)
  letFallDue({ fundId, upTo }: RequestOf<typeof runDue>, call: Call): Promise<ReplyOf<typeof runDue>> {
    // What no payment of this year reaches is not due either (BHO 72).
    const last = `${yearOf(this.clock.today()) + 1}-01-31`;
    return this.commands.run(call, async (tx) => {
      await this.funds.findOrFail(tx, fundId);
      return this.plans.runDue(tx, fundId, upTo < last ? upTo : last);
    });
  }
}
