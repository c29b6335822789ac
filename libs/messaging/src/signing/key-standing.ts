import type { Queries } from '#database';
import type { ServiceName } from '#contracts';
import type { AnswerSeal } from '../commands/answer-seal';
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

/** The stored answers whose repetition would fail, by the name of the key that sealed them; one of each key is tried. */
export async function unreadableAnswers(
  database: Reader,
  seal: AnswerSeal,
): Promise<{ readonly key: string; readonly answers: number }[]> {
  const rows = await database.query<{ key: string; answers: number; scope: Buffer; stored: string }>(
    `SELECT split_part(stored, ':', 2) AS key, count(*)::int AS answers,
       (array_agg(scope ORDER BY created_at DESC))[1] AS scope, (array_agg(stored ORDER BY created_at DESC))[1] AS stored
     FROM (SELECT scope, created_at, coalesce(reply, error) AS stored FROM idempotency_key WHERE expires_at > now()) AS kept
     WHERE stored LIKE 'sealed:%' GROUP BY 1 ORDER BY 1`,
  );
  return rows.filter(({ scope, stored }) => !opens(seal, scope, stored)).map(({ key, answers }) => ({ key, answers }));
}

function opens(seal: AnswerSeal, scope: Buffer, stored: string): boolean {
  try {
    seal.open(stored, scope);
    return true;
  } catch {
    // It says why in no more words than "unreadable".
    return false;
  }
}
