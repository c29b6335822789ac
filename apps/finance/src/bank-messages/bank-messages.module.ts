import { Module } from '@nestjs/common';
import { Iso20022Module } from '../iso20022/iso20022.module';
import { MatchesModule } from '../matches/matches.module';
import { UploadsModule } from '../uploads/uploads.module';
import { BankMessageController } from './bank-message.controller';
import { BankMessageReader } from './bank-message.reader';
import { BankMessageService } from './bank-message.service';

@Module({
  imports: [Iso20022Module, MatchesModule, UploadsModule],
  controllers: [BankMessageController],
  providers: [BankMessageReader, BankMessageService],
})
export class BankMessagesModule {}
