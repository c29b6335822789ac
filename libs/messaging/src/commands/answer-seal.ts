import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#contracts';
import { databaseConfigSchema } from '#database';
import { keyRing, type NamedKey, Seal } from '#platform';

const KEY_BYTES = 32;
const MARK = 'sealed:';
/** Its name holds an underscore, which no given key's does. */
const DERIVED = 'cursor_secret';

export const answerSealConfigSchema = z.object({
  ANSWER_KEYS: keyRing()
    .optional()
    .describe(
      'The keys that stored answers are sealed with: the first one seals, all of them open. To change the key put a new one in front; the old one may go when the last answer that it sealed is deleted (30 days). Derived from CURSOR_SECRET (HKDF) when not given',
    ),
  CURSOR_SECRET: databaseConfigSchema.shape.CURSOR_SECRET,
});

/**
 * Seals the answers that wait for a repetition of their request: they hold what the caller saw, persons' data included, and a
 * database or its backup shall not. Bound to their idempotency key, so that a row cannot take another one's answer.
 */
export class AnswerSeal {
  private readonly sealing: Seal;

  constructor({ ANSWER_KEYS, CURSOR_SECRET }: z.output<typeof answerSealConfigSchema>) {
    const bytes = Buffer.from(hkdfSync('sha256', CURSOR_SECRET, '', 'stored answers', KEY_BYTES));
    const derived: NamedKey = [DERIVED, bytes];
    this.sealing = new Seal(ANSWER_KEYS ? [...ANSWER_KEYS, derived] : [derived]);
  }

  seal(answer: string, scope: Buffer): string {
    return MARK + this.sealing.seal(answer, scope);
  }

  /** PLATFORM_STORED_ANSWER_UNREADABLE when its key is gone, or it was sealed for another request. */
  open(stored: string, scope: Buffer): string {
    // Stored in clear by a version before this one; JSON never begins so.
    if (!stored.startsWith(MARK)) return stored;
    try {
      return this.sealing.open(stored.slice(MARK.length), scope);
    } catch (error) {
      throw new AppError('PLATFORM_STORED_ANSWER_UNREADABLE', undefined, { cause: error });
    }
  }
}
