import { Injectable } from '@nestjs/common';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { AppError, SERVICES } from '#contracts';
import { Database, type Tx } from '#database';
import { type DeathReason, type Inbox, type Outcome } from './inbox';
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

interface StoredLetter extends DeadLetter {
  readonly headers: Record<string, string>;
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

  /**
   * Runs the reaction again, through the inbox, so that it can take effect once only; audited under the actor's name. Throws what
   * the reaction throws, and the letter stays. PLATFORM_RESOURCE_NOT_FOUND when there is no such open letter.
   */
  async replay(id: string, by: { actor: string; reason: string }): Promise<Outcome> {
    const [letter] = await this.database.query<StoredLetter>(
      `SELECT ${COLUMNS}, headers, payload, resolved_at FROM dead_letter WHERE id = $1`,
      [id],
    );
    if (!letter || letter.resolvedAt || !this.inbox) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const attributes = readAttributes(asHeaders(letter.headers));
    const producer = SERVICES.find((service) => service === letter.subject.split('.')[1]);
    // Also a person cannot make a forged message count.
    const signature = letter.headers['ce-signature'];
    const fault = producer && this.verifier?.fault(producer, asSigned(attributes, letter.payload), signature);
    if (fault !== undefined) throw new Error(fault);
    const before = async (tx: Tx): Promise<void> => {
      const resolved = await tx.execute(
        'UPDATE dead_letter SET resolved_at = now(), resolved_by = $2 WHERE id = $1 AND resolved_at IS NULL',
        [id, by.actor],
      );
      if (resolved !== 1) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      const details = { subject: letter.subject, messageId: letter.messageId, reason: by.reason };
      TransactionOutput.of(tx).auditAs({ objectId: id, details });
    };
    return this.inbox.take(attributes, letter.payload, { actor: by.actor, before });
  }
}

const COLUMNS = `id, message_id, subject, reason, error, attempts, died_at`;

function asHeaders(stored: Record<string, string>): MsgHdrs {
  const result = headers();
  for (const [name, value] of Object.entries(stored)) result.set(name, value);
  return result;
}
