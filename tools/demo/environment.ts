import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ServiceName } from '#contracts';
import { runningStack } from '../stack/running-stack';
import { loadSecrets, type Secrets } from '../stack/secrets';
import { loadStackSettings } from '../stack/settings';

// Where the platform is that the demo and the benches talk to: what the environment names, else the stack that `npm start` runs
// from this checkout, else the usual ports, on which docker compose publishes it too.

export function gatewayUrl(): string {
  return process.env.FUND_API_URL ?? runningStack()?.address ?? `http://127.0.0.1:${loadStackSettings().PORT}`;
}

export function oidcIssuer(): string {
  const { OIDC_ISSUER, OIDC_PORT } = loadStackSettings();
  return OIDC_ISSUER ?? runningStack()?.issuer ?? `http://127.0.0.1:${OIDC_PORT}`;
}

/** The finance department's own account on NATS. */
export async function financeDepartmentAccess(): Promise<{ url: string; user: string; password: string }> {
  const { NATS_URL, NATS_PORT } = loadStackSettings();
  const password = process.env.NATS_PASSWORD_FINANCE_DEPARTMENT ?? (await financeDepartmentPassword());
  const url = NATS_URL ?? runningStack()?.natsUrl ?? `nats://127.0.0.1:${NATS_PORT}`;
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
const COMPOSE_PASSWORD = 'compose run --rm -T finance-department cat /run/secrets/fund/NATS_PASSWORD'.split(' ');

function secrets(): Promise<Secrets> {
  return loadSecrets(loadStackSettings().dataFolder);
}
