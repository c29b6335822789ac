import { Module } from '@nestjs/common';
import { Attendance, EventChangeService } from '../events/event-change.service';
import { EventModule } from '../events/event.module';
import { SeatModule } from '../seats/seat.module';
import { ArrivalService } from './arrival.service';
import { FreeSeatsReader } from './free-seats.reader';
import { ParticipantRetentionService } from './participant-retention.service';
import { RegistrantService } from './registrant.service';
import { RegistrationReader } from './registration.reader';
import { RegistrationService } from './registration.service';
import { SeatingService } from './seating.service';
import { WalkInService } from './walk-in.service';

@Module({
  imports: [EventModule, SeatModule],
  providers: [
    ArrivalService,
    WalkInService,
    EventChangeService,
    { provide: Attendance, useExisting: SeatingService },
    RegistrationService,
    RegistrationReader,
    FreeSeatsReader,
    RegistrantService,
    SeatingService,
    ParticipantRetentionService,
  ],
  exports: [SeatingService, ParticipantRetentionService],
})
export class RegistrationModule {}
