import { Module } from '@nestjs/common';
import { AssignmentChangeController } from './assignment-change.controller';
import { AssignmentChangeService } from './assignment-change.service';
import { AssignmentController } from './assignment.controller';
import { AssignmentReader } from './assignment.reader';
import { AssignmentService } from './assignment.service';
import { FundCoverConsumer } from './fund-cover.consumer';
import { PlanningService } from './planning.service';
import { ReportPlanner } from './report-planner';

@Module({
  controllers: [AssignmentController, AssignmentChangeController],
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
