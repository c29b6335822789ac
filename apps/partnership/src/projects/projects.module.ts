import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { FundingService } from './funding.service';
import { GateService } from './gate.service';
import { LeverageReader } from './leverage.reader';
import { ProjectOwnerService } from './project-owner.service';
import { ProjectReader } from './project.reader';
import { ProjectService } from './project.service';
import { ScorecardService } from './scorecard.service';

@Module({
  imports: [PartnershipsModule, AssignmentsModule],
  providers: [
    ProjectService,
    ProjectOwnerService,
    ProjectReader,
    GateService,
    FundingService,
    ScorecardService,
    LeverageReader,
  ],
  exports: [ProjectOwnerService],
})
export class ProjectsModule {}
