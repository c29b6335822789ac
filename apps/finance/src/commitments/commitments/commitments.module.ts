import { Module } from '@nestjs/common';
import { CostPlansModule } from '../cost-plans/cost-plans.module';
import { ExchangeRatesModule } from '../exchange-rates/exchange-rates.module';
import { FundsModule } from '../../budget/funds/funds.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { AssignmentConsumer } from './assignment.consumer';
import { ChangeEstimateService } from './change-estimate.service';
import { CommitmentLifecycle } from './commitment-lifecycle.service';
import { CommitmentReader } from './commitment.reader';
import { CoverChangeService } from './cover-change.service';
import { ExpenseCommitmentService } from './expense-commitment.service';
import { FundCoverService } from './fund-cover.service';
import { CommitmentCarryOver } from './commitment-carry-over.service';
import { RateChangeService } from './rate-change.service';
import { RateRefixingReader } from './rate-refixing.reader';
import { ReservationExpiry } from './reservation-expiry.service';
import { ReplanningService } from './replanning.service';
import { ShareService } from './share.service';
import { UncoveredChangeService } from './uncovered-change.service';

@Module({
  imports: [CostPlansModule, ExchangeRatesModule, FundsModule, LedgerModule],
  providers: [
    AssignmentConsumer,
    ChangeEstimateService,
    CommitmentLifecycle,
    CommitmentReader,
    CoverChangeService,
    ExpenseCommitmentService,
    FundCoverService,
    RateChangeService,
    RateRefixingReader,
    ReplanningService,
    ReservationExpiry,
    ShareService,
    UncoveredChangeService,
    CommitmentCarryOver,
  ],
  exports: [CommitmentCarryOver, ExpenseCommitmentService, ReplanningService, ShareService],
})
export class CommitmentsModule {}
