import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { eventsDataSource } from './data-source';
import { EventModule } from './events/event.module';
import { RegistrationModule } from './registrations/registration.module';
import { SweepModule } from './sweeps/sweep.module';

/** Dialogue and networking formats: events, seats, registrations with a fair waiting list, check-in. */
@Module({
  imports: [
    PlatformModule.forService('events'),
    DatabaseModule.forService(eventsDataSource),
    MessagingModule.forService('events'),
    EventModule,
    RegistrationModule,
    SweepModule,
  ],
})
export class EventsModule {}
