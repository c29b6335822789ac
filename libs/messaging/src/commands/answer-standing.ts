import type { Queries } from '#database';
import type { AnswerSeal } from './answer-seal';

/** The stored answers whose repetition would fail, by the name of the key that sealed them; one of each key is tried. */
export async function unreadableAnswers(
  database: Pick<Queries, 'query'>,
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
