import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module';
import { TimelineConsumer } from './timeline.consumer';
import { TimelineService } from './timeline.service';

@Module({ imports: [PartnershipsModule], providers: [TimelineConsumer, TimelineService] })
export class TimelineModule {}
