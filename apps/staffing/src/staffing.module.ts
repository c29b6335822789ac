import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { RulesModule } from '#rules';
import { AssignmentsModule } from './assignments/assignments.module';
import { staffingDataSource } from './data-source';
import { ExpertRequestsModule } from './expert-requests/expert-requests.module';
import { ExpertsModule } from './experts/experts.module';
import { PartnershipsModule } from './partnerships/partnerships.module';
import { ReportsModule } from './reports/reports.module';
import { STAFFING_RULE_FILES } from './rule-files';

/** From demand to deployment: requests, experts, assignments and their reports. */
@Module({
  imports: [
    PlatformModule.forService('staffing'),
    DatabaseModule.forService(staffingDataSource),
    MessagingModule.forService('staffing'),
    RulesModule.forService('staffing', STAFFING_RULE_FILES),
    PartnershipsModule,
    ExpertRequestsModule,
    ExpertsModule,
    AssignmentsModule,
    ReportsModule,
  ],
})
export class StaffingModule {}
