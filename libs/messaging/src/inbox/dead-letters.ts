import { Injectable } from '@nestjs/common';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { AppError, boundedText, DEAD_LETTERS_MAX, type DeadLetterView, SERVICES } from '#contracts';
import { Database, type Tx } from '#database';
import type { DeathReason, Inbox, Outcome, Taking } from './inbox';
import { asSigned, readAttributes } from '../relay/message-headers';
import type { MessageVerifier } from '../signing/message-verifier';
import { TransactionOutput } from '../commands/transaction-output';

export interface DeadLetter {
  readonly id: string;
  readonly messageId: string | null;
  readonly subject: string;
  readonly reason: DeathReason;
  readonly error: string;
  readonly attempts: number;
  readonly diedAt: Date;
}

interface Enveloped extends DeadLetter {
  readonly headers: Record<string, string>;
}

interface StoredLetter extends Enveloped {
  readonly payload: Buffer;
  readonly resolvedAt: Date | null;
}

/** The messages this service could not process, each with its error and payload, until somebody deals with them. */
@Injectable()
export class DeadLetters {
  private inbox: Inbox | undefined;
  private verifier: MessageVerifier | undefined;

  constructor(private readonly database: Database) {}

  /** @internal Messaging hands over the inbox once the reactions are known. */
  attach(inbox: Inbox, verifier: MessageVerifier): void {
    this.inbox = inbox;
    this.verifier = verifier;
  }

  open(limit = 100): Promise<DeadLetter[]> {
    return this.database.query<DeadLetter>(
      `SELECT ${COLUMNS} FROM dead_letter WHERE resolved_at IS NULL ORDER BY died_at LIMIT $1`,
      [limit],
    );
  }

  /** The same for people: the envelope, without what the message says. */
  async views(): Promise<DeadLetterView[]> {
    const letters = await this.database.query<Enveloped>(
      `SELECT ${COLUMNS}, headers FROM dead_letter WHERE resolved_at IS NULL ORDER BY died_at, id LIMIT $1`,
      [DEAD_LETTERS_MAX],
    );
    return letters.map(view);
  }

  /**
   * Runs the reaction again, in a transaction of its own, audited under the actor's name. Throws what the reaction throws, and the
   * letter stays.
   */
  replay(id: string, by: { actor: string; reason: string }): Promise<Outcome> {
    return this.database.transaction(async (tx) => {
      const outcome = await this.replayIn(tx, id, { actor: by.actor, operation: 'dead-letter.replay' });
      TransactionOutput.of(tx).auditAs({ objectId: id, details: { reason: by.reason } });
      return outcome;
    });
  }

  /**
   * Runs the reaction again, through the inbox, so that it can take effect once only. What the reaction throws is never an AppError
   * here: that is a refusal of the replay itself. PLATFORM_RESOURCE_NOT_FOUND, PLATFORM_DEAD_LETTER_REPLAYED.
   */
  async replayIn(tx: Tx, id: string, by: Taking['by']): Promise<Outcome> {
    // Locked: of two persons at once the second waits, and finds that it is done.
    const [letter] = await tx.query<StoredLetter>(
      `SELECT ${COLUMNS}, headers, payload, resolved_at FROM dead_letter WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!letter || !this.inbox) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    if (letter.resolvedAt) throw new AppError('PLATFORM_DEAD_LETTER_REPLAYED');
    const attributes = readAttributes(asHeaders(letter.headers));
    const producer = SERVICES.find((service) => service === letter.subject.split('.')[1]);
    // Also a person cannot make a forged message count.
    const signature = letter.headers['ce-signature'];
    const fault = producer && this.verifier?.fault(producer, asSigned(attributes, letter.payload), signature);
    if (fault !== undefined) throw new Error(fault);
    await tx.execute('UPDATE dead_letter SET resolved_at = now(), resolved_by = $2 WHERE id = $1', [id, by.actor]);
    try {
      return await this.inbox.takeIn(tx, { attributes, payload: letter.payload, by });
    } catch (error) {
      throw error instanceof AppError ? new Error(error.code, { cause: error }) : error;
    }
  }
}

const COLUMNS = `id, message_id, subject, reason, error, attempts, died_at`;
const ERROR_MAX = 500;

/** Its headers may be anything: a message that could not be read is a dead letter as well. */
function view({ headers: sent, diedAt, ...letter }: Enveloped): DeadLetterView {
  const occurredAt = new Date(sent['ce-time'] ?? '');
  return {
    id: letter.id,
    messageId: letter.messageId,
    subject: legible(letter.subject, 200),
    objectId: sent['ce-subject'] === undefined ? null : legible(sent['ce-subject'], 200),
    correlationId: sent['correlationid'] === undefined ? null : legible(sent['correlationid'], 200),
    occurredAt: Number.isNaN(occurredAt.getTime()) ? null : occurredAt.toISOString(),
    diedAt: diedAt.toISOString(),
    attempts: letter.attempts,
    reason: letter.reason,
    error: legible(letter.error, ERROR_MAX),
  };
}

export function legible(text: string, lengthMax: number): string {
  return boundedText(text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd'), lengthMax);
}

function asHeaders(stored: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const [name, value] of Object.entries(stored)) result.set(name, value);
  return result;
}
