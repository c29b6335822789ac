import { Module } from '@nestjs/common';
import { AgreementService } from './agreement.service';
import { ParticipationReader } from './participation.reader';
import { PartnershipService } from './partnership.service';

@Module({
  providers: [PartnershipService, AgreementService, ParticipationReader],
  exports: [ParticipationReader],
})
export class PartnershipsModule {}
