import { Injectable } from '@nestjs/common';
import {
  AppError,
  type blockPayout,
  type cancelPayout,
  type listPayoutBlocks,
  type Page,
  type PayoutBlockView,
  type PayoutView,
  type releasePayout,
  type RequestOf,
} from '#contracts';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import type { Call } from '#platform';
import { Filters } from '../filters';
import { PayoutCancellation } from './payout-cancellation';
import { type Hold, PayoutHoldService } from './payout-hold.service';
import { PayoutPlanService } from './payout-plan.service';
import { Payout } from './payout.entity';
import { payoutView } from './payout.messages';

/** What a person may lift; the others wait for a confirmed account or a screening. */
const BY_HAND: readonly Hold[] = ['MANUAL', 'DUPLICATE_SUSPECTED'];

/** Stops payouts by hand, lets them go on, and cancels them. */
@Injectable()
export class PayoutControlService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly holds: PayoutHoldService,
    private readonly plans: PayoutPlanService,
    private readonly cancellation: PayoutCancellation,
  ) {}

  block({ payoutId, reason }: RequestOf<typeof blockPayout>, call: Call): Promise<PayoutView> {
    return this.onPayout(payoutId, call, async (tx, payout) => {
      const open = await this.holds.openHolds(tx, payout.id);
      if (open.some((hold) => hold.reason === 'MANUAL')) {
        throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId, reason: 'MANUAL' });
      }
      await this.holds.hold(tx, payout, 'MANUAL', { by: call.caller.subject, note: reason });
    });
  }

  release({ payoutId, reason }: RequestOf<typeof releasePayout>, call: Call): Promise<PayoutView> {
    const by = call.caller.subject;
    return this.onPayout(payoutId, call, async (tx, payout) => {
      if (payout.status !== 'BLOCKED') payout.lift(undefined);
      const open = (await this.holds.openHolds(tx, payout.id)).filter((hold) => BY_HAND.includes(hold.reason));
      if (open.length === 0) {
        throw new AppError('FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE', { payoutId, reason: payout.blocked });
      }
      if (open.some((hold) => hold.blockedBy === by)) throw new AppError('FINANCE_PAYOUT_FOUR_EYES', { payoutId });
      payout.releaseBy(by);
      await this.holds.lift(tx, payout, BY_HAND, { by, note: reason });
      if (payout.status === 'PLANNED') await this.plans.takeDue(tx, payout);
    });
  }

  cancel({ payoutId, reason }: RequestOf<typeof cancelPayout>, call: Call): Promise<PayoutView> {
    const actor = { by: call.caller.subject, correlationId: call.correlationId };
    return this.commands.run(call, async (tx) => {
      await this.cancellation.lockCommitmentOf(tx, payoutId);
      const payout = await tx.lockOrFail(Payout, payoutId, call.expectedVersion);
      await this.cancellation.cancel(tx, payout, reason, actor);
      return payoutView(payout);
    });
  }

  async listBlocks(request: RequestOf<typeof listPayoutBlocks>): Promise<Page<PayoutBlockView>> {
    const { payoutId, reason, limit, cursor } = request;
    await this.database.findOrFail(Payout, payoutId);
    const filters = new Filters().add('b.payout_id = ?', payoutId).add('b.reason = ANY (?)', reason);
    return this.database.page<BlockRow, PayoutBlockView>({
      select: `SELECT b.id, b.payout_id AS "payoutId", b.reason, b.note, b.blocked_by AS "blockedBy",
        b.blocked_at AS "blockedAt", b.released_by AS "releasedBy", b.released_at AS "releasedAt",
        b.release_note AS "releaseNote" FROM payout_block b`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'blockedAt', column: 'b.blocked_at', type: 'timestamptz', descending: true }],
      idColumn: 'b.id',
      limit,
      cursor,
      filterHash: { list: 'payout-blocks', payoutId, reason },
      items: (rows) =>
        rows.map((row) => ({
          ...row,
          blockedAt: row.blockedAt.toISOString(),
          releasedAt: row.releasedAt?.toISOString() ?? null,
        })),
    });
  }

  private onPayout(payoutId: string, call: Call, work: (tx: Tx, payout: Payout) => Promise<void>): Promise<PayoutView> {
    return this.commands.run(call, async (tx) => {
      const payout = await tx.lockOrFail(Payout, payoutId, call.expectedVersion);
      await work(tx, payout);
      return payoutView(payout);
    });
  }
}

type BlockRow = Omit<PayoutBlockView, 'blockedAt' | 'releasedAt'> & { blockedAt: Date; releasedAt: Date | null };
