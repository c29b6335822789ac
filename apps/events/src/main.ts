import { startService } from '#platform';
import { EventsModule } from './events.module';

void startService('events', EventsModule);
