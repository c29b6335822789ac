import { Module } from '@nestjs/common';
import { AgreementController } from './agreement.controller';
import { AgreementService } from './agreement.service';
import { PartnershipController } from './partnership.controller';
import { PartnershipService } from './partnership.service';

@Module({
  controllers: [PartnershipController, AgreementController],
  providers: [PartnershipService, AgreementService],
})
export class PartnershipsModule {}
