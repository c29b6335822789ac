import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { ClaimController } from './claim.controller';
import { LedgerModule } from '../ledger/ledger.module';
import { ClaimPaymentService } from './claim-payment.service';
import { ClaimReader } from './claim.reader';
import { ClaimService } from './claim.service';

@Module({
  imports: [LedgerModule, PayoutsModule, PublicMoneyRulesModule],
  controllers: [ClaimController],
  providers: [ClaimPaymentService, ClaimReader, ClaimService],
  exports: [ClaimService],
})
export class ClaimsModule {}
