import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { FigureService } from './figure.service';
import { ResultService } from './result.service';
import { ResultTotalsReader } from './result-totals.reader';
import { ResultsReader } from './results.reader';

@Module({
  imports: [PartnershipsModule],
  providers: [ResultService, FigureService, ResultsReader, ResultTotalsReader],
  exports: [ResultsReader],
})
export class ResultsModule {}
