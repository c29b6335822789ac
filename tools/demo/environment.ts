import { loadSecrets, type Secrets } from '../stack/secrets';
import { loadStackSettings } from '../stack/settings';

// Where the platform is that the demo and the benches talk to. Each value may be given; the defaults are those of `npm start`,
// whose data folder also holds the passwords. Docker compose sets FUND_DATA_DIR to its own (see docker-compose.yml).

export function gatewayUrl(): string {
  return process.env.FUND_API_URL ?? `http://127.0.0.1:${loadStackSettings().PORT}`;
}

export function oidcIssuer(): string {
  const { OIDC_ISSUER, OIDC_PORT } = loadStackSettings();
  return OIDC_ISSUER ?? `http://127.0.0.1:${OIDC_PORT}`;
}

/** The finance department's own account on NATS. */
export async function financeDepartmentAccess(): Promise<{ url: string; user: string; password: string }> {
  const { NATS_URL, NATS_PORT } = loadStackSettings();
  const password = process.env.NATS_PASSWORD_FINANCE_DEPARTMENT ?? (await secrets()).nats['finance-department'];
  return { url: NATS_URL ?? `nats://127.0.0.1:${NATS_PORT}`, user: 'finance-department', password };
}

/** The partnership service's own login, for the bench's yardstick on the same tables. */
export async function partnershipDatabaseUrl(): Promise<string> {
  const { DATABASE_ADMIN_URL, POSTGRES_PORT } = loadStackSettings();
  const url = new URL(DATABASE_ADMIN_URL ?? `postgres://127.0.0.1:${POSTGRES_PORT}/fund`);
  url.username = 'svc_partnership';
  url.password = (await secrets()).databaseRoles.partnership;
  return url.toString();
}

function secrets(): Promise<Secrets> {
  return loadSecrets(loadStackSettings().dataFolder);
}
