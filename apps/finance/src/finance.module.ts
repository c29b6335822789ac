import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { RepaymentClaimsModule } from './repayment-claims/repayment-claims.module';
import { BankMessagesModule } from './bank-messages/bank-messages.module';
import { BudgetYearsModule } from './budget-years/budget-years.module';
import { CommitmentsModule } from './commitments/commitments.module';
import { CostPlansModule } from './cost-plans/cost-plans.module';
import { financeDataSource } from './data-source';
import { DrawdownsModule } from './drawdowns/drawdowns.module';
import { ExchangeRatesModule } from './exchange-rates/exchange-rates.module';
import { ExportsModule } from './exports/exports.module';
import { FundsModule } from './funds/funds.module';
import { InstrumentRulesModule } from './instrument-rules/instrument-rules.module';
import { BankEntriesModule } from './bank-entries/bank-entries.module';
import { PayeesModule } from './payees/payees.module';
import { PaymentRunsModule } from './payment-runs/payment-runs.module';
import { PaymentRulesModule } from './payment-rules/payment-rules.module';
import { PayoutFeedModule } from './payout-feed/payout-feed.module';
import { PayoutsModule } from './payouts/payouts.module';
import { ProofsOfUseModule } from './proofs-of-use/proofs-of-use.module';
import { PublicMoneyRulesModule } from './public-money-rules/public-money-rules.module';
import { SanctionsModule } from './sanctions/sanctions.module';
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
    SanctionsModule,
    PayoutsModule,
    PaymentRulesModule,
    PaymentRunsModule,
    BankMessagesModule,
    BankEntriesModule,
    PayoutFeedModule,
    WebhooksModule,
    PublicMoneyRulesModule,
    DrawdownsModule,
    RepaymentClaimsModule,
    ProofsOfUseModule,
    ExportsModule,
  ],
})
export class FinanceModule {}
