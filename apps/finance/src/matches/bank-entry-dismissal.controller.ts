import { Controller } from '@nestjs/common';
import {
  type BankEntryDismissalView,
  confirmBankEntryDismissal,
  getBankEntryDismissal,
  listBankEntryDismissals,
  type Page,
  proposeBankEntryDismissal,
  rejectBankEntryDismissal,
  type RequestOf,
  revokeBankEntryDismissal,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { BankEntryDismissalService } from './bank-entry-dismissal.service';

@Controller()
export class BankEntryDismissalController {
  constructor(private readonly dismissals: BankEntryDismissalService) {}

  @Handle(proposeBankEntryDismissal)
  propose(request: RequestOf<typeof proposeBankEntryDismissal>, call: Call): Promise<BankEntryDismissalView> {
    return this.dismissals.propose(request, call);
  }

  @Handle(confirmBankEntryDismissal)
  confirm(request: RequestOf<typeof confirmBankEntryDismissal>, call: Call): Promise<BankEntryDismissalView> {
    return this.dismissals.confirm(request, call);
  }

  @Handle(rejectBankEntryDismissal)
  reject(request: RequestOf<typeof rejectBankEntryDismissal>, call: Call): Promise<BankEntryDismissalView> {
    return this.dismissals.reject(request, call);
  }

  @Handle(revokeBankEntryDismissal)
  revoke(request: RequestOf<typeof revokeBankEntryDismissal>, call: Call): Promise<BankEntryDismissalView> {
    return this.dismissals.revoke(request, call);
  }

  @Handle(getBankEntryDismissal)
  get({ dismissalId }: RequestOf<typeof getBankEntryDismissal>): Promise<BankEntryDismissalView> {
    return this.dismissals.get(dismissalId);
  }

  @Handle(listBankEntryDismissals)
  list(request: RequestOf<typeof listBankEntryDismissals>): Promise<Page<BankEntryDismissalView>> {
    return this.dismissals.list(request);
  }
}
