import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { BudgetChangeService } from './budget-change.service';

@Module({
  imports: [LedgerModule],
  providers: [BudgetChangeService],
})
export class BudgetChangesModule {}
