import { Module } from '@nestjs/common';
import { AssignmentChangeService } from './assignment-change.service';
import { AssignmentReader } from './assignment.reader';
import { AssignmentService } from './assignment.service';
import { FundCoverConsumer } from './fund-cover.consumer';
import { ReportsModule } from '../reports/reports.module';
import { PlanningService } from './planning.service';

@Module({
  imports: [ReportsModule],
  providers: [AssignmentChangeService, AssignmentReader, AssignmentService, PlanningService, FundCoverConsumer],
})
export class AssignmentsModule {}
