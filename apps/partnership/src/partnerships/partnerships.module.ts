import { Module } from '@nestjs/common';
import { AgreementService } from './agreement.service';
import { EndingAgreementReader } from './ending-agreement.reader';
import { ParticipantService } from './participant.service';
import { ParticipationReader } from './participation.reader';
import { PartnershipChangeService } from './partnership-change.service';
import { PartnershipService } from './partnership.service';

@Module({
  providers: [
    PartnershipService,
    PartnershipChangeService,
    AgreementService,
    EndingAgreementReader,
    ParticipationReader,
    ParticipantService,
  ],
  exports: [PartnershipService, ParticipationReader, ParticipantService],
})
export class PartnershipsModule {}
