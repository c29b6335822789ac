import { describeRecurringWork } from '#testing';
import { eventsDataSource } from '../src/data-source';
import { EventsModule } from '../src/events.module';

describeRecurringWork({ module: EventsModule, dataSource: eventsDataSource }, ['sweep events', 'send mails']);
