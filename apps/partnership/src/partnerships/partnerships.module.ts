import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module';
import { AgreementFileService } from './agreement-file.service';
import { AgreementService } from './agreement.service';
import { EndingAgreementReader } from './ending-agreement.reader';
import { ParticipantService } from './participant.service';
import { ParticipationReader } from './participation.reader';
import { PartnershipChangeService } from './partnership-change.service';
import { PartnershipService } from './partnership.service';

@Module({
  imports: [DocumentsModule],
  providers: [
    PartnershipService,
    PartnershipChangeService,
    AgreementService,
    EndingAgreementReader,
    AgreementFileService,
    ParticipationReader,
    ParticipantService,
  ],
  exports: [PartnershipService, ParticipationReader, ParticipantService],
})
export class PartnershipsModule {}
