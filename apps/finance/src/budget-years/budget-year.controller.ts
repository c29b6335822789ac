import { Controller } from '@nestjs/common';
import {
  closeBudgetYear,
  type FundPeriodStatement,
  type FundView,
  getFundPeriodStatement,
  type JournalVerification,
  type RequestOf,
  reverseRelease,
  verifyJournal,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { JournalChain } from '../ledger/journal-chain';
import { BudgetYearService } from './budget-year.service';
import { FundStatementReader } from './fund-statement.reader';

@Controller()
export class BudgetYearController {
  constructor(
    private readonly years: BudgetYearService,
    private readonly statements: FundStatementReader,
    private readonly chain: JournalChain,
  ) {}

  @Handle(closeBudgetYear)
  close(request: RequestOf<typeof closeBudgetYear>, call: Call): Promise<FundView> {
    return this.years.close(request, call);
  }

  @Handle(reverseRelease)
  reverse(request: RequestOf<typeof reverseRelease>, call: Call): Promise<FundView> {
    return this.years.reverseRelease(request, call);
  }

  @Handle(getFundPeriodStatement)
  statement({ fundId, period }: RequestOf<typeof getFundPeriodStatement>): Promise<FundPeriodStatement> {
    return this.statements.read(fundId, period);
  }

  @Handle(verifyJournal)
  verify({ checkpointSeq, checkpointHash }: RequestOf<typeof verifyJournal>): Promise<JournalVerification> {
    const hasCheckpoint = checkpointSeq !== undefined && checkpointHash !== undefined;
    return this.chain.verify(hasCheckpoint ? { seq: checkpointSeq, hash: checkpointHash } : undefined);
  }
}
