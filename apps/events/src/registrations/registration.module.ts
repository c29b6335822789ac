import { Module } from '@nestjs/common';
import { EventModule } from '../events/event.module';
import { SeatModule } from '../seats/seat.module';
import { ArrivalService } from './arrival.service';
import { ParticipantRetentionService } from './participant-retention.service';
import { RegistrantService } from './registrant.service';
import { RegistrationReader } from './registration.reader';
import { RegistrationService } from './registration.service';
import { SeatingService } from './seating.service';

@Module({
  imports: [EventModule, SeatModule],
  providers: [
    ArrivalService,
    RegistrationService,
    RegistrationReader,
    RegistrantService,
    SeatingService,
    ParticipantRetentionService,
  ],
  exports: [SeatingService, ParticipantRetentionService],
})
export class RegistrationModule {}
