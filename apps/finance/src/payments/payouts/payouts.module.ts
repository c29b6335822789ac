import { Module } from '@nestjs/common';
import { CommitmentsModule } from '../../commitments/commitments/commitments.module';
import { FundsModule } from '../../budget/funds/funds.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { ExchangeRatesModule } from '../../commitments/exchange-rates/exchange-rates.module';
import { DueRunService } from './due-run.service';
import { ExchangeDifferenceService } from './exchange-difference.service';
import { ExpensePayoutService } from './expense-payout.service';
import { InstalmentPayoutService } from './instalment-payout.service';
import { OrderVoidService } from './order-void.service';
import { PayoutCancellationService } from './payout-cancellation.service';
import { PayoutCheckService } from './payout-check.service';
import { PayoutControlService } from './payout-control.service';
import { PayoutHoldService } from './payout-hold.service';
import { PayoutOrderService } from './payout-order.service';
import { PayoutPaymentService } from './payout-payment.service';
import { PayoutPlanService } from './payout-plan.service';
import { PayoutReader } from './payout.reader';
import { PayoutReturnReader } from './payout-return.reader';
import { PayoutReturnService } from './payout-return.service';
import { PayoutSettlementService } from './payout-settlement.service';
import { ReportConsumer } from './report.consumer';

@Module({
  imports: [CommitmentsModule, ExchangeRatesModule, FundsModule, LedgerModule],
  providers: [
    DueRunService,
    ExchangeDifferenceService,
    ExpensePayoutService,
    OrderVoidService,
    PayoutCancellationService,
    PayoutCheckService,
    PayoutControlService,
    PayoutHoldService,
    PayoutOrderService,
    PayoutPaymentService,
    PayoutPlanService,
    PayoutReader,
    InstalmentPayoutService,
    PayoutReturnReader,
    PayoutReturnService,
    PayoutSettlementService,
    ReportConsumer,
  ],
  exports: [
    ExchangeDifferenceService,
    ExpensePayoutService,
    OrderVoidService,
    PayoutHoldService,
    PayoutPaymentService,
    PayoutPlanService,
    InstalmentPayoutService,
    PayoutSettlementService,
  ],
})
export class PayoutsModule {}
