import { Module } from '@nestjs/common';
import { PayoutsModule } from '../../payments/payouts/payouts.module';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { FundsModule } from '../../budget/funds/funds.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { BankEntriesModule } from '../../bank/bank-entries/bank-entries.module';
import { ClaimLetterReader } from './claim-letter.reader';
import { IncomingPaymentService } from './incoming-payment.service';
import { RepaymentService } from './repayment.service';
import { RepaymentClaimReader } from './repayment-claim.reader';
import { RepaymentClaimService } from './repayment-claim.service';

@Module({
  imports: [BankEntriesModule, FundsModule, LedgerModule, PayoutsModule, PublicMoneyRulesModule],
  providers: [ClaimLetterReader, IncomingPaymentService, RepaymentService, RepaymentClaimReader, RepaymentClaimService],
  exports: [IncomingPaymentService, RepaymentClaimService],
})
export class RepaymentClaimsModule {}
