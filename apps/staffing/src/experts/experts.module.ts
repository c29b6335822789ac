import { Module } from '@nestjs/common';
import { ExpertService } from './expert.service';

@Module({ providers: [ExpertService] })
export class ExpertsModule {}
