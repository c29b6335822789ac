import { Module } from '@nestjs/common';
import { PlaceReader } from './place.reader';
import { PlaceService } from './place.service';

@Module({ providers: [PlaceService, PlaceReader], exports: [PlaceReader] })
export class PlacesModule {}
