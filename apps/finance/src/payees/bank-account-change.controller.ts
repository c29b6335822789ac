import { Controller } from '@nestjs/common';
import {
  type BankAccountChangeView,
  confirmBankAccountChange,
  getBankAccountChange,
  listBankAccountChanges,
  type Page,
  proposeBankAccountChange,
  rejectBankAccountChange,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { BankAccountChangeService } from './bank-account-change.service';

@Controller()
export class BankAccountChangeController {
  constructor(private readonly changes: BankAccountChangeService) {}

  @Handle(proposeBankAccountChange)
  propose(request: RequestOf<typeof proposeBankAccountChange>, call: Call): Promise<BankAccountChangeView> {
    return this.changes.propose(request, call);
  }

  @Handle(confirmBankAccountChange)
  confirm(request: RequestOf<typeof confirmBankAccountChange>, call: Call): Promise<BankAccountChangeView> {
    return this.changes.confirm(request, call);
  }

  @Handle(rejectBankAccountChange)
  reject(request: RequestOf<typeof rejectBankAccountChange>, call: Call): Promise<BankAccountChangeView> {
    return this.changes.reject(request, call);
  }

  @Handle(getBankAccountChange)
  get(request: RequestOf<typeof getBankAccountChange>): Promise<BankAccountChangeView> {
    return this.changes.get(request);
  }

  @Handle(listBankAccountChanges)
  list(request: RequestOf<typeof listBankAccountChanges>): Promise<Page<BankAccountChangeView>> {
    return this.changes.list(request);
  }
}
