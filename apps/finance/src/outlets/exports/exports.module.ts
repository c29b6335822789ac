import { Module } from '@nestjs/common';
import { FundsModule } from '../../budget/funds/funds.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { BankBookingReader } from './bank-booking.reader';
import { DatevConfig } from './datev-config';
import { ExportService } from './export.service';
import { FundStatementService } from './fund-statement.service';
import { JournalReader } from './journal.reader';

@Module({
  imports: [FundsModule, LedgerModule],
  providers: [
    BankBookingReader,
    { provide: DatevConfig, useFactory: () => DatevConfig.load() },
    ExportService,
    FundStatementService,
    JournalReader,
  ],
  exports: [FundStatementService],
})
export class ExportsModule {}
