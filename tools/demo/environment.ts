import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import type { ServiceName } from '#contracts';
import { repositoryRoot } from '#testing/embedded';
import { runningStack } from '../stack/running-stack';
import { loadSecrets, type Secrets } from '../stack/secrets';
import { loadStackSettings, type StackSettings } from '../stack/settings';

// Where the platform is that the demo and the benches talk to: what the environment names, else the stack that `npm start` runs
// from this checkout, else the ports on which docker compose publishes it: those of its `.env`, or the usual ones.

export function gatewayUrl(): string {
  return process.env.FUND_API_URL ?? runningStack()?.address ?? `http://127.0.0.1:${composeSettings().PORT}`;
}

export function oidcIssuer(): string {
  const { OIDC_ISSUER, OIDC_PORT } = composeSettings();
  return process.env.OIDC_ISSUER ?? runningStack()?.issuer ?? OIDC_ISSUER ?? `http://127.0.0.1:${OIDC_PORT}`;
}

/** The finance department's own account on NATS. */
export async function financeDepartmentAccess(): Promise<{ url: string; user: string; password: string }> {
  const { NATS_URL, NATS_PORT } = composeSettings();
  const password = process.env.NATS_PASSWORD_FINANCE_DEPARTMENT ?? (await financeDepartmentPassword());
  const url = process.env.NATS_URL ?? runningStack()?.natsUrl ?? NATS_URL ?? `nats://127.0.0.1:${NATS_PORT}`;
  return { url, user: 'finance-department', password };
}

/** A service's own login, as the service uses it: for the benches, on the same tables. */
export async function serviceDatabaseUrl(service: ServiceName): Promise<string> {
  const { DATABASE_ADMIN_URL } = loadStackSettings();
  const url = new URL(DATABASE_ADMIN_URL ?? runningStack()?.databaseUrl ?? 'postgres://127.0.0.1:15432/fund');
  url.username = `svc_${service}`;
  url.password = (await secrets()).databaseRoles[service];
  return url.toString();
}

/** An administrator of the database: for a bench's own rows, which no service may remove. */
export async function databaseAdminUrl(): Promise<string> {
  const { DATABASE_ADMIN_URL } = loadStackSettings();
  if (DATABASE_ADMIN_URL) return DATABASE_ADMIN_URL;
  const running = runningStack();
  if (!running) throw new Error('"npm start" does not run from this folder; start it, or set DATABASE_ADMIN_URL.');
  const url = new URL(running.databaseUrl);
  Object.assign(url, { username: 'postgres', password: (await secrets()).postgresAdmin });
  return url.toString();
}

async function financeDepartmentPassword(): Promise<string> {
  if (runningStack()) return (await secrets()).nats['finance-department'];
  try {
    const { stdout } = await promisify(execFile)('docker', COMPOSE_PASSWORD, { cwd: loadStackSettings().root });
    return stdout.trim();
  } catch (error) {
    const cause =
      'Neither "npm start" nor docker compose runs from this folder; start one, or set FUND_API_URL, OIDC_ISSUER, NATS_URL and NATS_PASSWORD_FINANCE_DEPARTMENT.';
    throw new Error(cause, { cause: error });
  }
}

// The one container that may read this secret.
const COMPOSE_PASSWORD = 'compose run --rm --no-deps -T finance-department cat /run/secrets/fund/NATS_PASSWORD'.split(
  ' ',
);

function secrets(): Promise<Secrets> {
  return loadSecrets(loadStackSettings().dataFolder);
}

/** Compose reads the file itself; what the environment says goes before it there, too. */
function composeSettings(): StackSettings {
  const file = join(repositoryRoot(), '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return loadStackSettings({ ...written, ...process.env });
}
