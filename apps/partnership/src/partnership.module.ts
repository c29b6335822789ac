import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { MessagingModule } from '#messaging';
import { PlatformModule } from '#platform';
import { RulesModule } from '#rules';
import { AssignmentsModule } from './assignments/assignments.module';
import { partnershipDataSource } from './data-source';
import { DocumentsModule } from './documents/documents.module';
import { EligibilityModule } from './eligibility/eligibility.module';
import { ImportsModule } from './imports/imports.module';
import { MunicipalitiesModule } from './municipalities/municipalities.module';
import { PartnershipsModule } from './partnerships/partnerships.module';
import { PlacesModule } from './places/places.module';
import { ProjectsModule } from './projects/projects.module';
import { ReferenceModule } from './reference/reference.module';
import { RegisterModule } from './register/register.module';
import { PublishingModule } from './publishing/publishing.module';
import { ResultsModule } from './results/results.module';
import { PARTNERSHIP_RULE_FILES } from './rule-files';
import { TimelineModule } from './timeline/timeline.module';

@Module({
  imports: [
    PlatformModule.forService('partnership'),
    DatabaseModule.forService(partnershipDataSource),
    MessagingModule.forService('partnership'),
    RulesModule.forService('partnership', PARTNERSHIP_RULE_FILES),
    ReferenceModule,
    RegisterModule,
    PlacesModule,
    MunicipalitiesModule,
    DocumentsModule,
    PartnershipsModule,
    EligibilityModule,
    ProjectsModule,
    AssignmentsModule,
    PublishingModule,
    TimelineModule,
    ResultsModule,
    ImportsModule,
  ],
})
export class PartnershipModule {}
