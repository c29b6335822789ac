import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from '#contracts';
import { canonicalJson } from '#platform';

/** Where a page lies: after or before a row, or up to and including it. */
export interface CursorPosition {
  readonly side: 'after' | 'before' | 'until';
  /** The row's sort values and id, as Postgres prints them, so that microseconds and decimals keep every digit. */
  readonly keys: readonly string[];
}

const TAG_BYTES = 16;
const IV_BYTES = 12;

/**
 * Seals cursors: altered ones and those of another list are refused, and the sort values inside (a name, an amount) cannot be
 * read from a URL or its log line. The nonce is made from the content, so the same position always gives the same cursor.
 */
export class CursorSeal {
  private readonly encryptionKey: KeyObject;
  private readonly nonceKey: KeyObject;

  constructor(secret: string, service: string) {
    this.encryptionKey = derive(secret, `cursor encryption ${service}`);
    this.nonceKey = derive(secret, `cursor nonce ${service}`);
  }

  seal(position: CursorPosition, list: string): string {
    const content = Buffer.from(JSON.stringify([position.side, ...position.keys]));
    const iv = this.nonce(content, list);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, iv).setAAD(Buffer.from(list));
    return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** PLATFORM_CURSOR_INVALID unless `seal` made it for this very list. */
  open(cursor: string, list: string, keyCount: number): CursorPosition {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const iv = bytes.subarray(0, IV_BYTES);
      const tag = bytes.subarray(-TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(list)).setAuthTag(tag);
      const content = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      if (!timingSafeEqual(iv, this.nonce(content, list))) throw new Error('nonce does not fit');
      const [side, ...keys] = JSON.parse(content.toString()) as [CursorPosition['side'], ...string[]];
      if (keys.length !== keyCount) throw new Error('another number of sort keys');
      return { side, keys };
    } catch (error) {
      throw new AppError('PLATFORM_CURSOR_INVALID', undefined, { cause: error });
    }
  }

  private nonce(content: Buffer, list: string): Buffer {
    return createHmac('sha256', this.nonceKey).update(list).update('\0').update(content).digest().subarray(0, IV_BYTES);
  }
}

/** Tells lists apart: the same filters and the same order give the same text. */
export function listIdentity(filter: unknown, sort: readonly string[]): string {
  return createHash('sha256')
    .update(canonicalJson({ filter: filter ?? null, sort }))
    .digest('base64url');
}

/** As a key object: bytes would be made one again for each cursor. */
function derive(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
}
