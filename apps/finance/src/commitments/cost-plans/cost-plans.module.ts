import { Module } from '@nestjs/common';
import { ExchangeRatesModule } from '../exchange-rates/exchange-rates.module';
import { CostPlanService } from './cost-plan.service';

@Module({
  imports: [ExchangeRatesModule],
  providers: [CostPlanService],
  exports: [CostPlanService],
})
export class CostPlansModule {}
