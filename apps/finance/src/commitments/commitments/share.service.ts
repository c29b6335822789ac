import { Injectable } from '@nestjs/common';
import { AppError, type Period, type RequestOf } from '#contracts';
import { estimateShareChange, type FullTimePart, type ShareChangeEstimate } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Handle } from '#platform';
import { lockAssignmentOf } from './commitment.act';
import { Commitment } from './commitment.entity';
import { placeShare } from './full-time-part';
import { ReplanningService } from './replanning.service';
import { lockTakenParts, type ShareChange, shareChangesOf, takenParts } from './share.rows';

/** What another share of full time makes of a commitment (docs/domain.md#share-of-full-time). */
@Injectable()
export class ShareService {
  constructor(
    private readonly database: Database,
    private readonly replanning: ReplanningService,
  ) {}

  /** Undefined for a day outside the period and for the share that holds already. */
  async changeOf(
    tx: Tx,
    commitment: Commitment,
    { from, fullTimePercent }: { from: string; fullTimePercent: number },
  ): Promise<ShareChange | undefined> {
    if (from < commitment.periodFrom || from >= commitment.periodTo) return undefined;
    const present = await this.partOn(tx, commitment, from);
    const last = await this.partOn(tx, commitment, commitment.periodTo);
    if ([present, last].every((it) => it.to - it.from === fullTimePercent)) return undefined;
    const taken = await lockTakenParts(tx, commitment, { from, to: commitment.periodTo });
    return { from, fullTime: placeShare(fullTimePercent, taken, present) };
  }

  /** The share stays; where another one lies in its place during the time that is added, it moves. */
  async placeOfExtension(
    tx: Tx,
    commitment: Commitment,
    to: string,
  ): Promise<{ shareChange: ShareChange } | undefined> {
    const { periodTo: from } = commitment;
    const present = await this.partOn(tx, commitment, from);
    const fullTime = placeShare(present.to - present.from, await lockTakenParts(tx, commitment, { from, to }), present);
    return fullTime.from === present.from ? undefined : { shareChange: { from, fullTime } };
  }

  /** Where the share of a commitment would lie in another period; nothing is kept free for it. */
  async placeIn(tx: Tx, commitment: Commitment, period: Period): Promise<FullTimePart> {
    const { fullTimeFrom, fullTimeTo } = commitment;
    return placeShare(fullTimeTo - fullTimeFrom, await takenParts(tx, commitment, period));
  }

  @Handle(estimateShareChange)
  estimate({ commitmentId, ...asked }: RequestOf<typeof estimateShareChange>): Promise<ShareChangeEstimate> {
    return this.database.transaction(async (tx) => {
      await lockAssignmentOf(tx, commitmentId);
      const commitment = await tx.lockOrFail(Commitment, commitmentId);
      commitment.assertIsCommitted();
      const shareChange = await this.changeOf(tx, commitment, asked);
      const plan = shareChange && (await this.replanning.planOf(tx, commitment, { shareChange }));
      if (!plan) throw new AppError('FINANCE_SHARE_CHANGE_NOT_APPLICABLE', asked);
      const { from, fullTime } = shareChange;
      return { from, fullTime, ...(await this.replanning.compare(tx, commitment, plan)) };
    });
  }

  private async partOn(tx: Tx, commitment: Commitment, day: string): Promise<FullTimePart> {
    const changes = (await shareChangesOf(tx, commitment.id)).filter((it) => it.from <= day);
    return changes.at(-1)?.fullTime ?? { from: commitment.fullTimeFrom, to: commitment.fullTimeTo };
  }
}
