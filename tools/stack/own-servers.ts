import { Client } from 'pg';
import { databaseFault, issuerFault, isNatsRefusal, natsFault, StartUpFault } from '#platform/settings';
import { NATS_USERS, natsPasswordVariable } from '#testing/embedded';
import type { StackSettings } from './settings';

const LIMIT_MS = 5_000;

/** Asks the servers of one's own, before anything is started; throws one sentence for each that cannot be used. */
export async function assertOwnServersAnswer(settings: StackSettings): Promise<void> {
  const asked = [askDatabase(settings), askNats(settings), askIssuer(settings)];
  const outcomes = await Promise.allSettled(asked);
  const faults = outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
  for (const fault of faults) if (!(fault instanceof StartUpFault)) throw fault;
  if (faults.length > 0) throw new StartUpFault(faults.map((fault) => (fault as Error).message).join('\n'));
}

async function askDatabase({ DATABASE_ADMIN_URL: url }: StackSettings): Promise<void> {
  if (url === undefined) return;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: LIMIT_MS });
  // The answer of `connect` says it as well; without a listener the event would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw databaseFault(error, { url, setting: 'DATABASE_ADMIN_URL' });
  } finally {
    await client.end();
  }
}

/** As each of its users: a password of one that is wrong would show much later, in one service's log. */
async function askNats({ NATS_URL: url }: StackSettings): Promise<void> {
  if (url === undefined) return;
  const missing = NATS_USERS.map(natsPasswordVariable).filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new StartUpFault(
      `With NATS_URL, say also the passwords of its users, as deploy/nats has them: ${missing.join(', ')}.`,
    );
  }
  // Certificates are the services' own to check.
  if (url.includes('tls://')) return;
  // Loaded only here: the supervisor needs it for nothing else.
  const { connect } = await import('@nats-io/transport-node');
  const refusals: string[] = [];
  for (const user of NATS_USERS) {
    const credentials = natsPasswordVariable(user);
    const pass = process.env[credentials];
    try {
      const nc = await connect({ servers: url.split(','), user, pass, timeout: LIMIT_MS, reconnect: false });
      await nc.close();
    } catch (error) {
      const fault = natsFault(error, { url, user, credentials });
      // A broker that is away is away for all of them.
      if (!isNatsRefusal(error)) throw fault;
      refusals.push(fault.message);
    }
  }
  if (refusals.length > 0) throw new StartUpFault(refusals.join('\n'));
}

async function askIssuer({ OIDC_ISSUER, OIDC_JWKS_URL }: StackSettings): Promise<void> {
  if (OIDC_ISSUER === undefined) return;
  const asked = OIDC_JWKS_URL
    ? { url: OIDC_JWKS_URL, setting: 'OIDC_JWKS_URL' }
    : { url: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`, setting: 'OIDC_ISSUER' };
  try {
    const response = await fetch(asked.url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    await response.json();
  } catch (error) {
    throw issuerFault(error, asked);
  }
}
