import { Module } from '@nestjs/common';
import { SeatService } from './seat.service';

@Module({ providers: [SeatService], exports: [SeatService] })
export class SeatModule {}
