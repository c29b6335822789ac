import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { Pain001Schema } from './pain001-schema';
import { PaymentRunController } from './payment-run.controller';
import { PaymentRunService } from './payment-run.service';

@Module({ imports: [LedgerModule], controllers: [PaymentRunController], providers: [Pain001Schema, PaymentRunService] })
export class PaymentRunsModule {}
