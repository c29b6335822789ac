import { Module } from '@nestjs/common';
import { AssignmentChangeService } from './assignment-change.service';
import { AssignmentReader } from './assignment.reader';
import { AssignmentService } from './assignment.service';
import { FundCoverConsumer } from './fund-cover.consumer';
import { PlanningService } from './planning.service';
import { ReportPlanner } from './report-planner';

@Module({
  providers: [
    AssignmentChangeService,
    AssignmentReader,
    AssignmentService,
    PlanningService,
    ReportPlanner,
    FundCoverConsumer,
  ],
})
export class AssignmentsModule {}
