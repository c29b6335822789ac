import { Module } from '@nestjs/common';
import { Attendance, EventChangeService } from '../events/event-change.service';
import { EventModule } from '../events/event.module';
import { SeatModule } from '../seats/seat.module';
import { MailModule } from '../mails/mail.module';
import { Letters, MailSender } from '../mails/mail-sender.service';
import { AddressConfirmationService } from './address-confirmation.service';
import { ArrivalService } from './arrival.service';
import { ConfirmationLetters } from './confirmation-letters.service';
import { UnconfirmedSeatsService } from './unconfirmed-seats.service';
import { FreeSeatsReader } from './free-seats.reader';
import { ParticipantRetentionService } from './participant-retention.service';
import { RegistrantService } from './registrant.service';
import { RegistrationReader } from './registration.reader';
import { RegistrationService } from './registration.service';
import { SeatingService } from './seating.service';
import { WalkInService } from './walk-in.service';

@Module({
  imports: [EventModule, SeatModule, MailModule],
  providers: [
    AddressConfirmationService,
    ArrivalService,
    ConfirmationLetters,
    { provide: Letters, useExisting: ConfirmationLetters },
    MailSender,
    UnconfirmedSeatsService,
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
  exports: [SeatingService, AddressConfirmationService, UnconfirmedSeatsService, ParticipantRetentionService],
})
export class RegistrationModule {}
