import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { BudgetYearsModule } from './budget-years/budget-years.module';
import { CommitmentsModule } from './commitments/commitments.module';
import { CostPlansModule } from './cost-plans/cost-plans.module';
import { financeDataSource } from './data-source';
import { ExchangeRatesModule } from './exchange-rates/exchange-rates.module';
import { FundsModule } from './funds/funds.module';
import { InstrumentRulesModule } from './instrument-rules/instrument-rules.module';
import { PayeesModule } from './payees/payees.module';
import { PaymentRunsModule } from './payment-runs/payment-runs.module';
import { PayoutFeedModule } from './payout-feed/payout-feed.module';
import { PayoutsModule } from './payouts/payouts.module';
import { WebhooksModule } from './webhooks/webhooks.module';

/** The money of the fund: budget, ledger, plans, commitments, payouts and their way to the bank. */
@Module({
  imports: [
    PlatformModule.forService('finance'),
    DatabaseModule.forService(financeDataSource),
    MessagingModule.forService('finance'),
    FundsModule,
    BudgetYearsModule,
    InstrumentRulesModule,
    ExchangeRatesModule,
    CostPlansModule,
    CommitmentsModule,
    PayeesModule,
    PayoutsModule,
    PaymentRunsModule,
    PayoutFeedModule,
    WebhooksModule,
  ],
})
export class FinanceModule {}
