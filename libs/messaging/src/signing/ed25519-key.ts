import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#platform';

/** A public key as /v1/signing-keys publishes it (RFC 7517, RFC 8037); `kid` is its RFC 7638 thumbprint. */
export interface PublicSigningKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}

/** PKCS8 in PEM, or a private JWK. Throws when it is not an Ed25519 key, naming the setting; never shows the key. */
export function readPrivateKey(text: string, setting: string): KeyObject {
  let key: KeyObject;
  try {
    key = text.trimStart().startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text) as { kty: string }, format: 'jwk' })
      : createPrivateKey(text);
  } catch {
    throw new Error(`${setting} is neither PKCS8 in PEM nor a JWK`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${setting} is not an Ed25519 key`);
  return key;
}

/** The public half, with the thumbprint by which signatures name it. */
export function publicKeyOf(privateKey: KeyObject): PublicSigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return publicKeyFrom(x);
}

/** A public key from its raw form, `x` in base64url. */
export function publicKeyFrom(x: string): PublicSigningKey {
  const thumbprint = canonicalJson({ crv: 'Ed25519', kty: 'OKP', x });
  return { kty: 'OKP', crv: 'Ed25519', x, kid: createHash('sha256').update(thumbprint).digest('base64url') };
}
