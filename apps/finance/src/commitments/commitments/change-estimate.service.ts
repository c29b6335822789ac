import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { type ChangeEstimate, estimateChange } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Handle } from '#platform';
import { readInstrumentRules } from '../instrument-rules/instrument-rules.reader';
import { type AssignmentChange, readChanges } from './assignment-facts.rows';
import { lockAssignmentOf } from './commitment.act';
import { Commitment } from './commitment.entity';
import { pausedFrom } from './plan-changes';
import { type NextTerms, ReplanningService } from './replanning.service';
import { ShareService } from './share.service';
import { termsChangeOf } from './terms.rows';

type Asked = Omit<RequestOf<typeof estimateChange>, 'commitmentId'>;

/** What an extension, other terms, an early end or an interruption makes of a commitment, before anybody decides on it. */
@Injectable()
export class ChangeEstimateService {
  constructor(
    private readonly database: Database,
    private readonly replanning: ReplanningService,
    private readonly shares: ShareService,
  ) {}

  @Handle(estimateChange)
  estimate({ commitmentId, ...asked }: RequestOf<typeof estimateChange>): Promise<ChangeEstimate> {
    return this.database.transaction(async (tx) => {
      await lockAssignmentOf(tx, commitmentId);
      const commitment = await tx.lockOrFail(Commitment, commitmentId);
      commitment.assertIsCommitted();
      const terms = await this.termsOf(tx, commitment, asked);
      const plan = terms && (await this.replanning.planOf(tx, commitment, terms));
      if (!plan) {
        const { periodFrom, periodTo } = commitment;
        throw new AppError('FINANCE_CHANGE_NOT_APPLICABLE', { periodFrom, periodTo });
      }
      const comparison = await this.replanning.compare(
        tx,
        commitment,
        plan,
        asked.extendedTo === undefined ? undefined : 'EXTENSION',
      );
      return { ...comparison, pausedFrom: await pauseOf(tx, commitment, asked) };
    });
  }

  /** Undefined for a day on which the change cannot be. */
  private async termsOf(
    tx: Tx,
    commitment: Commitment,
    { extendedTo, changed, endedOn, interrupted, attributableToExpert }: Asked,
  ): Promise<NextTerms | undefined> {
    const { periodFrom, periodTo } = commitment;
    if (extendedTo !== undefined) {
      if (extendedTo <= periodTo) return undefined;
      return { periodTo: extendedTo, ...(await this.shares.placeOfExtension(tx, commitment, extendedTo)) };
    }
    if (changed) return termsChangeOf(tx, commitment, changed);
    const isInPeriod = (day: string) => day >= periodFrom && day <= periodTo;
    if (endedOn !== undefined)
      return isInPeriod(endedOn) ? { supposed: [change('ENDED_EARLY', endedOn, attributableToExpert)] } : undefined;
    if (!interrupted || !isInPeriod(interrupted.from) || !isInPeriod(interrupted.to)) return undefined;
    return { supposed: interruption(interrupted, attributableToExpert) };
  }
}

async function pauseOf(
  tx: Tx,
  { assignmentId, costInputs }: Commitment,
  { interrupted, attributableToExpert }: Asked,
): Promise<string | null> {
  if (!interrupted) return null;
  const [begun] = interruption(interrupted, attributableToExpert);
  const changes = await readChanges(tx, assignmentId);
  const day = pausedFrom(costInputs, begun ? [...changes, begun] : changes, await readInstrumentRules(tx));
  return day !== null && day < interrupted.to ? day : null;
}

function interruption({ from, to }: { from: string; to: string }, isAttributable: boolean): AssignmentChange[] {
  return [change('INTERRUPTED', from, isAttributable), change('RESUMED', to, false)];
}

/** Later than everything that has happened. */
function change(kind: AssignmentChange['kind'], changedOn: string, isAttributable: boolean): AssignmentChange {
  return { version: Number.MAX_SAFE_INTEGER, kind, changedOn, isAttributable };
}
