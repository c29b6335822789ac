import { startService } from '#platform';
import { StaffingModule } from './staffing.module';

void startService('staffing', StaffingModule);
