import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { DueRunService } from './due-run.service';
import { PayoutPaymentService } from './payout-payment.service';
import { PayoutPlanService } from './payout-plan.service';
import { PayoutReplanService } from './payout-replan.service';
import { PayoutController } from './payout.controller';
import { PayoutService } from './payout.service';
import { ReportConsumer } from './report.consumer';

@Module({
  imports: [FundsModule, LedgerModule],
  controllers: [PayoutController],
  providers: [
    DueRunService,
    PayoutPaymentService,
    PayoutPlanService,
    PayoutReplanService,
    PayoutService,
    ReportConsumer,
  ],
  exports: [PayoutPaymentService, PayoutPlanService, PayoutReplanService],
})
export class PayoutsModule {}
