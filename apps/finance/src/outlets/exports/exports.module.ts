import { Module } from '@nestjs/common';
import { FundsModule } from '../../budget/funds/funds.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { ExportService } from './export.service';
import { FundStatementService } from './fund-statement.service';
import { JournalReader } from './journal.reader';
import { PaymentReader } from './payment.reader';

@Module({
  imports: [FundsModule, LedgerModule],
  providers: [ExportService, FundStatementService, JournalReader, PaymentReader],
})
export class ExportsModule {}
