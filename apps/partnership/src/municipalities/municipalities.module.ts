import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { ProjectsModule } from '../projects/projects.module';
import { MunicipalityChangeService } from './municipality-change.service';
import { MunicipalityContactService } from './municipality-contact.service';
import { MunicipalityReader } from './municipality.reader';
import { MunicipalityService } from './municipality.service';
import { SuccessionService } from './succession.service';

@Module({
  imports: [PartnershipsModule, ProjectsModule],
  providers: [
    MunicipalityService,
    MunicipalityReader,
    MunicipalityChangeService,
    MunicipalityContactService,
    SuccessionService,
  ],
  exports: [MunicipalityService, MunicipalityReader],
})
export class MunicipalitiesModule {}
