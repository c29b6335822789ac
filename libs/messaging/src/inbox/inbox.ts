import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { DeadLetterView, IncomingMessage, ServiceName } from '#contracts';
import type { Database, Tx } from '#database';
import { newId } from '#platform';
import type { MessagingConfig } from '../config';
import type { HandlerTable } from './consume';
import { failpoint } from '../failpoint';
import { type Attributes } from '../relay/message-headers';
import { type Cause, TransactionOutput } from '../commands/transaction-output';

/** A message as it came off a stream or out of the dead letters. */
export interface Delivery {
  /** Unique per stored copy: stream, sequence and time. */
  readonly delivery: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

export type DeathReason = DeadLetterView['reason'];
export type Outcome = 'handled' | 'duplicate' | 'altered';

/** A message, and on whose behalf it takes effect. */
export interface Taking {
  readonly attributes: Attributes;
  readonly payload: Uint8Array;
  readonly by: Pick<Cause, 'actor' | 'operation'>;
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

  /** Inbox row, effect and own messages in one transaction. */
  async take(attributes: Attributes, payload: Uint8Array): Promise<Outcome> {
    const by = { actor: `message:${attributes.type}`, operation: `consume:${this.service}` };
    return this.database.transaction(async (tx) => {
      const outcome = await this.takeIn(tx, { attributes, payload, by });
      if (outcome === 'handled') failpoint('consumer.before_commit');
      return outcome;
    });
  }

  /** The same as a part of somebody's transaction; what it leaves behind is theirs, with the correlation of the message. */
  async takeIn(tx: Tx, { attributes, payload, by }: Taking): Promise<Outcome> {
    const message = this.read(attributes, payload);
    const hash = payloadHash(payload);
    TransactionOutput.of(tx).because({
      ...by,
      correlationId: message.correlationId,
      causationId: message.id,
      ...(attributes.traceparent !== undefined && { traceparent: attributes.traceparent }),
    });
    if (this.config.isInboxOn && !(await enter(tx, message, hash))) return sameOrAltered(tx, message.id, hash);
    await this.react([message], tx);
    return 'handled';
  }

  /** Whether messages of this subject may be taken many at a time. */
  isProjected(subject: string): boolean {
    const reaction = this.handlers.get(subject);
    return reaction !== undefined && reaction.projections.length > 0 && reaction.handlers.length === 0;
  }

  /**
   * Takes many messages of projections in one transaction. All or none: when one of them is unreadable, altered or fails, it
   * throws, and each is taken on its own.
   */
  async takeAll(arrived: readonly { attributes: Attributes; payload: Uint8Array }[]): Promise<Outcome[]> {
    const messages = arrived.map(({ attributes, payload }) => this.read(attributes, payload));
    const hashes = arrived.map(({ payload }) => payloadHash(payload));
    return this.database.transaction(async (tx) => {
      // Not waiting for the disk: were these rows lost in a crash, inbox rows and copies would be lost together, and the publisher,
      // which asks for receipts seconds later, would send the messages again.
      await tx.query('SET LOCAL synchronous_commit = off');
      const fresh = this.config.isInboxOn
        ? await enterAll(tx, messages, hashes)
        : new Set(messages.map(({ id }) => id));
      const output = TransactionOutput.of(tx);
      await this.react(latestOfEach(messages.filter(({ id }) => fresh.has(id))), tx);
      assert(output.isWithoutMessages, 'a projection published a message');
      failpoint('consumer.before_commit');
      return messages.map(({ id }) => (fresh.has(id) ? 'handled' : 'duplicate'));
    });
  }

  private async react(messages: readonly IncomingMessage[], tx: Tx): Promise<void> {
    for (const [subject, ofSubject] of Map.groupBy(messages, (message) => message.subject)) {
      const reaction = this.handlers.get(subject);
      for (const project of reaction?.projections ?? []) await project(ofSubject, tx);
      for (const handle of reaction?.handlers ?? []) for (const message of ofSubject) await handle(message, tx);
    }
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

/** The ids that are seen for the first time; throws when a known id comes with another body. */
async function enterAll(tx: Tx, messages: readonly IncomingMessage[], hashes: readonly Buffer[]): Promise<Set<string>> {
  const values = [messages.map(({ id }) => id), messages.map(({ subject }) => subject), hashes];
  const entered = await tx.statement<{ id: string }>(
    'messaging_enter_all',
    `INSERT INTO inbox_message (message_id, subject, payload_hash)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ON CONFLICT (message_id) DO NOTHING RETURNING message_id AS id`,
    values,
  );
  const fresh = new Set(entered.map(({ id }) => id));
  if (fresh.size === messages.length) return fresh;
  const [altered] = await tx.query<{ id: string }>(
    `SELECT i.message_id AS id FROM inbox_message i JOIN unnest($1::uuid[], $2::bytea[]) AS came (id, hash) ON came.id = i.message_id
     WHERE i.payload_hash <> came.hash LIMIT 1`,
    [values[0], hashes],
  );
  if (altered) throw new Error(`message ${altered.id} came with another body`);
  return fresh;
}

/** Of several states of one aggregate only the latest is worth writing. */
function latestOfEach(messages: readonly IncomingMessage[]): IncomingMessage[] {
  const latest = new Map<string, IncomingMessage>();
  for (const message of messages) {
    const key = `${message.subject} ${message.aggregateId}`;
    const known = latest.get(key);
    if (!known || known.aggregateVersion < message.aggregateVersion) latest.set(key, message);
  }
  return [...latest.values()];
}

async function sameOrAltered(tx: Tx, messageId: string, hash: Buffer): Promise<Outcome> {
  const [row] = await tx.query<{ payloadHash: Buffer }>(
    'SELECT payload_hash FROM inbox_message WHERE message_id = $1',
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
