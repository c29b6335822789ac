import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#platform';
import { publicKeyOf, type PublicSigningKey, readPrivateKey } from '../signing/ed25519-key';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a service signs each day about its chains: what was there then must be there for ever. */
export const Checkpoint = z.strictObject({
  format: z.literal(1),
  service: z.string(),
  /** Counts the checkpoints of a service from 1, without a gap. */
  number: z.int().positive(),
  /** In Europe/Berlin. */
  day: z.iso.date(),
  takenAt: z.iso.datetime(),
  chains: z.array(
    z.strictObject({
      name: z.enum(['audit', 'journal']),
      /** Seals up to the head. */
      count: z.int().nonnegative(),
      head: Sha256,
      lastAt: z.iso.datetime().nullable(),
    }),
  ),
  /** What stored amounts follow from the chain at its head, as one hash over all of them. */
  amounts: z.array(z.strictObject({ name: z.string(), count: z.int().nonnegative(), sha256: Sha256 })),
  /** SHA-256 of the document of the checkpoint before; null for the first. */
  previous: Sha256.nullable(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

const Signed = z.strictObject({ checkpoint: Checkpoint, signature: z.string().max(500) });

/** The document's text as it lies in a place outside: the checkpoint, and a detached JWS (RFC 7515) over its canonical JSON. */
export type CheckpointDocument = string;

/** Signs in the name of one service; its key is not known to the database. */
export class CheckpointSigner {
  readonly publicKey: PublicSigningKey;
  private readonly privateKey: KeyObject;

  constructor(key: string) {
    this.privateKey = readPrivateKey(key, 'CHECKPOINT_KEY');
    this.publicKey = publicKeyOf(this.privateKey);
  }

  sign(checkpoint: Checkpoint): CheckpointDocument {
    return `${JSON.stringify({ checkpoint, signature: this.signatureOf(checkpoint) }, null, 2)}\n`;
  }

  /** A detached JWS over the canonical JSON of what else the service vouches for. */
  signatureOf(content: unknown): string {
    const header = base64url(canonicalJson({ alg: 'EdDSA', kid: this.publicKey.kid }));
    const input = Buffer.from(`${header}.${base64url(canonicalJson(content))}`);
    return `${header}..${sign(null, input, this.privateKey).toString('base64url')}`;
  }
}

/** The checkpoint of a document that one of the keys signed, or what is wrong with it. */
export function openCheckpoint(
  document: CheckpointDocument,
  keys: readonly PublicSigningKey[],
): { checkpoint: Checkpoint } | { fault: string } {
  const parsed = Signed.safeParse(jsonOf(document));
  if (!parsed.success) return { fault: 'is no checkpoint' };
  const { checkpoint, signature } = parsed.data;
  const [header = '', , bytes = ''] = signature.split('.');
  const { kid } = z
    .object({ kid: z.string() })
    .catch({ kid: '' })
    .parse(jsonOf(Buffer.from(header, 'base64url').toString()));
  const key = keys.find((it) => it.kid === kid);
  if (!key) return { fault: 'is signed by an unknown key' };
  const input = Buffer.from(`${header}.${base64url(canonicalJson(checkpoint))}`);
  const { kty, crv, x } = key;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  return verify(null, input, publicKey, Buffer.from(bytes, 'base64url'))
    ? { checkpoint }
    : { fault: 'was changed after it was signed' };
}

export function documentHash(document: CheckpointDocument): string {
  return createHash('sha256').update(document).digest('hex');
}

/** Sorts by service and number in a folder: `finance-000012-2026-11-26.json`. */
export function documentName({ service, number, day }: Pick<Checkpoint, 'service' | 'number' | 'day'>): string {
  return `${service}-${String(number).padStart(6, '0')}-${day}.json`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is the finding itself: the schema refuses undefined.
    return undefined;
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
