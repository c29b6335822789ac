import { Module } from '@nestjs/common';
import { ExpertReader } from './expert.reader';
import { ExpertService } from './expert.service';

@Module({ providers: [ExpertService, ExpertReader] })
export class ExpertsModule {}
