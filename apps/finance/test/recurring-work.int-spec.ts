import { describeRecurringWork } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';

describeRecurringWork({ module: FinanceModule, dataSource: financeDataSource }, [
  'expire reservations',
  'forget audit folders',
  'forget bytes without a document',
  'forget unused documents',
  'forget unused uploads',
  'hand over bank accounts',
  'screen payees against the new list',
  'take up uncovered changes',
]);
