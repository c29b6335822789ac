import { describeRecurringWork } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';

describeRecurringWork({ module: FinanceModule, dataSource: financeDataSource }, [
  'expire reservations',
  'forget unused uploads',
  'screen payees against the new list',
  'seal the journal',
  'take over bank accounts',
  'take up uncovered changes',
  'watch the audit trail',
]);
