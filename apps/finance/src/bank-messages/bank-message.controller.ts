import { Controller } from '@nestjs/common';
import {
  type BankMessageSummary,
  type BankMessageView,
  getBankMessage,
  importBankMessage,
  listBankMessages,
  type Page,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { BankMessageReader } from './bank-message.reader';
import { BankMessageService } from './bank-message.service';

@Controller()
export class BankMessageController {
  constructor(
    private readonly messages: BankMessageService,
    private readonly reader: BankMessageReader,
  ) {}

  @Handle(importBankMessage)
  import(request: RequestOf<typeof importBankMessage>, call: Call): Promise<BankMessageView> {
    return this.messages.import(request, call);
  }

  @Handle(getBankMessage)
  get({ bankMessageId }: RequestOf<typeof getBankMessage>): Promise<BankMessageView> {
    return this.reader.get(bankMessageId);
  }

  @Handle(listBankMessages)
  list(request: RequestOf<typeof listBankMessages>): Promise<Page<BankMessageSummary>> {
    return this.reader.list(request);
  }
}
