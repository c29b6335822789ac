import {
  chmodSync,
  chownSync,
  copyFileSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SERVICES } from '#contracts';
import { databaseUrl, loadConfig } from '#platform/settings';
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
// Users of the processes in their containers: `node` of our image, `postgres` of the official one; NATS and the proxy run as compose says.
const NODE = 1000;
const POSTGRES = 999;
const NATS = 1000;
const PROXY = 1000;

const schema = z.object({
  DATABASE_ADMIN_URL: databaseUrl()
    .optional()
    .describe('A Postgres of your own, as an administrator who may make roles and schemas; without it that of compose'),
});

/**
 * The first step of `docker compose up`: makes the secrets once, at random, and hands each process its own in a volume that no
 * other process mounts. The master copy stays in a volume that only this step sees. Running it again changes nothing.
 */
async function main(): Promise<void> {
  const master = join(ROOT, 'master');
  const secrets = await loadSecrets(master);
  const adminUrl =
    loadConfig(schema).DATABASE_ADMIN_URL ?? `postgres://postgres:${secrets.postgresAdmin}@postgres:5432/fund`;
  const loginUrl = (user: string, password: string) => urlAs(adminUrl, { user, password });
  hand('postgres', POSTGRES, { POSTGRES_PASSWORD: secrets.postgresAdmin });
  hand('nats', NATS, { 'nats.env': shellLines(natsPasswordEnvironment(secrets.nats)) });
  hand('migrate', NODE, migration(secrets, adminUrl));
  hand('gateway', NODE, { NATS_PASSWORD: secrets.nats.gateway, SESSION_KEYS: secrets.sessionKeys });
  for (const service of SERVICES) {
    hand(service, NODE, {
      DATABASE_URL: loginUrl(`svc_${service}`, secrets.databaseRoles[service]),
      NATS_PASSWORD: secrets.nats[service],
      CURSOR_SECRET: secrets.cursors[service],
      CHECKPOINT_KEY: secrets.checkpointKeys[service],
      ANSWER_KEYS: secrets.answerKeys[service],
      TRUSTED_SIGNING_KEYS: trustedSigningKeys(secrets.signingKeys),
    });
  }
  for (const service of SIGNING_SERVICES) hand(service, NODE, { SIGNING_KEY: secrets.signingKeys[service] });
  hand('auditor', NODE, {
    AUDIT_DATABASE_URL: loginUrl('ro_audit', secrets.auditRole),
    CHECKPOINT_PUBLIC_KEYS: checkpointPublicKeys(secrets.checkpointKeys),
  });
  giveFolder('checkpoints', NODE);
  giveFolder('postgres-data', POSTGRES);
  giveFolder('nats-data', NATS);
  giveFolder('proxy-data', PROXY);
  giveFolder('proxy-config', PROXY);
  hand('finance', NODE, { WEBHOOK_SECRET_KEY: secrets.webhookSecretKey });
  handFile('identity-provider', NODE, providerKeysFile(master));
  hand('finance-department', NODE, { NATS_PASSWORD: secrets.nats['finance-department'] });
  console.log('Every process has its secrets.');
}

function migration(secrets: Secrets, adminUrl: string): Record<string, string> {
  const passwords = SERVICES.map((service) => [
    `DATABASE_PASSWORD_${service.toUpperCase()}`,
    secrets.databaseRoles[service],
  ]);
  return {
    DATABASE_ADMIN_URL: adminUrl,
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

/** What a volume holds, which comes into being as root's, and was root's where an earlier version ran its server as root. */
function giveFolder(name: string, user: number): void {
  const folder = join(ROOT, name);
  mkdirSync(folder, { recursive: true });
  // Its server may be running and come and go with files of its own.
  if (statSync(folder).uid === user) return;
  for (const entry of readdirSync(folder, { recursive: true })) lchownSync(join(folder, String(entry)), user, user);
  chownSync(folder, user, user);
}

/** The same server and database, for another login. */
function urlAs(adminUrl: string, { user, password }: { user: string; password: string }): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = password;
  return url.toString();
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
