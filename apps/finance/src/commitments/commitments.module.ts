import { Module } from '@nestjs/common';
import { CostPlansModule } from '../cost-plans/cost-plans.module';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { AssignmentConsumer } from './assignment.consumer';
import { CommitmentLifecycle } from './commitment-lifecycle.service';
import { CommitmentController } from './commitment.controller';
import { CommitmentService } from './commitment.service';
import { ExtensionService } from './extension.service';
import { FundCoverService } from './fund-cover.service';
import { ReplanningService } from './replanning.service';

@Module({
  imports: [CostPlansModule, FundsModule, LedgerModule, PayoutsModule],
  controllers: [CommitmentController],
  providers: [
    AssignmentConsumer,
    CommitmentLifecycle,
    CommitmentService,
    ExtensionService,
    FundCoverService,
    ReplanningService,
  ],
})
export class CommitmentsModule {}
