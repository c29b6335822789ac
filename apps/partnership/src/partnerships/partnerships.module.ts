import { Module } from '@nestjs/common';
import { AgreementService } from './agreement.service';
import { ParticipationReader } from './participation.reader';
import { PartnershipChangeService } from './partnership-change.service';
import { PartnershipService } from './partnership.service';

@Module({
  providers: [PartnershipService, PartnershipChangeService, AgreementService, ParticipationReader],
  exports: [ParticipationReader],
})
export class PartnershipsModule {}
