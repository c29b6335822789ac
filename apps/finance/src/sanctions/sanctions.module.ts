import { Module } from '@nestjs/common';
import { FileParsingModule } from '../file-parsing/file-parsing.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { UploadsModule } from '../uploads/uploads.module';
import { SanctionsListService } from './sanctions-list.service';
import { SanctionsController } from './sanctions.controller';
import { ScreeningService } from './screening.service';

@Module({
  imports: [FileParsingModule, PayoutsModule, UploadsModule],
  controllers: [SanctionsController],
  providers: [SanctionsListService, ScreeningService],
  exports: [SanctionsListService, ScreeningService],
})
export class SanctionsModule {}
