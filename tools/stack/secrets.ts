import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '#contracts';
import { NATS_USERS, newNatsPasswords, newPassword, type NatsPasswords, natsPasswordVariable } from '#testing/embedded';
import { newProviderKeys } from '../identity-provider/keys';
import type { ProviderKeys } from '../identity-provider/settings';
import { SERVICE_NAMES } from './service-names';

export const SIGNING_SERVICES = ['finance', 'staffing'] as const;
export type SigningService = (typeof SIGNING_SERVICES)[number];

/** Everything secret of one installation: made at random at its first start, kept in `.data/secrets.json`. */
export interface Secrets {
  readonly postgresAdmin: string;
  readonly auditRole: string;
  readonly databaseRoles: Readonly<Record<ServiceName, string>>;
  readonly nats: NatsPasswords;
  readonly cursors: Readonly<Record<ServiceName, string>>;
  /** Ed25519, PKCS8 in PEM: with it a service whose messages move money signs them. */
  readonly signingKeys: Readonly<Record<SigningService, string>>;
  /** Ed25519, PKCS8 in PEM: signs the daily checkpoints of a service's audit trail. The database never sees it. */
  readonly checkpointKeys: Readonly<Record<ServiceName, string>>;
  /** Seals the secrets of webhooks at rest. */
  readonly webhookSecretKey: string;
  /** Seal the answers that wait for a repetition of their request; a ring, `id:base64`. */
  readonly answerKeys: Readonly<Record<ServiceName, string>>;
  /** Seals the sessions of browsers; a ring, `id:base64`. */
  readonly sessionKeys: string;
}

export async function loadSecrets(dataFolder: string): Promise<Secrets> {
  const file = join(dataFolder, 'secrets.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  // An installation of an earlier version lacks what came later; what it has stays.
  const fresh = newSecrets();
  const secrets = { ...fresh, ...known, signingKeys: { ...fresh.signingKeys, ...known.signingKeys } };
  const hasMore = Object.keys(secrets).some((name) => !(name in known));
  if (hasMore || SIGNING_SERVICES.some((service) => !known.signingKeys?.[service])) writePrivate(file, secrets);
  const keys = providerKeysFile(dataFolder);
  if (!existsSync(keys)) writePrivate(keys, await newProviderKeys());
  return { ...secrets, nats: { ...secrets.nats, ...givenNatsPasswords() } };
}

// A NATS of your own has passwords of its own.
function givenNatsPasswords(): Partial<NatsPasswords> {
  return Object.fromEntries(
    NATS_USERS.flatMap((user) => {
      const password = process.env[natsPasswordVariable(user)];
      return password ? [[user, password]] : [];
    }),
  );
}

/** The demo identity provider reads its keys from here. */
export function providerKeysFile(dataFolder: string): string {
  return join(dataFolder, 'identity-provider-keys.json');
}

function newSecrets(): Secrets {
  const forEachService = (make: () => string): Record<ServiceName, string> =>
    Object.fromEntries(SERVICE_NAMES.map((service) => [service, make()])) as Record<ServiceName, string>;
  return {
    postgresAdmin: newPassword(),
    auditRole: newPassword(),
    databaseRoles: forEachService(newPassword),
    nats: newNatsPasswords(),
    cursors: forEachService(() => randomBytes(32).toString('base64url')),
    signingKeys: { finance: newSigningKey(), staffing: newSigningKey() },
    checkpointKeys: forEachService(newSigningKey),
    webhookSecretKey: randomBytes(32).toString('base64'),
    answerKeys: forEachService(newKeyRing),
    sessionKeys: newKeyRing(),
  };
}

function newKeyRing(): string {
  return `1:${randomBytes(32).toString('base64')}`;
}

/** PKCS8 in PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What the services are told of each other: the public half of each signing key. */
export function trustedSigningKeys(signingKeys: Secrets['signingKeys']): string {
  return JSON.stringify(
    Object.fromEntries(SIGNING_SERVICES.map((service) => [service, [publicHalf(signingKeys[service])]])),
  );
}

/** What a verifier outside needs: the public halves of all checkpoint keys. */
export function checkpointPublicKeys(checkpointKeys: Secrets['checkpointKeys']): string {
  return JSON.stringify(Object.values(checkpointKeys).map(publicHalf));
}

function publicHalf(key: string): object {
  return createPublicKey(key).export({ format: 'jwk' });
}

// In one step, so that a start that is interrupted leaves no half file that all later starts would stumble over.
function writePrivate(file: string, content: Secrets | ProviderKeys): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, file);
}
