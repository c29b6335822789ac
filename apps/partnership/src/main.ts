import { startService } from '#platform';
import { PartnershipModule } from './partnership.module';

void startService('partnership', PartnershipModule);
