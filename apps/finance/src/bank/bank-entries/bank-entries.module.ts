import { Module } from '@nestjs/common';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { PaymentRunsModule } from '../../payments/payment-runs/payment-runs.module';
import { PayoutsModule } from '../../payments/payouts/payouts.module';
import { BankEntryDismissalService } from './bank-entry-dismissal.service';
import { BankEntryReader } from './bank-entry.reader';
import { BankEntryService } from './bank-entry.service';
import { BankReceiptService } from './bank-receipt.service';
import { MatchReversalService } from './match-reversal.service';
import { MatchService } from './match.service';
import { ReconciliationService } from './reconciliation.service';
import { UnmatchedGauge } from './unmatched-gauge.service';

@Module({
  imports: [LedgerModule, PaymentRunsModule, PayoutsModule],
  providers: [
    BankEntryDismissalService,
    BankEntryReader,
    BankEntryService,
    BankReceiptService,
    MatchReversalService,
    MatchService,
    ReconciliationService,
    UnmatchedGauge,
  ],
  exports: [BankReceiptService, MatchService],
})
export class BankEntriesModule {}
