import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import {
  findNatsServer,
  type GuardedProcess,
  NATS_USERS,
  natsPasswordVariable,
  type Say,
  startEmbeddedNats,
  startEmbeddedPostgres,
} from '#testing/embedded';
import type { Secrets } from './secrets';
import type { StackSettings } from './settings';

/** A server that is running for us, whether we started it or it was given. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const DATABASE = 'fund';
const RESTARTS_MAX = 5;

/** The given Postgres, or the embedded one with a database of its own in it. */
export async function startPostgresServer(settings: StackSettings, secrets: Secrets, say: Say): Promise<Server> {
  if (settings.DATABASE_ADMIN_URL) return { url: settings.DATABASE_ADMIN_URL, stop: () => Promise.resolve() };
  mkdirSync(dirname(settings.postgresFolder), { recursive: true, mode: 0o755 });
  let adminUrl = '';
  const keeper = new ServerKeeper('Postgres', say, async () => {
    const { process, adminUrl: url } = await startEmbeddedPostgres({
      folder: settings.postgresFolder,
      port: settings.POSTGRES_PORT,
      password: secrets.postgresAdmin,
      logFile: join(settings.dataFolder, 'logs', 'postgres.log'),
      durability: 'durable',
    });
    adminUrl = url;
    return process;
  });
  await keeper.start();
  return { url: await ensureDatabase(adminUrl), stop: () => keeper.stop() };
}

/** The given NATS, or the embedded one; tells when it had to be started again. */
export async function startNatsServer(
  settings: StackSettings,
  secrets: Secrets,
  { say, onRestarted }: { say: Say; onRestarted: () => Promise<void> },
): Promise<Server> {
  if (settings.NATS_URL) {
    requireNatsPasswords();
    return { url: settings.NATS_URL, stop: () => Promise.resolve() };
  }
  const binary = await findNatsServer(say);
  const keeper = new ServerKeeper('NATS', say, async () => {
    const nats = await startEmbeddedNats({
      binary,
      folder: join(settings.dataFolder, 'nats'),
      port: settings.NATS_PORT,
      passwords: secrets.nats,
      logFile: join(settings.dataFolder, 'logs', 'nats-server.log'),
      durability: 'durable',
    });
    return nats.process;
  });
  keeper.onRestarted = onRestarted;
  await keeper.start();
  return { url: `nats://127.0.0.1:${settings.NATS_PORT}`, stop: () => keeper.stop() };
}

function requireNatsPasswords(): void {
  const missing = NATS_USERS.map(natsPasswordVariable).filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`With NATS_URL, say also the passwords of its users: ${missing.join(', ')}.`);
}

/** Starts a server again when it dies, a few times: one that cannot live is not hidden by starting it for ever. */
class ServerKeeper {
  private process: GuardedProcess | undefined;
  private isStopping = false;
  private restarts = 0;
  onRestarted: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly name: string,
    private readonly say: Say,
    private readonly launch: () => Promise<GuardedProcess>,
  ) {}

  async start(): Promise<void> {
    const launched = await this.launch();
    this.process = launched;
    if (this.isStopping) return launched.stop();
    void launched.exited.then(() => this.restart());
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.process?.stop();
  }

  private async restart(): Promise<void> {
    if (this.isStopping) return;
    this.restarts += 1;
    if (this.restarts > RESTARTS_MAX)
      return this.say(`${this.name} ended again and is not started any more; stop with Ctrl-C and see .data/logs.`);
    this.say(`${this.name} ended and is started again.`);
    await this.start()
      .then(() => this.onRestarted())
      .catch((error: unknown) => this.say(`${this.name} could not be started again: ${String(error)}`));
  }
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
