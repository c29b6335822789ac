import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import type { DataOf, Message, OutgoingMessage } from '#contracts';
import { ensureStreams, streamName } from '#messaging';
import type { NatsUser } from './embedded';
import { chooseInfrastructure, startNats } from './infrastructure';
import type { TestNats } from './test-servers';

/** What a test may say about a message it sends in another service's name. */
export interface PublishOptions {
  /** Give the same id twice to send a duplicate. */
  readonly id?: string;
  readonly occurredAt?: Date;
  readonly correlationId?: string;
}

const NO_MESSAGE_FOUND = 10037;

/** The broker of one test file, with the streams and permissions of production. */
export class TestBroker {
  private readonly connections = new Map<NatsUser, Promise<NatsConnection>>();

  private constructor(private readonly server: TestNats) {}

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker(await startNats(await chooseInfrastructure()));
    await ensureStreams(await broker.as('admin'));
    return broker;
  }

  get url(): string {
    return this.server.url;
  }

  password(user: NatsUser): string {
    return this.server.passwords[user];
  }

  /** A connection with this identity's rights; kept until the end. */
  as(user: NatsUser): Promise<NatsConnection> {
    const known =
      this.connections.get(user) ??
      connect({
        servers: this.url,
        user,
        pass: this.password(user),
        inboxPrefix: `_INBOX_${user}`,
        name: `test-${user}`,
      });
    this.connections.set(user, known);
    return known;
  }

  /** Sends a message as the service that declares it would, and answers its id. Its consumers cannot tell the difference. */
  async publish(message: OutgoingMessage, options: PublishOptions = {}): Promise<string> {
    const { declaration, aggregateId, aggregateVersion } = message;
    const id = options.id ?? randomUUID();
    const attributes = headers();
    const values = {
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': `/services/${declaration.service}`,
      'ce-type': declaration.subject,
      'ce-subject': aggregateId,
      'ce-time': (options.occurredAt ?? new Date()).toISOString(),
      'ce-datacontenttype': 'application/json',
      correlationid: options.correlationId ?? id,
      sequence: String(aggregateVersion),
    };
    for (const [name, value] of Object.entries(values)) attributes.set(name, value);
    const js = jetstream(await this.as(declaration.service));
    await js.publish(declaration.subject, JSON.stringify(declaration.data.parse(message.data)), {
      headers: attributes,
    });
    return id;
  }

  /** What stands in the stream under this message's subject, oldest first: what the relay has really published. */
  async published<M extends Message>(message: M): Promise<DataOf<M>[]> {
    const admin = await this.as('admin');
    const found: DataOf<M>[] = [];
    for (let seq = 1; ;) {
      const stored = await nextStored(admin, { stream: streamName(message.service), subject: message.subject, seq });
      if (!stored) return found;
      found.push(JSON.parse(Buffer.from(stored.data, 'base64').toString()) as DataOf<M>);
      seq = stored.seq + 1;
    }
  }

  async stop(): Promise<void> {
    for (const connection of this.connections.values()) await (await connection).close();
    await this.server.stop();
  }
}

interface StoredMessage {
  readonly seq: number;
  readonly data: string;
}

/** The first message at or after `seq` with this subject. The client library offers no such question for this API. */
async function nextStored(
  admin: NatsConnection,
  { stream, subject, seq }: { stream: string; subject: string; seq: number },
): Promise<StoredMessage | undefined> {
  const answer = await admin.request(
    `$JS.API.STREAM.MSG.GET.${stream}`,
    JSON.stringify({ seq, next_by_subj: subject }),
  );
  const { message, error } = answer.json<{
    message?: StoredMessage;
    error?: { err_code: number; description: string };
  }>();
  if (message) return message;
  if (error?.err_code === NO_MESSAGE_FOUND) return undefined;
  throw new Error(error?.description ?? 'the stream gave no answer');
}
