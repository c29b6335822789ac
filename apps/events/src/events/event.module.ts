import { Module } from '@nestjs/common';
import { SeatModule } from '../seats/seat.module';
import { EventController } from './event.controller';
import { EventReader } from './event.reader';
import { EventService } from './event.service';

@Module({
  imports: [SeatModule],
  controllers: [EventController],
  providers: [EventService, EventReader],
  exports: [EventService],
})
export class EventModule {}
