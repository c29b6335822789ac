import { chmodSync, chownSync, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SERVICES } from '#contracts';
import { natsPasswordEnvironment } from '#testing/embedded';
import {
  checkpointPublicKeys,
  loadSecrets,
  providerKeysFile,
  type Secrets,
  SIGNING_SERVICES,
  trustedSigningKeys,
} from '../stack/secrets';

const ROOT = '/secrets';
// Users inside the images: `node` of ours, `postgres` of the official Postgres, root of the official NATS.
const NODE = 1000;
const POSTGRES = 999;
const NATS = 0;
const DATABASE_HOST = 'postgres:5432/fund';

/**
 * The first step of `docker compose up`: makes the secrets once, at random, and hands each process its own in a volume that no
 * other process mounts. The master copy stays in a volume that only this step sees. Running it again changes nothing.
 */
async function main(): Promise<void> {
  const master = join(ROOT, 'master');
  const secrets = await loadSecrets(master);
  hand('postgres', POSTGRES, { POSTGRES_PASSWORD: secrets.postgresAdmin });
  hand('nats', NATS, { 'nats.env': shellLines(natsPasswordEnvironment(secrets.nats)) });
  hand('migrate', NODE, migration(secrets));
  hand('gateway', NODE, { NATS_PASSWORD: secrets.nats.gateway });
  for (const service of SERVICES) {
    hand(service, NODE, {
      DATABASE_URL: `postgres://svc_${service}:${secrets.databaseRoles[service]}@${DATABASE_HOST}`,
      NATS_PASSWORD: secrets.nats[service],
      CURSOR_SECRET: secrets.cursors[service],
      CHECKPOINT_KEY: secrets.checkpointKeys[service],
      ANSWER_KEYS: secrets.answerKeys[service],
      TRUSTED_SIGNING_KEYS: trustedSigningKeys(secrets.signingKeys),
    });
  }
  for (const service of SIGNING_SERVICES) hand(service, NODE, { SIGNING_KEY: secrets.signingKeys[service] });
  hand('auditor', NODE, {
    AUDIT_DATABASE_URL: `postgres://ro_audit:${secrets.auditRole}@${DATABASE_HOST}`,
    CHECKPOINT_PUBLIC_KEYS: checkpointPublicKeys(secrets.checkpointKeys),
  });
  giveFolder(join(ROOT, 'checkpoints'), NODE);
  hand('finance', NODE, { WEBHOOK_SECRET_KEY: secrets.webhookSecretKey });
  handFile('identity-provider', NODE, providerKeysFile(master));
  hand('finance-department', NODE, { NATS_PASSWORD: secrets.nats['finance-department'] });
  console.log('Every process has its secrets.');
}

function migration(secrets: Secrets): Record<string, string> {
  const passwords = SERVICES.map((service) => [
    `DATABASE_PASSWORD_${service.toUpperCase()}`,
    secrets.databaseRoles[service],
  ]);
  return {
    DATABASE_ADMIN_URL: `postgres://postgres:${secrets.postgresAdmin}@${DATABASE_HOST}`,
    ...(Object.fromEntries(passwords) as Record<string, string>),
    DATABASE_PASSWORD_AUDIT: secrets.auditRole,
    NATS_ADMIN_PASSWORD: secrets.nats.admin,
  };
}

function shellLines(environment: Record<string, string>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}

function hand(owner: string, user: number, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    place(join(ROOT, owner, name), user, (half) => writeFileSync(half, content, { mode: 0o400 }));
  }
}

/** The folder of a volume that the services write: it comes into being as root's. */
function giveFolder(folder: string, user: number): void {
  mkdirSync(folder, { recursive: true });
  chownSync(folder, user, user);
}

function handFile(owner: string, user: number, file: string): void {
  place(join(ROOT, owner, 'keys.json'), user, (half) => copyFileSync(file, half));
}

// In one step: a process that starts meanwhile reads the whole secret or none.
function place(path: string, user: number, write: (half: string) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.new`;
  write(half);
  chmodSync(half, 0o400);
  chownSync(half, user, user);
  renameSync(half, path);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
