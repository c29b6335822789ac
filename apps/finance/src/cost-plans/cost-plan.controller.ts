import { Controller } from '@nestjs/common';
import { type CostPlanView, estimateCost, type RequestOf } from '#contracts';
import { Handle } from '#platform';
import { CostPlanService } from './cost-plan.service';

@Controller()
export class CostPlanController {
  constructor(private readonly plans: CostPlanService) {}

  @Handle(estimateCost)
  estimate({ costInputs, period }: RequestOf<typeof estimateCost>): Promise<CostPlanView> {
    return this.plans.plan(costInputs, period);
  }
}
