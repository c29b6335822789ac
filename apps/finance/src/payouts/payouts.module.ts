import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { CollectiveOrderService } from './collective-order.service';
import { DueRunService } from './due-run.service';
import { PayoutCancellation } from './payout-cancellation';
import { PayoutControlController } from './payout-control.controller';
import { PayoutControlService } from './payout-control.service';
import { PayoutHoldService } from './payout-hold.service';
import { PayoutOrderService } from './payout-order.service';
import { PayoutPaymentService } from './payout-payment.service';
import { PayoutPlanService } from './payout-plan.service';
import { PayoutReplanService } from './payout-replan.service';
import { PayoutReturnController } from './payout-return.controller';
import { PayoutReturnService } from './payout-return.service';
import { PayoutSettlementService } from './payout-settlement.service';
import { PayoutController } from './payout.controller';
import { PayoutService } from './payout.service';
import { ReportConsumer } from './report.consumer';

@Module({
  imports: [FundsModule, LedgerModule],
  controllers: [PayoutControlController, PayoutController, PayoutReturnController],
  providers: [
    CollectiveOrderService,
    DueRunService,
    PayoutCancellation,
    PayoutControlService,
    PayoutHoldService,
    PayoutOrderService,
    PayoutPaymentService,
    PayoutPlanService,
    PayoutReplanService,
    PayoutReturnService,
    PayoutService,
    PayoutSettlementService,
    ReportConsumer,
  ],
  exports: [
    PayoutHoldService,
    PayoutOrderService,
    PayoutPaymentService,
    PayoutPlanService,
    PayoutReplanService,
    PayoutSettlementService,
  ],
})
export class PayoutsModule {}
