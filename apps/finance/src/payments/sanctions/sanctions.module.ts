import { Module } from '@nestjs/common';
import { FileParsingModule } from '../../files/file-parsing/file-parsing.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { UploadsModule } from '../../files/uploads/uploads.module';
import { SanctionsListService } from './sanctions-list.service';
import { ScreeningReader } from './screening.reader';
import { ScreeningService } from './screening.service';

@Module({
  imports: [FileParsingModule, PayoutsModule, UploadsModule],
  providers: [SanctionsListService, ScreeningReader, ScreeningService],
  exports: [SanctionsListService, ScreeningService],
})
export class SanctionsModule {}
