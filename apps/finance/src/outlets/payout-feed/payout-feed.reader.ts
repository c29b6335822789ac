import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#database';

/** A payout message as the outbox holds it: `data` is the very text that goes over NATS. */
export interface FeedMessage {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly data: string;
  readonly signature: string | null;
}

/** Part of the feed: after one position, up to another, of some subjects. */
interface Stretch {
  readonly after: bigint;
  readonly through?: bigint;
  readonly subjects?: readonly string[];
  /** Without those that the stream will never take. */
  readonly isSendable?: true;
}

type Source = Pick<Database | Tx, 'query'>;

/**
 * The payout messages by the gapless position that the relay gives in the order of visibility: whoever goes on from the last
 * position misses nothing. Feed, receipts, replays and webhooks all read here.
 */
@Injectable()
export class PayoutFeedReader {
  constructor(private readonly database: Database) {}

  /** The position of the newest payout message; 0 when there is none. */
  async end(source: Source = this.database): Promise<bigint> {
    const sql = `SELECT coalesce(max(o.position), 0)::bigint AS "end" ${feedMessages({ after: '0' })}`;
    const [row] = await source.query<{ end: bigint }>(sql);
    return row?.end ?? 0n;
  }

  /** In their order. */
  messages(stretch: Stretch, limit: number): Promise<FeedMessage[]> {
    const { name, sql, parameters } = within(stretch);
    return this.database.statement<FeedMessage>(
      `payout_feed${name}`,
      `SELECT o.position, o.id, o.subject AS type, o.aggregate_id AS subject, o.occurred_at AS time,
         o.aggregate_version AS sequence, o.data, o.signature
       ${sql} ORDER BY o.position LIMIT $${parameters.push(limit)}`,
      parameters,
    );
  }

  async count(source: Source, stretch: Stretch): Promise<number> {
    const { sql, parameters } = within(stretch);
    const [row] = await source.query<{ messages: number }>(`SELECT count(*)::int AS messages ${sql}`, parameters);
    return row?.messages ?? 0;
  }
}

/**
 * SQL from FROM on: the messages `o` of the feed after a position, in a list of consumers or webhooks that each have their own.
 * Every part is SQL itself; a `through` that is null has no end, and the subject `evt.finance.payout.*` stands for all.
 */
export function feedMessages({ after, through, subjects, isSendable }: SqlStretch): string {
  const conditions = [`o.position > ${after}`, `o.subject LIKE 'evt.finance.payout.%'`];
  if (through) conditions.push(`(${through} IS NULL OR o.position <= ${through})`);
  if (subjects) conditions.push(`('evt.finance.payout.*' = ANY (${subjects}) OR o.subject = ANY (${subjects}))`);
  if (isSendable) conditions.push('o.failed_at IS NULL');
  return `FROM outbox_message o WHERE ${conditions.join(' AND ')}`;
}

interface SqlStretch extends Pick<Stretch, 'isSendable'> {
  readonly after: string;
  readonly through?: string;
  readonly subjects?: string;
}

/** The name says which parts are given. */
function within({ after, through, subjects, ...rest }: Stretch): { name: string; sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [after];
  let name = '';
  const given = (part: 'through' | 'subjects', value: unknown, type: string) => {
    name += `_${part}`;
    return { [part]: `$${parameters.push(value)}::${type}` };
  };
  const sql = feedMessages({
    after: '$1::bigint',
    ...(through !== undefined && given('through', through, 'bigint')),
    ...(subjects && given('subjects', subjects, 'text[]')),
    ...rest,
  });
  return { name, sql, parameters };
}
