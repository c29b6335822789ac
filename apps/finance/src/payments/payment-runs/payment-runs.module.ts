import { Module } from '@nestjs/common';
import { Iso20022Module } from '../iso20022/iso20022.module';
import { LedgerModule } from '../../budget/ledger/ledger.module';
import { PayeesModule } from '../payees/payees.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { SanctionsModule } from '../sanctions/sanctions.module';
import { PayableControl } from './payable-control.service';
import { PayableService } from './payable.service';
import { PaymentRunExecutionService } from './payment-run-execution.service';
import { PaymentRunReinstatementService } from './payment-run-reinstatement.service';
import { PaymentRunSettlementService } from './payment-run-settlement.service';
import { PaymentRunReader } from './payment-run.reader';
import { PaymentRunService } from './payment-run.service';
import { TransferReader } from './transfer.reader';

@Module({
  imports: [SanctionsModule, Iso20022Module, LedgerModule, PayeesModule, PayoutsModule],
  providers: [
    PayableControl,
    PayableService,
    PaymentRunExecutionService,
    PaymentRunReinstatementService,
    PaymentRunReader,
    PaymentRunService,
    PaymentRunSettlementService,
    TransferReader,
  ],
  exports: [PaymentRunSettlementService],
})
export class PaymentRunsModule {}
