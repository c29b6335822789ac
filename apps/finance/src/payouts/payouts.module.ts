import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { PayoutPlanService } from './payout-plan.service';
import { PayoutController } from './payout.controller';
import { PayoutService } from './payout.service';
import { ReportConsumer } from './report.consumer';

@Module({
  imports: [LedgerModule],
  controllers: [PayoutController],
  providers: [PayoutPlanService, PayoutService, ReportConsumer],
  exports: [PayoutPlanService],
})
export class PayoutsModule {}
