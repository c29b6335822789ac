import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { MunicipalityChangeService } from './municipality-change.service';
import { MunicipalityService } from './municipality.service';
import { SuccessionService } from './succession.service';

@Module({
  imports: [PartnershipsModule],
  providers: [MunicipalityService, MunicipalityChangeService, SuccessionService],
})
export class MunicipalitiesModule {}
