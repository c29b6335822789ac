import { startService } from '#platform';
import { FinanceModule } from './finance.module';

void startService('finance', FinanceModule);
