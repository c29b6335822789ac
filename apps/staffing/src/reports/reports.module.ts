import { Module } from '@nestjs/common';
import { ReportController } from './report.controller';
import { ReportReader } from './report.reader';
import { ReportService } from './report.service';

@Module({ controllers: [ReportController], providers: [ReportReader, ReportService] })
export class ReportsModule {}
