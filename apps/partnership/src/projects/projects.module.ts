import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { FundingService } from './funding.service';
import { GateService } from './gate.service';
import { ProjectReader } from './project.reader';
import { ProjectService } from './project.service';
import { ScorecardService } from './scorecard.service';

@Module({
  imports: [PartnershipsModule],
  providers: [ProjectService, ProjectReader, GateService, FundingService, ScorecardService],
})
export class ProjectsModule {}
