import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module';
import { SanctionsModule } from '../sanctions/sanctions.module';
import { AccountHandoverService } from './account-handover.service';
import { BankAccountChangeService } from './bank-account-change.service';
import { MunicipalityConsumer } from './municipality.consumer';
import { PayeeScreeningService } from './payee-screening.service';
import { PayeeReader } from './payee.reader';
import { PayeeService } from './payee.service';

@Module({
  imports: [PayoutsModule, SanctionsModule],
  providers: [
    AccountHandoverService,
    BankAccountChangeService,
    PayeeScreeningService,
    MunicipalityConsumer,
    PayeeReader,
    PayeeService,
  ],
  exports: [BankAccountChangeService, PayeeReader],
})
export class PayeesModule {}
