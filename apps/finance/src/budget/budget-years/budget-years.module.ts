import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { BudgetChangeService } from './budget-change.service';
import { BudgetYearService } from './budget-year.service';

@Module({
  imports: [FundsModule, LedgerModule],
  providers: [BudgetYearService, BudgetChangeService],
})
export class BudgetYearsModule {}
