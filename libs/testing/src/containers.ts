import { join } from 'node:path';
import { natsPasswordEnvironment, type NatsPasswords, newPassword, repositoryRoot, runCommand } from './embedded';
import { RUN_VARIABLE } from './run-environment';
import type { TestNats, TestPostgres } from './test-servers';

const POSTGRES_IMAGE = 'postgres:18';
const NATS_IMAGE = 'nats:2.12';
// Durability costs time and a test's data is thrown away.
const POSTGRES_COMMAND = [
  'postgres',
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
  '-c',
  'max_connections=300',
];

const RUN_LABEL = 'fachkraeftefonds.test-run';

/** Removes what the test files of this run left behind: one that crashed or timed out never stopped its NATS server. */
export async function removeContainersOfRun(): Promise<void> {
  const filter = `label=${RUN_LABEL}=${process.env[RUN_VARIABLE] ?? 'none'}`;
  const { output } = await runCommand('docker', ['ps', '--all', '--quiet', '--filter', filter]);
  const ids = output.split('\n').filter((line) => /^[0-9a-f]{12}$/.test(line));
  if (ids.length > 0) await runCommand('docker', ['rm', '--force', '--volumes', ...ids]);
}

/** Whether a Docker engine answers within a few seconds. */
export async function hasContainerEngine(): Promise<boolean> {
  return (await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 5_000 })).isOk;
}

export async function startPostgresContainer(): Promise<TestPostgres> {
  disableReaper();
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(POSTGRES_IMAGE)
    .withUsername('postgres')
    .withPassword(newPassword())
    .withDatabase('postgres')
    .withCommand(POSTGRES_COMMAND)
    .withTmpFs({ '/var/lib/postgresql': 'rw' })
    .start();
  return {
    adminUrl: container.getConnectionUri(),
    stop: async () => {
      await container.stop();
    },
  };
}

export async function startNatsContainer(passwords: NatsPasswords): Promise<TestNats> {
  disableReaper();
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(NATS_IMAGE)
    .withEnvironment(natsPasswordEnvironment(passwords))
    .withCopyDirectoriesToContainer([{ source: join(repositoryRoot(), 'deploy', 'nats'), target: '/etc/fund' }])
    .withCommand(['-c', '/etc/fund/nats-server.conf'])
    .withLabels({ [RUN_LABEL]: process.env[RUN_VARIABLE] ?? 'none' })
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage('Server is ready'))
    .start();
  return {
    url: `nats://${container.getHost()}:${container.getMappedPort(4222)}`,
    passwords,
    stop: async () => {
      await container.stop();
    },
  };
}

// The reaper is one more image to pull; what we start we also stop, and the label org.testcontainers finds what is left.
function disableReaper(): void {
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
}
