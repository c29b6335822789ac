import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { KeyRing } from './settings';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Seals texts with the first key of a ring, so that nobody who sees them can read or alter them; all keys of the ring open. Each is
 * bound to what it belongs to: it does not open in the place of another.
 */
export class Seal {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly first: string;

  constructor(ring: KeyRing) {
    // Key objects: bytes would be made one again for each text.
    this.keys = new Map(ring.map(([name, bytes]) => [name, createSecretKey(bytes)]));
    this.first = ring[0][0];
  }

  /** `<name of the key>:<base64>`. */
  seal(text: string, boundTo: Buffer): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.keyOf(this.first), iv).setAAD(boundTo);
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.first}:${sealed.toString('base64')}`;
  }

  /** Throws when its key is gone, when it was altered, or sealed for something else. */
  open(text: string, boundTo: Buffer): string {
    const [name = '', base64 = ''] = text.split(':', 2);
    const sealed = Buffer.from(base64, 'base64');
    const iv = sealed.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.keyOf(name), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo).setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  /** A key of 32 bytes for something else, from each key of the ring, the first one first (HKDF, RFC 5869). */
  derive(purpose: string): { name: string; key: Buffer }[] {
    return [...this.keys].map(([name, key]) => ({
      name,
      key: Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES)),
    }));
  }

  private keyOf(name: string): KeyObject {
    const key = this.keys.get(name);
    if (!key) throw new Error(`no key is called ${name}`);
    return key;
  }
}
