import { Module } from '@nestjs/common';
import { CommitmentsModule } from '../../commitments/commitments/commitments.module';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { BudgetYearService } from './budget-year.service';
import { FundStatementReader } from './fund-statement.reader';

@Module({
  imports: [CommitmentsModule, FundsModule, LedgerModule],
  providers: [BudgetYearService, FundStatementReader],
})
export class BudgetYearsModule {}
