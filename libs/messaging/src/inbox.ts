import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { AppError, type IncomingMessage, type ServiceName } from '#contracts';
import { type Database, isConnectionLost, type Tx } from '#database';
import { newId } from '#platform';
import type { MessagingConfig } from './config';
import type { HandlerTable } from './consume';
import { failpoint } from './failpoint';
import { type Attributes } from './message-headers';
import { TransactionRecord } from './transaction-record';

/** A message as it came off a stream or out of the dead letters. */
export interface Delivery {
  /** Unique per stored copy: stream, sequence and time. */
  readonly delivery: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

export type DeathReason = 'malformed' | 'invalid' | 'altered' | 'failing';
export type Outcome = 'handled' | 'duplicate' | 'altered';

/** Who runs a dead letter again, and what he does in the same transaction. */
export interface Replay {
  readonly actor: string;
  readonly before: (tx: Tx) => Promise<void>;
}

/** The message cannot be understood; trying again would not help. */
export class UnreadableError extends Error {
  constructor(
    readonly reason: 'malformed' | 'invalid',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Lets each message take effect once, whatever the broker repeats: its id, the effect and what follows from it commit together. */
export class Inbox {
  private readonly logger = new Logger(Inbox.name);

  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
    private readonly handlers: HandlerTable,
    private readonly config: MessagingConfig,
  ) {}

  /** Validates the body by the message's declaration; throws UnreadableError. */
  read(attributes: Attributes, payload: Uint8Array): IncomingMessage {
    const entry = this.handlers.get(attributes.type);
    if (!entry) throw new UnreadableError('invalid', `nobody here consumes ${attributes.type}`);
    const parsed = entry.declaration.data.safeParse(parseJson(payload));
    if (!parsed.success) throw new UnreadableError('invalid', parsed.error.message, { cause: parsed.error });
    const { id, type, aggregateId, aggregateVersion, occurredAt, correlationId } = attributes;
    return { id, subject: type, aggregateId, aggregateVersion, occurredAt, correlationId, data: parsed.data };
  }

  /** Inbox row, effect and own messages in one transaction; an operator's replay brings its own part of it. */
  async take(attributes: Attributes, payload: Uint8Array, replay?: Replay): Promise<Outcome> {
    const message = this.read(attributes, payload);
    const hash = payloadHash(payload);
    return this.database.transaction(async (tx) => {
      await replay?.before(tx);
      if (this.config.isInboxOn && !(await enter(tx, message, hash))) return sameOrAltered(tx, message.id, hash);
      TransactionRecord.of(tx).because({
        actor: replay?.actor ?? `message:${message.subject}`,
        operation: replay ? 'dead-letter.replay' : `consume:${this.service}`,
        correlationId: message.correlationId,
        causationId: message.id,
        ...(attributes.traceparent !== undefined && { traceparent: attributes.traceparent }),
      });
      for (const handle of this.handlers.get(message.subject)?.handlers ?? []) await handle(message, tx);
      failpoint('consumer.before_commit');
      return 'handled';
    });
  }

  /** Counts a try in our own table, so that a message that kills the process cannot do so for ever. */
  async countAttempt(messageId: string, error: string | null): Promise<number> {
    const [row] = await this.database.query<{ attempts: number }>(
      `INSERT INTO inbox_attempt (message_id, attempts, error) VALUES ($1, 1, $2)
       ON CONFLICT (message_id) DO UPDATE SET attempts = inbox_attempt.attempts + 1, last_at = now(),
         error = coalesce(excluded.error, inbox_attempt.error)
       RETURNING attempts`,
      [messageId, error],
    );
    return row?.attempts ?? 1;
  }

  async forgetAttempts(messageId: string): Promise<void> {
    await this.database.query('DELETE FROM inbox_attempt WHERE message_id = $1', [messageId]);
  }

  /** Sets a message aside with its error; a copy of one that already lies there adds nothing. */
  async bury(
    delivery: Delivery,
    death: { reason: DeathReason; error: string; attempts: number; messageId?: string },
  ): Promise<void> {
    this.logger.error(
      { messageId: death.messageId, subject: delivery.subject, reason: death.reason, error: death.error },
      'message set aside as a dead letter',
    );
    await this.database.query(
      `INSERT INTO dead_letter (id, delivery, message_id, subject, headers, payload, payload_hash, reason, error, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [
        newId(),
        delivery.delivery,
        death.messageId ?? null,
        delivery.subject,
        JSON.stringify(delivery.headers).replaceAll('\\u0000', '\\ufffd'),
        Buffer.from(delivery.payload),
        payloadHash(delivery.payload),
        death.reason,
        death.error.slice(0, 4000).replaceAll('\u0000', '\ufffd'),
        death.attempts,
      ],
    );
    if (death.messageId) await this.forgetAttempts(death.messageId);
  }
}

/** True when this id is seen for the first time. */
async function enter(tx: Tx, message: IncomingMessage, hash: Buffer): Promise<boolean> {
  const rows = await tx.statement<object>(
    'messaging_enter',
    `INSERT INTO inbox_message (message_id, subject, payload_hash) VALUES ($1, $2, $3)
     ON CONFLICT (message_id) DO NOTHING RETURNING message_id`,
    [message.id, message.subject, hash],
  );
  return rows.length === 1;
}

async function sameOrAltered(tx: Tx, messageId: string, hash: Buffer): Promise<Outcome> {
  const [row] = await tx.query<{ payloadHash: Buffer }>(
    'SELECT payload_hash AS "payloadHash" FROM inbox_message WHERE message_id = $1',
    [messageId],
  );
  return row?.payloadHash.equals(hash) ? 'duplicate' : 'altered';
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    throw new UnreadableError('malformed', 'the body is not JSON in UTF-8', { cause: error });
  }
}

export function payloadHash(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest();
}

/** The database is away: says nothing about the message, so it waits without counting. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AppError)
    return error.code === 'PLATFORM_SERVICE_UNAVAILABLE' || error.code === 'PLATFORM_DEADLINE_EXCEEDED';
  return isConnectionLost(error);
}
