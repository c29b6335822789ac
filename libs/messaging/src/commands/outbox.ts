import { Injectable } from '@nestjs/common';
import type { OutgoingMessage } from '#contracts';
import type { Tx } from '#database';
import { Clock, newId } from '#platform';
import { MessageSigner } from '../signing/message-signer';
import { RelaySignal } from '../relay/relay-signal';
import { TransactionOutput } from './transaction-output';

/**
 * Where a service's messages begin: the row commits with the change it tells of, or not at all; the relay publishes it after the
 * commit. Refuses data that does not fit the message's declaration.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly signal: RelaySignal,
    private readonly signer: MessageSigner,
  ) {}

  append(tx: Tx, message: OutgoingMessage): void {
    const { aggregateId, aggregateVersion } = message;
    const { subject } = message.declaration;
    const data = JSON.stringify(message.declaration.data.parse(message.data));
    const [id, occurredAt] = [newId(), this.clock.now()];
    const attributes = { id, type: subject, subject: aggregateId, time: occurredAt, sequence: aggregateVersion };
    const output = TransactionOutput.of(tx);
    if (output.isWithoutMessages) tx.afterCommit(() => this.signal.raise());
    const signature = this.signer.sign({ ...attributes, data });
    output.add({ id, subject, aggregateId, aggregateVersion, data, occurredAt, signature });
  }
}
