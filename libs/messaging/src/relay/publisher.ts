import { JetStreamApiError, jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { errors, type NatsConnection } from '@nats-io/transport-node';
import type { ServiceName } from '#contracts';
import { toHeaders } from './message-headers';
import type { OutboxMessage, Published } from './outbox-table';
import { consumersOf, streamName } from '../streams/streams';

export interface PublishResult {
  readonly published: Published[];
  /** No stream will ever take these. */
  readonly failed: { readonly message: OutboxMessage; readonly error: string }[];
  /** To be tried again, in this order. */
  readonly left: OutboxMessage[];
  readonly lastError?: unknown;
}

const ACK_TIMEOUT_MS = 5000;
const MESSAGE_TOO_LARGE = 10054;

/** Puts messages into the service's stream: different aggregates at the same time, each aggregate's own one after the other. */
export class Publisher {
  private readonly js: JetStreamClient;

  constructor(
    nc: NatsConnection,
    private readonly service: ServiceName,
  ) {
    this.js = jetstream(nc, { timeout: ACK_TIMEOUT_MS });
  }

  async publish(messages: readonly OutboxMessage[]): Promise<PublishResult> {
    const result = { published: [] as Published[], failed: [] as PublishResult['failed'], left: [] as OutboxMessage[] };
    let lastError: unknown;
    const chains = Map.groupBy(messages, (message) => message.aggregateId);
    await Promise.all(
      [...chains.values()].map(async (chain) => {
        for (const [index, message] of chain.entries()) {
          try {
            result.published.push(await this.send(message));
          } catch (error) {
            if (isHopeless(error)) {
              result.failed.push({ message, error: describe(error) });
              continue;
            }
            lastError = error;
            // What follows must not overtake.
            result.left.push(...chain.slice(index));
            return;
          }
        }
      }),
    );
    result.left.sort((a, b) => (a.position < b.position ? -1 : 1));
    return { ...result, lastError };
  }

  // The broker forgets ids after two minutes and remembers those of purged messages: every attempt has an id of its own, and
  // duplicates are the inbox's business (docs/reliability.md#every-publish-has-an-id-of-its-own).
  private async send(message: OutboxMessage): Promise<Published> {
    const ack = await this.js.publish(message.subject, message.data, {
      msgID: `${message.id}:${message.attempts + 1}`,
      expect: { streamName: streamName(this.service) },
      headers: toHeaders(message, this.service),
      timeout: ACK_TIMEOUT_MS,
    });
    return { id: message.id, streamSequence: ack.seq, isReceived: consumersOf(message.subject).length === 0 };
  }
}

/** The message itself is refused, now and always; everything else may pass with time. */
function isHopeless(error: unknown): boolean {
  if (error instanceof errors.InvalidArgumentError) return true;
  if (error instanceof errors.PermissionViolationError) return true;
  if (error instanceof errors.RequestError && error.cause instanceof errors.PermissionViolationError) return true;
  return error instanceof JetStreamApiError && error.code === MESSAGE_TOO_LARGE;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
