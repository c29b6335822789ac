import { Module } from '@nestjs/common';
import { FundsModule } from '../funds/funds.module';
import { LedgerModule } from '../ledger/ledger.module';
import { PayeesModule } from '../payees/payees.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { Pain001Schema } from './pain001-schema';
import { PayableService } from './payable.service';
import { PaymentRunController } from './payment-run.controller';
import { PaymentRunReader } from './payment-run.reader';
import { PaymentRunService } from './payment-run.service';

@Module({
  imports: [FundsModule, LedgerModule, PayeesModule, PayoutsModule],
  controllers: [PaymentRunController],
  providers: [Pain001Schema, PayableService, PaymentRunReader, PaymentRunService],
})
export class PaymentRunsModule {}
