import { createHash, randomUUID } from 'node:crypto';

/** Exactly so many characters of the dearest kind: four bytes each; a quote, a backslash and a three-byte one among them. */
export function long(length: number, key = ''): string {
  const head = `${key}"\\語`;
  return `${head}${'😀'.repeat(length - head.length)}`;
}

export const sha256 = () => createHash('sha256').update(randomUUID()).digest('hex');
