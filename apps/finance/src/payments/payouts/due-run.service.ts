import { Injectable } from '@nestjs/common';
import type { ReplyOf, RequestOf } from '#contracts';
import { runDue } from '#contracts/finance';
import { Commands } from '#messaging';
import { type Call, Handle } from '#platform';
import { FundService } from '../../budget/funds/fund.service';
import { PayoutPlanService } from './payout-plan.service';

/** Takes the planned instalments of a fund due, on the word of a finance officer. */
@Injectable()
export class DueRunService {
  constructor(
    private readonly commands: Commands,
    private readonly funds: FundService,
    private readonly plans: PayoutPlanService,
  ) {}

  @Handle(runDue)
  letFallDue({ fundId, upTo }: RequestOf<typeof runDue>, call: Call): Promise<ReplyOf<typeof runDue>> {
    return this.commands.run(call, async (tx) => {
      await this.funds.findOrFail(tx, fundId);
      return this.plans.runDue(tx, fundId, upTo);
    });
  }
}
