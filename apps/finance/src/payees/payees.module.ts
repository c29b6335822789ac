import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module';
import { MunicipalityConsumer } from './municipality.consumer';
import { PayeeController } from './payee.controller';
import { PayeeService } from './payee.service';

@Module({
  imports: [PayoutsModule],
  controllers: [PayeeController],
  providers: [MunicipalityConsumer, PayeeService],
  exports: [PayeeService],
})
export class PayeesModule {}
