import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { SERVICES, type ServiceName } from '#contracts';
import { signedText, type SignedMessage } from './message-signer';

const PublicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().min(1) });

/** The public keys of services whose messages must be signed: `{"staffing":[{"kty":"OKP","crv":"Ed25519","x":"..."}]}`. */
export const TrustedKeys = z.partialRecord(z.enum(SERVICES), z.array(PublicKey).min(1));
export type TrustedKeys = z.infer<typeof TrustedKeys>;

/**
 * Takes messages of a service that has trusted keys only when one of them signed them: who steals a NATS credential or runs the
 * broker cannot make another service act (docs/reliability.md#money-messages-are-signed). Two keys of a service are its rotation.
 * A service without keys here is believed on the broker's word, whose permissions let each service publish its own subjects only.
 */
export class MessageVerifier {
  private readonly keys: ReadonlyMap<ServiceName, readonly KeyObject[]>;

  constructor(trusted: TrustedKeys) {
    const entries = SERVICES.flatMap((service) => {
      const keys = trusted[service]?.map((key) => createPublicKey({ key, format: 'jwk' }));
      return keys ? [[service, keys] as const] : [];
    });
    this.keys = new Map(entries);
  }

  demandsSignature(producer: ServiceName): boolean {
    return this.keys.has(producer);
  }

  /** Undefined when the message may be believed, else why it may not. */
  fault(producer: ServiceName, message: SignedMessage, signature: string | undefined): string | undefined {
    const keys = this.keys.get(producer);
    if (!keys) return undefined;
    const [header, payload, bytes] = signature?.split('.') ?? [];
    if (!header || payload !== '' || !bytes) return `a message of ${producer} must be signed`;
    // The algorithm is the key's, whatever the header says.
    const input = Buffer.from(`${header}.${Buffer.from(signedText(message, producer)).toString('base64url')}`);
    const isGenuine = keys.some((key) => verify(null, input, key, Buffer.from(bytes, 'base64url')));
    return isGenuine ? undefined : `no trusted key of ${producer} has signed this message`;
  }
}
