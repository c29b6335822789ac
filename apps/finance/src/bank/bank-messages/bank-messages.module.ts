import { Module } from '@nestjs/common';
import { FileParsingModule } from '../../files/file-parsing/file-parsing.module';
import { BankEntriesModule } from '../bank-entries/bank-entries.module';
import { UploadsModule } from '../../files/uploads/uploads.module';
import { PaymentAnswersModule } from '../payment-answers/payment-answers.module';
import { BankMessageReader } from './bank-message.reader';
import { BankMessageService } from './bank-message.service';

@Module({
  imports: [FileParsingModule, BankEntriesModule, PaymentAnswersModule, UploadsModule],
  providers: [BankMessageReader, BankMessageService],
})
export class BankMessagesModule {}
