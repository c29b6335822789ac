import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module';
import { SanctionsModule } from '../sanctions/sanctions.module';
import { AccountTakeover } from './account-takeover';
import { BankAccountChangeController } from './bank-account-change.controller';
import { BankAccountChangeService } from './bank-account-change.service';
import { MunicipalityConsumer } from './municipality.consumer';
import { PayeeScreeningController } from './payee-screening.controller';
import { PayeeScreeningService } from './payee-screening.service';
import { PayeeController } from './payee.controller';
import { PayeeService } from './payee.service';

@Module({
  imports: [PayoutsModule, SanctionsModule],
  controllers: [BankAccountChangeController, PayeeController, PayeeScreeningController],
  providers: [AccountTakeover, BankAccountChangeService, PayeeScreeningService, MunicipalityConsumer, PayeeService],
  exports: [PayeeService],
})
export class PayeesModule {}
