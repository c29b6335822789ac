import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { BudgetYearService } from './budget-year.service';
import { FundStatementReader } from './fund-statement.reader';

@Module({
  imports: [FundsModule, LedgerModule],
  providers: [BudgetYearService, FundStatementReader],
})
export class BudgetYearsModule {}
