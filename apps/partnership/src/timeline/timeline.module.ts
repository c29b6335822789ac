import { Module } from '@nestjs/common';
import { TimelineConsumer } from './timeline.consumer';
import { TimelineService } from './timeline.service';

@Module({ providers: [TimelineConsumer, TimelineService] })
export class TimelineModule {}
