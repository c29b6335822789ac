import { Module } from '@nestjs/common';
import { ReportPlanService } from './report-plan.service';
import { ReportReader } from './report.reader';
import { ReportService } from './report.service';

@Module({ providers: [ReportPlanService, ReportReader, ReportService], exports: [ReportPlanService] })
export class ReportsModule {}
