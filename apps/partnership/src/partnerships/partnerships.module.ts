import { Module } from '@nestjs/common';
import { AgreementService } from './agreement.service';
import { PartnershipService } from './partnership.service';

@Module({
  providers: [PartnershipService, AgreementService],
})
export class PartnershipsModule {}
