import { Module } from '@nestjs/common';
import { PayeesModule } from '../../payments/payees/payees.module';
import { PaymentRunsModule } from '../../payments/payment-runs/payment-runs.module';
import { BankEntriesModule } from '../bank-entries/bank-entries.module';
import { BankAnswerService } from './bank-answer.service';
import { PaymentAnswerReader } from './payment-answer.reader';
import { PaymentAnswerService } from './payment-answer.service';
import { PaymentAnswerSettlementService } from './payment-answer-settlement.service';

@Module({
  imports: [BankEntriesModule, PayeesModule, PaymentRunsModule],
  providers: [BankAnswerService, PaymentAnswerReader, PaymentAnswerService, PaymentAnswerSettlementService],
  exports: [BankAnswerService],
})
export class PaymentAnswersModule {}
