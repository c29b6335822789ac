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
import { JournalVerifier } from '../ledger/journal-verification.service';
import { BudgetYearService } from './budget-year.service';
import { FundStatementReader } from './fund-statement.reader';

@Controller()
export class BudgetYearController {
  constructor(
    private readonly years: BudgetYearService,
    private readonly statements: FundStatementReader,
    private readonly journal: JournalVerifier,
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
  verify({ after, checkpointSeq, checkpointHash }: RequestOf<typeof verifyJournal>): Promise<JournalVerification> {
    const hasCheckpoint = checkpointSeq !== undefined && checkpointHash !== undefined;
    return this.journal.verify({
      ...(after !== undefined && { after }),
      ...(hasCheckpoint && { checkpoint: { seq: BigInt(checkpointSeq), hash: checkpointHash } }),
    });
  }
}
