import { Module } from '@nestjs/common';
import { PayoutsModule } from '../../payments/payouts/payouts.module';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { BankEntriesModule } from '../../bank/bank-entries/bank-entries.module';
import { IncomingPaymentService } from './incoming-payment.service';
import { RepaymentService } from './repayment.service';
import { RepaymentClaimReader } from './repayment-claim.reader';
import { RepaymentClaimService } from './repayment-claim.service';

@Module({
  imports: [BankEntriesModule, LedgerModule, PayoutsModule, PublicMoneyRulesModule],
  providers: [IncomingPaymentService, RepaymentService, RepaymentClaimReader, RepaymentClaimService],
  exports: [IncomingPaymentService, RepaymentClaimService],
})
export class RepaymentClaimsModule {}
