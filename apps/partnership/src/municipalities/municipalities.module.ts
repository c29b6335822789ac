import { Module } from '@nestjs/common';
import { MunicipalityService } from './municipality.service';

@Module({ providers: [MunicipalityService] })
export class MunicipalitiesModule {}
