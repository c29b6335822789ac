import { Module } from '@nestjs/common';
import { PayoutsModule } from '../../payments/payouts/payouts.module';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { RepaymentService } from './repayment.service';
import { RepaymentClaimReader } from './repayment-claim.reader';
import { RepaymentClaimService } from './repayment-claim.service';

@Module({
  imports: [LedgerModule, PayoutsModule, PublicMoneyRulesModule],
  providers: [RepaymentService, RepaymentClaimReader, RepaymentClaimService],
  exports: [RepaymentClaimService],
})
export class RepaymentClaimsModule {}
