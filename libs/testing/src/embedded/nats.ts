import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { type GuardedProcess, spawnGuarded } from './guarded-process';
import { LogFile } from './log-file';
import { type NatsPasswords, NATS_USERS, natsPasswordVariable } from './nats-users';
import { isListening, waitUntil } from './ports';
import { repositoryRoot } from './repository-root';

/** Large streams are read before it listens; a server that cannot start ends by itself before. */
const START_LIMIT_MS = 120_000;

export interface EmbeddedNatsOptions {
  readonly binary: string;
  /** Holds configuration and JetStream's store; made when absent. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly passwords: NatsPasswords;
  readonly logFile: string;
  /** Told when the log cannot be written. */
  readonly say?: (sentence: string) => void;
  /** `throwaway` leaves it to the system when messages reach the disk and is for tests alone. */
  readonly durability: 'durable' | 'throwaway';
  /** Lines of the block `tls`; then nothing is served without. */
  readonly tls?: readonly string[];
}

export interface EmbeddedNats {
  readonly url: string;
  readonly port: number;
  readonly process: GuardedProcess;
}

/** Starts nats-server with JetStream on the loopback interface, with the same users and permissions as in production. */
export async function startEmbeddedNats(options: EmbeddedNatsOptions): Promise<EmbeddedNats> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  for (const file of portFiles(options.folder)) rmSync(join(options.folder, file));
  const configuration = join(options.folder, 'nats-server.conf');
  writeFileSync(configuration, configurationOf(options), { mode: 0o600 });
  const guarded = spawnGuarded(options.binary, ['-c', configuration, '--ports_file_dir', options.folder], {
    cwd: options.folder,
    env: { GOMEMLIMIT: '200MiB', ...oneThread(), ...natsPasswordEnvironment(options.passwords) },
    stdio: ['ignore', 'pipe', 'pipe'],
    stopSignal: 'SIGTERM',
  });
  const log = new LogFile(options.logFile, { say: options.say }).follow(guarded.child.stdout, guarded.child.stderr);
  void guarded.exited.then(() => log.close());
  let port = options.port;
  const isReady = async (): Promise<boolean> => {
    if (port === 0) port = portOf(options.folder) ?? 0;
    return port !== 0 && isListening(port);
  };
  if (!(await waitUntil(isReady, { timeoutMs: START_LIMIT_MS, gone: guarded.exited }))) {
    await guarded.stop();
    throw new Error(`nats-server did not start; the reason stands at the end of ${options.logFile}.`);
  }
  return { url: `nats://127.0.0.1:${port}`, port, process: guarded };
}

/** On two processors a second thread of the broker takes more from Postgres and the services than it gives. */
function oneThread(): Record<string, string> {
  return availableParallelism() <= 2 ? { GOMAXPROCS: '1' } : {};
}

/** The variables that `deploy/nats/authorization.conf` takes the passwords from. */
export function natsPasswordEnvironment(passwords: NatsPasswords): Record<string, string> {
  return Object.fromEntries(NATS_USERS.map((user) => [natsPasswordVariable(user), passwords[user]]));
}

function configurationOf({ folder, port, durability, tls }: EmbeddedNatsOptions): string {
  const isDurable = durability === 'durable';
  // nats-server joins the path of an include to the folder of the file, even when it is absolute.
  const shipped = (name: string) => relative(folder, join(repositoryRoot(), 'deploy', 'nats', name));
  return [
    `listen: "127.0.0.1:${port === 0 ? -1 : port}"`,
    'server_name: "fund-embedded"',
    `jetstream { store_dir: "${join(folder, 'store')}", max_memory_store: 64MB, max_file_store: 10GB${isDurable ? ', sync_interval: always' : ''} }`,
    ...(tls ? [`tls { ${tls.join(', ')} }`] : []),
    `include "${shipped('limits.conf')}"`,
    `include "${shipped('authorization.conf')}"`,
    '',
  ].join('\n');
}

function portFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.ports'));
}

function portOf(folder: string): number | undefined {
  const [file] = portFiles(folder);
  if (!file) return undefined;
  try {
    const { nats } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nats?: string[] };
    return Number(nats?.[0]?.split(':').at(-1)) || undefined;
  } catch {
    // The server is still writing it.
    return undefined;
  }
}
