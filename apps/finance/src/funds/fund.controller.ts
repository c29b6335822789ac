import { Controller } from '@nestjs/common';
import {
  createFund,
  type FundBalancesView,
  type FundView,
  getFund,
  getFundBalances,
  type JournalEntryView,
  listFundJournal,
  listFunds,
  openBudgetYear,
  type Page,
  releaseBudget,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { FundService } from './fund.service';

@Controller()
export class FundController {
  constructor(private readonly funds: FundService) {}

  @Handle(createFund)
  create(request: RequestOf<typeof createFund>, call: Call): Promise<FundView> {
    return this.funds.create(request, call);
  }

  @Handle(openBudgetYear)
  openBudgetYear(request: RequestOf<typeof openBudgetYear>, call: Call): Promise<FundView> {
    return this.funds.openBudgetYear(request, call);
  }

  @Handle(releaseBudget)
  release(request: RequestOf<typeof releaseBudget>, call: Call): Promise<FundView> {
    return this.funds.release(request, call);
  }

  @Handle(getFund)
  get({ fundId }: RequestOf<typeof getFund>): Promise<FundView> {
    return this.funds.get(fundId);
  }

  @Handle(listFunds)
  list(request: RequestOf<typeof listFunds>): Promise<Page<FundView>> {
    return this.funds.list(request);
  }

  @Handle(getFundBalances)
  balances({ fundId, asOf }: RequestOf<typeof getFundBalances>): Promise<FundBalancesView> {
    return this.funds.balances(fundId, asOf);
  }

  @Handle(listFundJournal)
  journal(request: RequestOf<typeof listFundJournal>): Promise<Page<JournalEntryView>> {
    return this.funds.journal(request);
  }
}
