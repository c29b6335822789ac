import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { type GuardedProcess, spawnGuarded } from './guarded-process';
import { LogFile } from './log-file';
import { waitUntil } from './ports';
import { isRoot, postgresBinaries, UNPRIVILEGED_ID } from './postgres-binaries';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster; made when absent, used again when there. */
  readonly folder: string;
  readonly port: number;
  /** Of the superuser `postgres`; set when the cluster is made. */
  readonly password: string;
  readonly logFile: string;
  /** Told when the log cannot be written. */
  readonly say?: (sentence: string) => void;
  /** `throwaway` trades every guarantee for speed and is for tests alone. */
  readonly durability: 'durable' | 'throwaway';
  readonly maxConnections?: number;
  /** Offers TLS with this certificate and key (PEM). */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface EmbeddedPostgres {
  readonly adminUrl: string;
  readonly process: GuardedProcess;
}

const INVALID_PASSWORD = '28P01';
/** After a crash it first repeats what its log holds; a server that cannot start ends by itself before. */
const START_LIMIT_MS = 600_000;
const THROWAWAY = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
];

/** Starts Postgres 18 on the loopback interface and resolves when it answers. As root it runs as `nobody`. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = postgresBinaries();
  if (!existsSync(join(options.folder, 'PG_VERSION'))) initialise(binaries, options);
  await endLeftover(options.folder);
  const settings = [
    `port=${options.port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'shared_buffers=64MB',
    // A log file that is done with is deleted: kept for later use, they took ten times the room of the data.
    'wal_recycle=off',
    'min_wal_size=32MB',
    `max_connections=${options.maxConnections ?? 100}`,
    ...(options.durability === 'throwaway' ? THROWAWAY : []),
    ...(options.tls ? tlsSettings(options.folder, options.tls) : []),
  ];
  const guarded = spawnGuarded(
    join(binaries, 'bin', 'postgres'),
    ['-D', options.folder, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...runAs(),
      cwd: options.folder,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      stopSignal: 'SIGINT',
    },
  );
  const log = new LogFile(options.logFile, { say: options.say }).follow(guarded.child.stdout, guarded.child.stderr);
  void guarded.exited.then(() => log.close());
  const adminUrl = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/postgres`;
  try {
    if (await waitUntil(() => answers(adminUrl, options.folder), { timeoutMs: START_LIMIT_MS, gone: guarded.exited }))
      return { adminUrl, process: guarded };
    throw new Error(
      `Postgres did not start on port ${options.port}; the reason stands at the end of ${options.logFile}.`,
    );
  } catch (error) {
    await guarded.stop();
    throw error;
  }
}

/** Postgres reads the key only when it is its own and nobody else's. */
function tlsSettings(folder: string, tls: { certificate: string; key: string }): string[] {
  const files = { 'server.crt': tls.certificate, 'server.key': tls.key };
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    writeFileSync(file, content, { mode: 0o600 });
    if (isRoot()) chownSync(file, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  }
  return ['ssl=on', 'ssl_cert_file=server.crt', 'ssl_key_file=server.key'];
}

function runAs(): { uid?: number; gid?: number } {
  return isRoot() ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
}

function initialise(binaries: string, { folder, password }: EmbeddedPostgresOptions): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot()) {
    for (const path of [folder, passwordFile]) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  }
  chmodSync(folder, 0o700);
  const args = [
    '-D',
    folder,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  const result = spawnSync(
    join(binaries, 'bin', 'initdb'),
    // The ctype says what a letter is: with C alone names in Cyrillic, Arabic or Chinese have no trigrams and are not found.
    [...args, '--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=icu', '--icu-locale=de'],
    {
      ...runAs(),
      cwd: dirname(folder),
      env: { LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
    },
  );
  rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`Postgres could not make its data folder ${folder}: ${result.stderr || String(result.error)}`);
}

// postmaster.pid stays behind when the machine or the postmaster was killed. A number that now belongs to another program
// would make Postgres refuse to start; one that is still our postmaster has to end first.
async function endLeftover(folder: string): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile) || !existsSync('/proc/self/cmdline')) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (isPostmasterOf(folder, pid)) {
    process.kill(pid, 'SIGINT');
    await waitUntil(() => Promise.resolve(!isPostmasterOf(folder, pid)), { timeoutMs: 15_000 });
  }
  if (!isPostmasterOf(folder, pid)) rmSync(pidFile, { force: true });
}

function isPostmasterOf(folder: string, pid: number): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command.includes(folder);
  } catch {
    return false;
  }
}

async function answers(url: string, folder: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === INVALID_PASSWORD) {
      throw new Error(
        `The database in ${folder} was made with another password than the one in secrets.json. Put the secrets.json back that belongs to it, or move ${folder} away to begin with an empty one.`,
        { cause: error },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
