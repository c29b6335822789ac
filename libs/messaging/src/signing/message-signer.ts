import { createHash, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '#platform';
import { publicKeyOf, type PublicSigningKey, readPrivateKey } from './ed25519-key';

/** What a signature vouches for: which message, about what, when, and each byte of its data. */
export interface SignedMessage {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly data: string;
}

/**
 * Signs messages in the name of one service (Ed25519), in the transaction that writes them: who steals a NATS credential or runs
 * the broker can neither make nor alter a message unnoticed (docs/reliability.md#money-messages-are-signed). Without a key it
 * signs nothing.
 */
export class MessageSigner {
  readonly publicKey: PublicSigningKey | undefined;
  private readonly privateKey: KeyObject | undefined;
  private readonly header: string;

  constructor(
    private readonly service: string,
    key: string | undefined,
  ) {
    this.privateKey = key === undefined ? undefined : readPrivateKey(key, 'SIGNING_KEY');
    this.publicKey = this.privateKey && publicKeyOf(this.privateKey);
    this.header = base64url(canonicalJson({ alg: 'EdDSA', kid: this.publicKey?.kid ?? '' }));
  }

  /** A detached JWS (RFC 7515 appendix F): the receiver puts the payload back between the dots and checks with any JOSE library. */
  sign(message: SignedMessage): string | null {
    if (!this.privateKey) return null;
    const input = `${this.header}.${base64url(signedText(message, this.service))}`;
    return `${this.header}..${sign(null, Buffer.from(input), this.privateKey).toString('base64url')}`;
  }
}

/** The canonical JSON (RFC 8785) that is signed. */
export function signedText({ id, type, subject, time, sequence, data }: SignedMessage, service: string): string {
  const datasha256 = createHash('sha256').update(data).digest('hex');
  const source = `/services/${service}`;
  return canonicalJson({ datasha256, id, sequence, source, subject, time: time.toISOString(), type });
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
