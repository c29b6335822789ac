import { Module } from '@nestjs/common';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { ClaimController } from './claim.controller';
import { LedgerModule } from '../ledger/ledger.module';
import { ClaimPaymentService } from './claim-payment.service';
import { ClaimReader } from './claim.reader';
import { ClaimService } from './claim.service';

@Module({
  imports: [LedgerModule, PublicMoneyRulesModule],
  controllers: [ClaimController],
  providers: [ClaimPaymentService, ClaimReader, ClaimService],
  exports: [ClaimService],
})
export class ClaimsModule {}
