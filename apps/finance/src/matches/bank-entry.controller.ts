import { Controller } from '@nestjs/common';
import {
  type BankEntryDetail,
  type BankEntryView,
  getBankEntry,
  getReconciliation,
  listBankEntries,
  matchBankEntry,
  type Page,
  type ReconciliationView,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { BankEntryReader } from './bank-entry.reader';
import { BankEntryService } from './bank-entry.service';
import { ReconciliationService } from './reconciliation.service';

@Controller()
export class BankEntryController {
  constructor(
    private readonly reader: BankEntryReader,
    private readonly entries: BankEntryService,
    private readonly reconciliation: ReconciliationService,
  ) {}

  @Handle(listBankEntries)
  list(request: RequestOf<typeof listBankEntries>): Promise<Page<BankEntryView>> {
    return this.reader.list(request);
  }

  @Handle(getBankEntry)
  get({ bankEntryId }: RequestOf<typeof getBankEntry>): Promise<BankEntryDetail> {
    return this.reader.get(bankEntryId);
  }

  @Handle(matchBankEntry)
  match(request: RequestOf<typeof matchBankEntry>, call: Call): Promise<BankEntryDetail> {
    return this.entries.match(request, call);
  }

  @Handle(getReconciliation)
  reconcile({ fundId }: RequestOf<typeof getReconciliation>): Promise<ReconciliationView> {
    return this.reconciliation.report(fundId);
  }
}
