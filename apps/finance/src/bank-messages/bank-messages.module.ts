import { Module } from '@nestjs/common';
import { FileParsingModule } from '../file-parsing/file-parsing.module';
import { MatchesModule } from '../matches/matches.module';
import { UploadsModule } from '../uploads/uploads.module';
import { BankMessageController } from './bank-message.controller';
import { BankMessageReader } from './bank-message.reader';
import { BankMessageService } from './bank-message.service';

@Module({
  imports: [FileParsingModule, MatchesModule, UploadsModule],
  controllers: [BankMessageController],
  providers: [BankMessageReader, BankMessageService],
})
export class BankMessagesModule {}
