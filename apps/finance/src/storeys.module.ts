import { Global, Module } from '@nestjs/common';
import { IncomingPayments } from './bank/bank-entries/incoming-payments.port';
import { BankAnswerService } from './bank/payment-answers/bank-answer.service';
import { PaymentAnswersModule } from './bank/payment-answers/payment-answers.module';
import { OpenCommitments } from './budget/budget-years/open-commitments.port';
import { CommitmentCarryOver } from './commitments/commitments/commitment-carry-over.service';
import { CommitmentsModule } from './commitments/commitments/commitments.module';
import { InstalmentPayouts } from './commitments/commitments/instalment-payouts.port';
import { BankAnswers } from './payments/payment-runs/bank-answers.port';
import { InstalmentPayoutService } from './payments/payouts/instalment-payout.service';
import { PayoutsModule } from './payments/payouts/payouts.module';
import { ProvenUse } from './payments/payouts/proven-use.port';
import { ProofsOfUseModule } from './public-money/proofs-of-use/proofs-of-use.module';
import { ProvenUseReader } from './public-money/proofs-of-use/proven-use.reader';
import { IncomingPaymentService } from './public-money/repayment-claims/incoming-payment.service';
import { RepaymentClaimsModule } from './public-money/repayment-claims/repayment-claims.module';

/**
 * What a storey needs of one above it: declared below (`*.port.ts`), done above, and brought together here alone, because imports
 * point down only.
 */
@Global()
@Module({
  imports: [CommitmentsModule, PaymentAnswersModule, PayoutsModule, ProofsOfUseModule, RepaymentClaimsModule],
  providers: [
    { provide: BankAnswers, useExisting: BankAnswerService },
    { provide: IncomingPayments, useExisting: IncomingPaymentService },
    { provide: OpenCommitments, useExisting: CommitmentCarryOver },
    { provide: InstalmentPayouts, useExisting: InstalmentPayoutService },
    { provide: ProvenUse, useExisting: ProvenUseReader },
  ],
  exports: [BankAnswers, IncomingPayments, OpenCommitments, InstalmentPayouts, ProvenUse],
})
export class StoreysModule {}
