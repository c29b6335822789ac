import { Module } from '@nestjs/common';
import { MunicipalitiesModule } from '../municipalities/municipalities.module';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { PlacesModule } from '../places/places.module';
import { ReferenceModule } from '../reference/reference.module';
import { RegisterModule } from '../register/register.module';
import { ImportFactsReader } from './import-facts.reader';
import { ImportRun } from './import-run.service';
import { ImportReader } from './import.reader';
import { ImportService } from './import.service';

@Module({
  imports: [PlacesModule, RegisterModule, ReferenceModule, MunicipalitiesModule, PartnershipsModule],
  providers: [ImportService, ImportRun, ImportReader, ImportFactsReader],
})
export class ImportsModule {}
