import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { ExportController } from './export.controller';
import { ExportService } from './export.service';

@Module({ imports: [FundsModule], controllers: [ExportController], providers: [ExportService] })
export class ExportsModule {}
