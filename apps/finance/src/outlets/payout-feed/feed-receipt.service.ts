import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppError, fieldError, type ReplyOf, type RequestOf } from '#contracts';
import { confirmPayoutFeed, listPayoutFeedReceipts, type PayoutFeedReceipt, RECEIPTS_SHOWN } from '#contracts/finance';
import { Database } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, declareGauge, Handle } from '#platform';
import { feedMessages, PayoutFeedReader } from './payout-feed.reader';

const lagMessages = declareGauge({
  name: 'payout_feed_lag_messages',
  help: 'Payout messages that a consumer has not confirmed',
  where: 'finance',
  labels: { consumer: 'its name, as it confirms' },
});

interface ReceiptRow {
  readonly consumer: string;
  readonly owner: string | null;
  readonly position: bigint;
  readonly confirmedAt: Date;
  readonly lagMessages: number;
  readonly oldestAt: Date | null;
}

/** Delivered is not booked: consumers confirm here how far the messages stand in their own books. */
@Injectable()
export class FeedReceiptService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly feed: PayoutFeedReader,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Lets operators see who falls behind. */
  onApplicationBootstrap(): void {
    lagMessages.expose(async (gauge) => {
      const rows = await this.database.query<ReceiptRow>(RECEIPTS, [null]);
      for (const row of rows) gauge.set({ consumer: row.consumer }, row.lagMessages);
    });
  }

  @Handle(confirmPayoutFeed)
  confirm({ consumer, position }: RequestOf<typeof confirmPayoutFeed>, call: Call): Promise<PayoutFeedReceipt> {
    return this.commands.run(call, async (tx) => {
      const end = await this.feed.end(tx);
      if (BigInt(position) > end) throw new AppError('FINANCE_RECEIPT_BEYOND_FEED', { end: end.toString() });
      const { subject } = call.caller;
      const owner = ownerOf(call);
      const moved = await tx.execute(CONFIRM, [consumer, position, subject, this.clock.now(), owner]);
      const [row] = await tx.query<ReceiptRow>(RECEIPTS, [consumer]);
      if (owner !== null && (row?.owner ?? owner) !== owner)
        throw fieldError('FINANCE_RECEIPT_OF_ANOTHER', '#/consumer', 'is confirmed by another system');
      if (moved === 0 || !row) {
        throw new AppError('FINANCE_RECEIPT_BEHIND', { confirmed: row?.position.toString() ?? null });
      }
      return this.view(row);
    });
  }

  @Handle(listPayoutFeedReceipts)
  async list(_: RequestOf<typeof listPayoutFeedReceipts>, call: Call): Promise<ReplyOf<typeof listPayoutFeedReceipts>> {
    const owner = ownerOf(call);
    const [end, rows] = await Promise.all([this.feed.end(), this.database.query<ReceiptRow>(RECEIPTS, [null])]);
    const visible = owner === null ? rows : rows.filter((row) => row.owner === owner);
    return { end: end.toString(), items: visible.map((row) => this.view(row)) };
  }

  private view(row: ReceiptRow): PayoutFeedReceipt {
    const ageMs = row.oldestAt === null ? 0 : this.clock.now().getTime() - row.oldestAt.getTime();
    return {
      consumer: row.consumer,
      position: row.position.toString(),
      confirmedAt: row.confirmedAt.toISOString(),
      lagMessages: row.lagMessages,
      lagSeconds: Math.max(0, Math.round(ageMs / 1000)),
    };
  }
}

/** Whose receipts alone are within reach; null where all are. */
function ownerOf({ scope, caller }: Call): string | null {
  return scope === 'own' ? caller.subject : null;
}

// A name that persons confirmed under goes to the first machine that does, and stays with it whoever confirms there later.
const CONFIRM = `
  INSERT INTO payout_feed_receipt AS r (consumer, position, confirmed_by, confirmed_at, owner) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (consumer) DO UPDATE
  SET position = excluded.position, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at,
    owner = coalesce(r.owner, excluded.owner)
  WHERE r.position <= excluded.position AND ($5::text IS NULL OR coalesce(r.owner, $5) = $5)`;

const RECEIPTS = `
  SELECT r.consumer, r.owner, r.position, r.confirmed_at, lag.messages AS lag_messages, lag.oldest AS oldest_at
  FROM payout_feed_receipt r, LATERAL (
    SELECT count(*)::int AS messages, min(o.occurred_at) AS oldest ${feedMessages({ after: 'r.position' })}
  ) AS lag
  WHERE $1::text IS NULL OR r.consumer = $1 ORDER BY r.confirmed_at DESC, r.consumer LIMIT ${RECEIPTS_SHOWN}`;
