import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { RulesModule } from '#rules';
import { eventsDataSource } from './data-source';
import { EventModule } from './events/event.module';
import { MailModule } from './mails/mail.module';
import { RegistrationModule } from './registrations/registration.module';
import { EVENTS_RULE_FILES } from './rule-files';
import { SweepModule } from './sweeps/sweep.module';

/** Dialogue and networking formats: events, seats, registrations with a fair waiting list, check-in. */
@Module({
  imports: [
    PlatformModule.forService('events'),
    DatabaseModule.forService(eventsDataSource),
    MessagingModule.forService('events'),
    RulesModule.forService('events', EVENTS_RULE_FILES),
    EventModule,
    MailModule,
    RegistrationModule,
    SweepModule,
  ],
})
export class EventsModule {}
