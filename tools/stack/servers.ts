import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { findNatsServer, type Say, startEmbeddedNats, startEmbeddedPostgres } from '#testing/embedded';
import type { Secrets } from './secrets';
import { ServerKeeper } from './server-keeper';
import { probeNats, probePostgres } from './server-probes';
import type { StackSettings } from './settings';

/** A server that is running for us, whether we started it or it was given. */
export interface Server {
  readonly url: string;
  /** Ends one that we started, to have it come back; nothing for one that was given. */
  readonly restart?: (reason: string) => void;
  stop(): Promise<void>;
}

const DATABASE = 'fund';

/** The given Postgres, or the embedded one with a database of its own in it. */
export async function startPostgresServer(
  settings: StackSettings,
  secrets: Secrets,
  { say, folder }: { say: Say; folder: string },
): Promise<Server> {
  if (settings.DATABASE_ADMIN_URL) return { url: settings.DATABASE_ADMIN_URL, stop: () => Promise.resolve() };
  let adminUrl = '';
  const launch = async () => {
    const { process, adminUrl: url } = await startEmbeddedPostgres({
      folder,
      port: settings.POSTGRES_PORT,
      password: secrets.postgresAdmin,
      logFile: join(settings.dataFolder, 'logs', 'postgres.log'),
      say,
      durability: 'durable',
    });
    adminUrl = url;
    return process;
  };
  const keeper = new ServerKeeper({ name: 'Postgres', launch, probe: () => probePostgres(adminUrl) }, say);
  await keeper.start();
  const url = await ensureDatabase(adminUrl);
  await sayOldCtype(url, { say, folder });
  return { url, stop: () => keeper.stop() };
}

/** The given NATS, or the embedded one; tells when it had to be started again. */
export async function startNatsServer(
  settings: StackSettings,
  secrets: Secrets,
  { say, onRestarted }: { say: Say; onRestarted: () => Promise<void> },
): Promise<Server> {
  if (settings.NATS_URL) {
    return { url: settings.NATS_URL, stop: () => Promise.resolve() };
  }
  const binary = await findNatsServer(say);
  const launch = async () => {
    const nats = await startEmbeddedNats({
      binary,
      folder: join(settings.dataFolder, 'nats'),
      port: settings.NATS_PORT,
      passwords: secrets.nats,
      logFile: join(settings.dataFolder, 'logs', 'nats-server.log'),
      say,
      durability: 'durable',
    });
    return nats.process;
  };
  const kept = { name: 'NATS', launch, probe: () => probeNats(settings.NATS_PORT), onRestarted };
  const keeper = new ServerKeeper(kept, say);
  await keeper.start();
  return {
    url: `nats://127.0.0.1:${settings.NATS_PORT}`,
    restart: (reason) => keeper.restart(reason),
    stop: () => keeper.stop(),
  };
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const admin = new Client({ connectionString: adminUrl });
  // A server that ends meanwhile is told by the answer; without a listener the event would end this process.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await admin.query(`CREATE DATABASE ${escapeIdentifier(DATABASE)}`);
  } finally {
    await admin.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${DATABASE}`;
  return url.toString();
}

/** A folder that an earlier version made keeps its ctype: in it, letters outside of ASCII are no letters for the search. */
async function sayOldCtype(url: string, { say, folder }: { say: Say; folder: string }): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datctype: string }>(
      'SELECT datctype FROM pg_database WHERE datname = current_database()',
    );
    const sentence = oldCtypeSentence(rows[0]?.datctype, folder);
    if (sentence !== undefined) say(sentence);
  } finally {
    await client.end();
  }
}

/** What is wrong with a data folder of that ctype and what mends it; nothing when it is right. */
export function oldCtypeSentence(ctype: string | undefined, folder: string): string | undefined {
  if (ctype !== 'C') return undefined;
  return (
    `The data folder ${folder} was made with the ctype C by an earlier version: names in Cyrillic, Arabic or Chinese are found by ` +
    'their beginning only, and not with a typing error. To mend it, dump and restore the database (deploy/runbooks/versions.md), or ' +
    'begin anew with npm start -- --fresh, which deletes its data.'
  );
}
