import { Global, Module } from '@nestjs/common';
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

/**
 * What a storey needs of one above it: declared below (`*.port.ts`), done above, and brought together here alone, because imports
 * point down only.
 */
@Global()
@Module({
  imports: [CommitmentsModule, PaymentAnswersModule, PayoutsModule, ProofsOfUseModule],
  providers: [
    { provide: BankAnswers, useExisting: BankAnswerService },
    { provide: OpenCommitments, useExisting: CommitmentCarryOver },
    { provide: InstalmentPayouts, useExisting: InstalmentPayoutService },
    { provide: ProvenUse, useExisting: ProvenUseReader },
  ],
  exports: [BankAnswers, OpenCommitments, InstalmentPayouts, ProvenUse],
})
export class StoreysModule {}
