import { Module } from '@nestjs/common';
import { SeatModule } from '../seats/seat.module';
import { EventReader } from './event.reader';
import { EventService } from './event.service';

@Module({
  imports: [SeatModule],
  providers: [EventService, EventReader],
  exports: [EventService],
})
export class EventModule {}
