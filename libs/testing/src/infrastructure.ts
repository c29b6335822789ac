import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasContainerEngine, startNatsContainer, startPostgresContainer } from './containers';
import {
  findNatsServer,
  freePort,
  type NatsPasswords,
  NATS_USERS,
  natsPasswordVariable,
  newNatsPasswords,
  newPassword,
  startEmbeddedNats,
  startEmbeddedPostgres,
} from './embedded';
import { KIND_VARIABLE, POSTGRES_VARIABLE } from './run-environment';
import type { TestNats, TestPostgres } from './test-servers';

/** `given`: servers named in the environment; `containers`: a Docker engine; `embedded`: processes of this machine. */
export type InfrastructureKind = 'given' | 'containers' | 'embedded';

export interface Infrastructure {
  readonly kind: InfrastructureKind;
  readonly postgresAdminUrl: string;
  /** Connects as `admin`. */
  readonly natsUrl: string;
  readonly natsPasswords: NatsPasswords;
  stop(): Promise<void>;
}

/** Starts Postgres and NATS with JetStream for a test, a bench or a rehearsal, by the best means this machine has. */
export async function startInfrastructure(kind?: InfrastructureKind): Promise<Infrastructure> {
  const chosen = kind ?? (await chooseInfrastructure());
  const postgres = await startPostgres(chosen);
  try {
    const nats = await startNats(chosen);
    return {
      kind: chosen,
      postgresAdminUrl: postgres.adminUrl,
      natsUrl: nats.url.replace('nats://', `nats://admin:${nats.passwords.admin}@`),
      natsPasswords: nats.passwords,
      stop: async () => {
        await nats.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** FUND_TEST_INFRASTRUCTURE decides when set; else servers that are given, else an engine that answers, else our own processes. */
export async function chooseInfrastructure(environment: NodeJS.ProcessEnv = process.env): Promise<InfrastructureKind> {
  const forced = environment[KIND_VARIABLE];
  if (forced === 'given' || forced === 'containers' || forced === 'embedded') return forced;
  if (forced) throw new Error(`${KIND_VARIABLE} is "${forced}"; it can be given, containers or embedded.`);
  if (environment[POSTGRES_VARIABLE] && environment['TEST_NATS_URL']) return 'given';
  return (await hasContainerEngine()) ? 'containers' : 'embedded';
}

export async function startPostgres(kind: InfrastructureKind): Promise<TestPostgres> {
  if (kind === 'containers') return startPostgresContainer();
  if (kind === 'given') return { adminUrl: given(POSTGRES_VARIABLE), stop: () => Promise.resolve() };
  const folder = temporaryFolder('fund-postgres-');
  const postgres = await startEmbeddedPostgres({
    folder: join(folder, 'data'),
    port: await freePort(),
    password: newPassword(),
    logFile: join(folder, 'postgres.log'),
    durability: 'throwaway',
    maxConnections: 300,
  });
  return {
    adminUrl: postgres.adminUrl,
    stop: async () => {
      await postgres.process.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * One NATS server for the caller alone. Subjects are fixed by the contracts, so tests that ran on one server at the same
 * time would read each other's messages; a server of their own costs 40 ms as a process and about a second as a container.
 */
export async function startNats(kind: InfrastructureKind): Promise<TestNats> {
  if (kind === 'containers') return startNatsContainer(newNatsPasswords());
  if (kind === 'given')
    return { url: given('TEST_NATS_URL'), passwords: givenPasswords(), stop: () => Promise.resolve() };
  const folder = temporaryFolder('fund-nats-');
  const passwords = newNatsPasswords();
  const nats = await startEmbeddedNats({
    binary: await findNatsServer((sentence) => process.stderr.write(`${sentence}\n`)),
    folder: join(folder, 'server'),
    port: 0,
    passwords,
    logFile: join(folder, 'nats.log'),
    durability: 'throwaway',
  });
  return {
    url: nats.url,
    passwords,
    stop: async () => {
      await nats.process.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // As root, Postgres runs as nobody and has to pass through here.
  chmodSync(folder, 0o755);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

// A given server carries the users of deploy/nats, with the passwords in the same variables.
function givenPasswords(): NatsPasswords {
  return Object.fromEntries(NATS_USERS.map((user) => [user, given(natsPasswordVariable(user))])) as NatsPasswords;
}
