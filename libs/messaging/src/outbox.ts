import { Injectable } from '@nestjs/common';
import type { OutgoingMessage } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#platform';
import { RelaySignal } from './relay-signal';
import { TransactionRecord } from './transaction-record';

/**
 * Where a service's messages begin: the row commits with the change it tells of, or not at all; the relay publishes it after the
 * commit. Refuses data that does not fit the message's declaration.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly signal: RelaySignal,
  ) {}

  append(tx: Tx, message: OutgoingMessage): void {
    const data = message.declaration.data.parse(message.data);
    const record = TransactionRecord.of(tx);
    if (record.isWithoutMessages) tx.afterCommit(() => this.signal.raise());
    record.add({
      subject: message.declaration.subject,
      aggregateId: message.aggregateId,
      aggregateVersion: message.aggregateVersion,
      data: JSON.stringify(data),
      occurredAt: this.clock.now(),
    });
  }
}
