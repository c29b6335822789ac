import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { RulesModule } from '#rules';
import { financeDataSource } from './data-source';
import { DocumentsModule } from './files/documents/documents.module';
import { BudgetYearsModule } from './budget/budget-years/budget-years.module';
import { FundStatementsModule } from './budget/fund-statements/fund-statements.module';
import { FundsModule } from './budget/funds/funds.module';
import { CommitmentsModule } from './commitments/commitments/commitments.module';
import { CostPlansModule } from './commitments/cost-plans/cost-plans.module';
import { ExchangeRatesModule } from './commitments/exchange-rates/exchange-rates.module';
import { InstrumentRulesModule } from './commitments/instrument-rules/instrument-rules.module';
import { InvoicesModule } from './payments/invoices/invoices.module';
import { TravelClaimsModule } from './payments/travel-claims/travel-claims.module';
import { PayeesModule } from './payments/payees/payees.module';
import { PaymentRulesModule } from './payments/payment-rules/payment-rules.module';
import { PaymentRunsModule } from './payments/payment-runs/payment-runs.module';
import { PayoutsModule } from './payments/payouts/payouts.module';
import { SanctionsModule } from './payments/sanctions/sanctions.module';
import { BankEntriesModule } from './bank/bank-entries/bank-entries.module';
import { PaymentAnswersModule } from './bank/payment-answers/payment-answers.module';
import { BankMessagesModule } from './bank/bank-messages/bank-messages.module';
import { DrawdownsModule } from './public-money/drawdowns/drawdowns.module';
import { ProofsOfUseModule } from './public-money/proofs-of-use/proofs-of-use.module';
import { PublicMoneyRulesModule } from './public-money/public-money-rules/public-money-rules.module';
import { RepaymentClaimsModule } from './public-money/repayment-claims/repayment-claims.module';
import { AuditFoldersModule } from './outlets/audit-folders/audit-folders.module';
import { ExportsModule } from './outlets/exports/exports.module';
import { FundCoursesModule } from './outlets/fund-courses/fund-courses.module';
import { PayoutFeedModule } from './outlets/payout-feed/payout-feed.module';
import { SimulationsModule } from './outlets/simulations/simulations.module';
import { WebhooksModule } from './outlets/webhooks/webhooks.module';
import { FINANCE_RULE_FILES } from './rule-files';
import { StoreysModule } from './storeys.module';

/** The money of the fund: budget, ledger, plans, commitments, payouts and their way to the bank. */
@Module({
  imports: [
    PlatformModule.forService('finance'),
    DatabaseModule.forService(financeDataSource),
    MessagingModule.forService('finance'),
    RulesModule.forService('finance', FINANCE_RULE_FILES),
    DocumentsModule,
    FundsModule,
    BudgetYearsModule,
    FundStatementsModule,
    InstrumentRulesModule,
    ExchangeRatesModule,
    CostPlansModule,
    CommitmentsModule,
    PayeesModule,
    SanctionsModule,
    PayoutsModule,
    InvoicesModule,
    TravelClaimsModule,
    PaymentRulesModule,
    PaymentRunsModule,
    BankMessagesModule,
    BankEntriesModule,
    PaymentAnswersModule,
    PayoutFeedModule,
    WebhooksModule,
    PublicMoneyRulesModule,
    DrawdownsModule,
    RepaymentClaimsModule,
    ProofsOfUseModule,
    ExportsModule,
    FundCoursesModule,
    SimulationsModule,
    AuditFoldersModule,
    StoreysModule,
  ],
})
export class FinanceModule {}
