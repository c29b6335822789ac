import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type FundSimulation, simulateFund } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { provisionalYears } from '../../budget/budget-years/budget-rules.reader';
import { findFund } from '../../budget/funds/fund.reader';
import { liveOfFund } from '../../commitments/commitments/commitment.reader';
import { InstalmentPayouts } from '../../commitments/commitments/instalment-payouts.port';
import { ReplanningService } from '../../commitments/commitments/replanning.service';
import { ShareService } from '../../commitments/commitments/share.service';
import { CostPlanService } from '../../commitments/cost-plans/cost-plan.service';
import { Scenario } from './scenario.service';
import { SimulatedFund } from './simulated-fund';
import { duesOfFund, yearsOfFund } from './simulation.reader';

/** What if: a fund under a scenario, beside the fund as it is (docs/finance.md#what-if). Writes nothing, and cannot. */
@Injectable()
export class SimulationService {
  constructor(
    private readonly database: Database,
    private readonly plans: CostPlanService,
    private readonly replanning: ReplanningService,
    private readonly shares: ShareService,
    private readonly payouts: InstalmentPayouts,
    private readonly clock: Clock,
  ) {}

  @Handle(simulateFund)
  simulate({ fundId, scenarios }: RequestOf<typeof simulateFund>): Promise<FundSimulation> {
    const asOf = this.clock.today();
    return this.database.snapshot(async (tx) => {
      const { currency } = await findFund(tx, fundId);
      const years = await yearsOfFund(tx, fundId);
      const ofYears = { fundId, years: years.map(({ year }) => year), on: asOf };
      const closing = years.filter(({ isClosing }) => isClosing).map(({ year }) => year);
      const ground = {
        fundId,
        currency,
        takesNoCommitment: [...closing, ...(await provisionalYears(tx, 'NEW_COMMITMENT', ofYears))],
        takesNoRateChange: await provisionalYears(tx, 'RATE_CHANGE', ofYears),
      };
      const fund = new SimulatedFund({ currency, asOf }, years, await duesOfFund(tx, fundId, asOf));
      const live = await liveOfFund(tx, fundId);
      const { plans, replanning, shares, payouts } = this;
      const tools = { plans, replanning, shares, payouts };
      const simulated: FundSimulation['scenarios'] = [];
      for (const { name, changes } of scenarios) {
        const copy = fund.copy();
        const scenario = new Scenario(tx, copy, live, ground, tools);
        const outcomes: FundSimulation['scenarios'][number]['changes'] = [];
        for (const change of changes) outcomes.push(await scenario.take(change));
        simulated.push({ name, ...copy.outlook(), changes: outcomes });
      }
      return { fundId, asOf, reality: fund.outlook(), scenarios: simulated };
    });
  }
}
