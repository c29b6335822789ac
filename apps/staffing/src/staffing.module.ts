import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { AssignmentsModule } from './assignments/assignments.module';
import { staffingDataSource } from './data-source';
import { ExpertRequestsModule } from './expert-requests/expert-requests.module';
import { ExpertsModule } from './experts/experts.module';
import { PartnershipsModule } from './partnerships/partnerships.module';
import { ReportsModule } from './reports/reports.module';

/** From demand to deployment: requests, experts, assignments and their reports. */
@Module({
  imports: [
    PlatformModule.forService('staffing'),
    DatabaseModule.forService(staffingDataSource),
    MessagingModule.forService('staffing'),
    PartnershipsModule,
    ExpertRequestsModule,
    ExpertsModule,
    AssignmentsModule,
    ReportsModule,
  ],
})
export class StaffingModule {}
