import { Module } from '@nestjs/common';
import { ReportReader } from './report.reader';
import { ReportService } from './report.service';

@Module({ providers: [ReportReader, ReportService] })
export class ReportsModule {}
