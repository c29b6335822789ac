import { Module } from '@nestjs/common';
import { ExchangeRatesModule } from '../exchange-rates/exchange-rates.module';
import { CostPlanController } from './cost-plan.controller';
import { CostPlanService } from './cost-plan.service';

@Module({
  imports: [ExchangeRatesModule],
  controllers: [CostPlanController],
  providers: [CostPlanService],
  exports: [CostPlanService],
})
export class CostPlansModule {}
