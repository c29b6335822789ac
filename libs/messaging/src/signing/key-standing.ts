import type { Queries } from '#database';
import type { ServiceName } from '#contracts';
import { MessageVerifier, type TrustedKeys } from './message-verifier';

type Reader = Pick<Queries, 'query'>;

interface LastMessage {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly data: string;
  readonly signature: string | null;
}

/** Why the others would not believe the message that a service wrote last; undefined when they do, or when it wrote none. */
export async function signingFault(
  database: Reader,
  { service, trusted }: { service: ServiceName; trusted: TrustedKeys },
): Promise<string | undefined> {
  const [last] = await database.query<LastMessage>(
    `SELECT id, subject AS type, aggregate_id AS subject, occurred_at AS time, aggregate_version AS sequence, data, signature
     FROM outbox_message o ORDER BY o.sequence DESC LIMIT 1`,
  );
  return last && new MessageVerifier(trusted).fault(service, last, last.signature ?? undefined);
}
