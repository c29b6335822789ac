import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseInfrastructure,
  createTestDatabase,
  eventually,
  POSTGRES_VARIABLE,
  RUN_VARIABLE,
  startPostgres,
  startTestIssuer,
  TEST_AUDIENCE,
  TestBroker,
  type TestDatabase,
  TestRpc,
} from '#testing';
import { freePort } from '#testing/embedded';
import { financeDataSource } from '../../apps/finance/src/data-source';

/** The same limits as `npm start` gives to a service. */
const NODE_FLAGS = ['--max-old-space-size=160', '--max-semi-space-size=2'];
const SAMPLE_MS = 20;
const MIB_IN_KIB = 1024;

/** The finance service in a process of its own, on a database and a broker of its own: what is measured is this process alone. */
export interface FinanceProcess {
  readonly rpc: TestRpc;
  readonly broker: TestBroker;
  readonly database: TestDatabase;
  /** Resident memory now, in MiB; 0 where the system does not tell (/proc). */
  memoryMiB(): number;
  /** Samples the resident memory during the work and answers its peak, in MiB; that of its own child processes apart. */
  peakDuring<T>(work: () => Promise<T>): Promise<Peak<T>>;
  stop(): Promise<void>;
}

interface Peak<T> {
  readonly result: T;
  readonly peakMiB: number;
  readonly childrenPeakMiB: number;
}

export async function startFinanceProcess(): Promise<FinanceProcess> {
  const postgres = await startPostgres(await chooseInfrastructure());
  Object.assign(process.env, {
    [POSTGRES_VARIABLE]: postgres.adminUrl,
    [RUN_VARIABLE]: randomBytes(3).toString('hex'),
  });
  const [broker, issuer, database] = await Promise.all([
    TestBroker.start(),
    startTestIssuer({ tokenMinutes: 120 }),
    createTestDatabase(financeDataSource),
  ]);
  const opsPort = await freePort();
  const checkpoints = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const child = fork(join(__dirname, '../../apps/finance/src/main.js'), {
    execArgv: NODE_FLAGS,
    stdio: ['ignore', 2, 2, 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      NATS_URL: broker.url,
      NATS_USER: 'finance',
      NATS_PASSWORD: broker.password('finance'),
      OIDC_ISSUER: issuer.url,
      OIDC_JWKS_URL: `${issuer.url}/jwks`,
      OIDC_AUDIENCE: TEST_AUDIENCE,
      DATABASE_URL: database.serviceUrl,
      CURSOR_SECRET: randomBytes(32).toString('base64url'),
      SIGNING_KEY: newKey(),
      CHECKPOINT_KEY: newKey(),
      CHECKPOINT_DIRECTORY: checkpoints,
      WEBHOOK_SECRET_KEY: randomBytes(32).toString('base64'),
      OPS_PORT: String(opsPort),
    },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    rmSync(checkpoints, { recursive: true });
    await broker.stop();
    await issuer.stop();
    await database.drop();
    await postgres.stop();
  };
  try {
    await isReady(child, opsPort);
    const rpc = await TestRpc.connect(broker, issuer);
    const memoryMiB = (): number => residentMiB(child.pid);
    return {
      rpc,
      broker,
      database,
      memoryMiB,
      peakDuring: (work) => peakDuring(child, work),
      stop: async () => {
        await rpc.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function isReady(child: ChildProcess, opsPort: number): Promise<void> {
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the finance service ended with code ${child.exitCode}`);
    const { ok } = await fetch(`http://127.0.0.1:${opsPort}/health/ready`);
    if (!ok) throw new Error('the finance service is not ready');
  }, 20_000);
}

async function peakDuring<T>({ pid }: ChildProcess, work: () => Promise<T>): Promise<Peak<T>> {
  let [peakMiB, childrenPeakMiB] = [residentMiB(pid), 0];
  const sampler = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(pid));
    childrenPeakMiB = Math.max(childrenPeakMiB, childrenMiB(pid));
  }, SAMPLE_MS);
  try {
    const result = await work();
    return { result, peakMiB, childrenPeakMiB };
  } finally {
    clearInterval(sampler);
  }
}

function childrenMiB(pid: number | undefined): number {
  try {
    const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return pids.reduce((sum, child) => sum + residentMiB(Number(child)), 0);
  } catch {
    return 0;
  }
}

function residentMiB(pid: number | undefined): number {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kib ?? 0) / MIB_IN_KIB);
  } catch {
    return 0;
  }
}
