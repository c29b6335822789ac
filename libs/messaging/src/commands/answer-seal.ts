import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#contracts';
import { databaseConfigSchema } from '#database';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK = 'sealed';
/** Its name holds an underscore, which no given key's does. */
const DERIVED = 'cursor_secret';

const AnswerKeys = z.string().transform((text, context): [string, Buffer][] => {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(',')) {
    const [, id, base64] = /^([A-Za-z0-9-]{1,32}):(.+)$/.exec(part.trim()) ?? [];
    const key = Buffer.from(base64 ?? '', 'base64');
    if (id === undefined || key.length !== KEY_BYTES || keys.has(id)) {
      context.addIssue('must be id:base64 of 32 bytes, several apart by commas, each id once');
      return z.NEVER;
    }
    keys.set(id, key);
  }
  return [...keys];
});

export const answerSealConfigSchema = z.object({
  ANSWER_KEYS: AnswerKeys.optional().describe(
    'The keys that stored answers are sealed with: the first one seals, all of them open. To change the key put a new one in front; the old one may go when the last answer that it sealed is deleted (30 days). Derived from CURSOR_SECRET (HKDF) when not given',
  ),
  CURSOR_SECRET: databaseConfigSchema.shape.CURSOR_SECRET,
});

/**
 * Seals the answers that wait for a repetition of their request: they hold what the caller saw, persons' data included, and a
 * database or its backup shall not. Bound to their idempotency key, so that a row cannot take another one's answer.
 */
export class AnswerSeal {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly first: { readonly id: string; readonly key: KeyObject };

  constructor({ ANSWER_KEYS, CURSOR_SECRET }: z.output<typeof answerSealConfigSchema>) {
    const derived = Buffer.from(hkdfSync('sha256', CURSOR_SECRET, '', 'stored answers', KEY_BYTES));
    const given: [string, Buffer][] = [...(ANSWER_KEYS ?? []), [DERIVED, derived]];
    // Key objects: bytes would be made one again for each answer.
    this.keys = new Map(given.map(([id, bytes]) => [id, createSecretKey(bytes)]));
    const [[id, bytes] = [DERIVED, derived]] = given;
    this.first = { id, key: createSecretKey(bytes) };
  }

  seal(answer: string, scope: Buffer): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.first.key, iv).setAAD(scope);
    const sealed = Buffer.concat([iv, cipher.update(answer, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${MARK}:${this.first.id}:${sealed.toString('base64')}`;
  }

  /** PLATFORM_STORED_ANSWER_UNREADABLE when its key is gone, or it was sealed for another request. */
  open(stored: string, scope: Buffer): string {
    const [mark, id = '', base64 = ''] = stored.split(':', 3);
    // Stored in clear by a version before this one; JSON never begins so.
    if (mark !== MARK) return stored;
    const sealed = Buffer.from(base64, 'base64');
    try {
      const key = this.keys.get(id);
      if (!key) throw new Error(`no key is called ${id}`);
      const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(scope).setAuthTag(sealed.subarray(-TAG_BYTES));
      return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (error) {
      throw new AppError('PLATFORM_STORED_ANSWER_UNREADABLE', undefined, { cause: error });
    }
  }
}
