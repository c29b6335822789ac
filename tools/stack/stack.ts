import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceName } from '#contracts';
import { type Say, waitUntil } from '#testing/embedded';
import { type Environment, gatewayAddress, StackEnvironment, opsPort } from './environment';
import { assertOwnServersAnswer } from './own-servers';
import { postgresFolder } from './postgres-folder';
import { isKeptWaiting, isReady, whyNotReady } from './readiness';
import { runStep } from './run-step';
import { loadSecrets } from './secrets';
import { type Server, startNatsServer, startPostgresServer } from './servers';
import type { StackSettings } from './settings';
import { StuckBroker } from './stuck-broker';
import { SupervisedProcess } from './supervised-process';
import { SERVICE_NAMES } from './service-names';

/**
 * MiB of old space. Ceilings, not what a process takes: at the start it is the same with half of them, and 500 clients for a minute
 * or 20,000 waiting messages leave more than half of it free. Finance reads whole bank files.
 */
const HEAP_MIB = { usual: 384, finance: 512 };
/**
 * MiB of the young generation. In finance many orders share a transaction: what they hold while they wait for Postgres does not fit into
 * two, and was promoted only to be found dead; that took more of the process than the orders themselves.
 */
const NURSERY_MIB = { usual: 2, finance: 8 };
/** For a process that is asked now and then: memory counts there, not speed. */
const FOR_SIZE = '--optimize-for-size';
const READY_LIMIT_MS = 60_000;
const READY_POLL_MS = 50;
const PROVIDER_LIMIT_MS = 10_000;

/** Everything that `npm start` runs, started in the order of who needs whom and stopped in the reverse. */
export class Stack {
  private servers: Server[] = [];
  private processes: SupervisedProcess[] = [];
  private migration: Environment | undefined;
  private broker: StuckBroker | undefined;
  /** For the programs that fill in demo data; undefined where there is none. */
  private demo: Environment | undefined;
  private readonly steps = new AbortController();
  private isStopping = false;

  constructor(
    private readonly settings: StackSettings,
    private readonly say: Say,
  ) {}

  get issuer(): string {
    return this.settings.OIDC_ISSUER ?? `http://127.0.0.1:${this.settings.OIDC_PORT}`;
  }

  get natsUrl(): string {
    return this.settings.NATS_URL ?? `nats://127.0.0.1:${this.settings.NATS_PORT}`;
  }

  /** Where the database is, without a user. */
  get databaseUrl(): string {
    const url = new URL(this.settings.DATABASE_ADMIN_URL ?? `postgres://127.0.0.1:${this.settings.POSTGRES_PORT}/fund`);
    Object.assign(url, { username: '', password: '' });
    return url.toString();
  }

  /** Resolves when the gateway and all services are ready; throws a sentence when that cannot be. */
  async start(): Promise<void> {
    this.prepareLogs();
    const { settings, say } = this;
    await assertOwnServersAnswer(settings);
    const folder = postgresFolder(settings.dataFolder, say);
    const secrets = await loadSecrets(settings.dataFolder);
    const starting = [
      startPostgresServer(settings, secrets, { say, folder }),
      startNatsServer(settings, secrets, { say, onRestarted: () => this.renewStreams() }),
    ] as const;
    // Waits for both even when one fails: what did start has to be known to be stopped.
    const outcomes = await Promise.allSettled(starting);
    this.servers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const [postgres, nats] = await Promise.all(starting);
    say(
      `Postgres ${settings.DATABASE_ADMIN_URL ? 'is yours' : `listens on port ${settings.POSTGRES_PORT}`}, NATS ${settings.NATS_URL ? 'is yours' : `on port ${settings.NATS_PORT}`}.`,
    );
    const environment = new StackEnvironment(settings, secrets, {
      databaseAdminUrl: postgres.url,
      natsUrl: nats.url,
      issuer: this.issuer,
    });
    if (!settings.OIDC_ISSUER)
      this.supervise('identity-provider', 'tools/identity-provider/main.js', environment.identityProvider(), FOR_SIZE);
    this.migration = environment.migration();
    await this.step('migrate', this.migration);
    // The services ask for its keys first of all.
    if (!settings.OIDC_ISSUER)
      await waitUntil(() => isReady(`${this.issuer}/health/ready`), { timeoutMs: PROVIDER_LIMIT_MS });
    say('Schemas and streams are up to date; starting the five services.');
    for (const service of SERVICE_NAMES)
      this.supervise(service, `apps/${service}/src/main.js`, environment.service(service));
    this.supervise('gateway', 'apps/gateway/src/main.js', environment.gateway());
    await this.waitUntilReady();
    this.watchBroker(nats);
    if (settings.OIDC_ISSUER) {
      say('No demo data is filled in, because the demo users are not those of your OpenID provider.');
    } else if (existsSync(this.program('tools/seed/main.js'))) {
      say('Filling in demo data.');
      this.demo = environment.client();
      await this.step('seed/main', this.demo);
    }
  }

  /** Gives a new platform some life, beside the work of whoever has begun already. */
  async tellStory(): Promise<void> {
    const environment = this.demo;
    if (!environment || this.settings.DEMO_STORY === 'false') return;
    await this.step('seed/story', environment).catch((error: unknown) =>
      this.say(`The demo's story could not be told to its end, the platform works nevertheless. ${String(error)}`),
    );
  }

  async stop(): Promise<void> {
    if (this.isStopping) return;
    this.isStopping = true;
    this.steps.abort();
    this.broker?.stop();
    const isGateway = ({ name }: SupervisedProcess): boolean => name === 'gateway';
    const isProvider = ({ name }: SupervisedProcess): boolean => name === 'identity-provider';
    const rest = this.processes.filter((it) => !isGateway(it) && !isProvider(it));
    // First no new requests, then the work in hand, then what it stands on.
    for (const group of [this.processes.filter(isGateway), rest, this.processes.filter(isProvider)]) {
      await Promise.all(group.map((process) => process.stop()));
    }
    for (const server of [...this.servers].reverse()) await server.stop();
  }

  /** Resident memory of our Node processes in MiB, with npm's own, as the system counts it; 0 where it does not tell. */
  memoryMb(): number {
    const npm = process.env['npm_lifecycle_event'] === undefined ? [] : [process.ppid];
    const pids = [process.pid, ...npm, ...this.processes.flatMap(({ pid }) => pid ?? [])];
    return Math.round(pids.reduce((sum, pid) => sum + residentMb(pid), 0));
  }

  private watchBroker({ restart }: Server): void {
    if (!restart || this.isStopping) return;
    const signs = {
      waitingService: async () => {
        const waits = await Promise.all(SERVICE_NAMES.map((service) => isKeptWaiting(this.readyUrl(service))));
        return SERVICE_NAMES.find((_, index) => waits[index]);
      },
      freeMiB: async () => {
        const { bavail, bsize } = await statfs(this.settings.dataFolder);
        return (bavail * bsize) / 1024 / 1024;
      },
    };
    this.broker = new StuckBroker(signs, restart, this.say);
    this.broker.start();
  }

  private readyUrl(service: ServiceName): string {
    return `http://127.0.0.1:${opsPort(this.settings, service)}/health/ready`;
  }

  private supervise(name: string, file: string, environment: Record<string, string>, ...more: readonly string[]): void {
    if (this.isStopping) return;
    const size = name === 'finance' ? 'finance' : 'usual';
    const flags = [`--max-old-space-size=${HEAP_MIB[size]}`, `--max-semi-space-size=${NURSERY_MIB[size]}`, ...more];
    const supervised = new SupervisedProcess(
      { name, file: this.program(file), environment, logFile: this.log(name), flags },
      this.say,
    );
    this.processes.push(supervised);
    supervised.start();
  }

  private async step(name: string, environment: Record<string, string>): Promise<void> {
    const logFile = this.log(name.replace('/main', '').replace('/', '-'));
    const { signal } = this.steps;
    const fault = await runStep({ file: this.program(`tools/${name}.js`), environment, logFile, signal });
    if (fault && !this.isStopping) throw new Error(fault);
  }

  /** A broker whose disk was lost has no streams any more, and the services may not make them. */
  private async renewStreams(): Promise<void> {
    if (!this.migration || this.isStopping) return;
    await this.step('migrate', this.migration).catch((error: unknown) =>
      this.say(`The streams could not be made anew; try "npm run recheck". ${String(error)}`),
    );
  }

  private async waitUntilReady(): Promise<void> {
    const waitingFor = new Map<string, string>([
      ['gateway', `${gatewayAddress(this.settings)}/health/ready`],
      ...SERVICE_NAMES.map((service) => [service, this.readyUrl(service)] as const),
      ...(this.settings.OIDC_ISSUER ? [] : [['identity-provider', `${this.issuer}/health/ready`] as const]),
    ]);
    for (const end = Date.now() + READY_LIMIT_MS; waitingFor.size > 0 && !this.isStopping;) {
      for (const [name, url] of waitingFor) if (await isReady(url)) waitingFor.delete(name);
      // Started again, it would refuse again; once it has run, it may have been the database that was away.
      const refusals = this.processes.flatMap(({ refusal }) => refusal ?? []);
      if (refusals.length > 0) throw new Error(refusals.join('\n'));
      if (Date.now() > end) throw new Error(await this.lateness(waitingFor));
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
  }

  private async lateness(waitingFor: ReadonlyMap<string, string>): Promise<string> {
    const lines = [...waitingFor].map(
      async ([name, url]) => `  ${name}: ${(await whyNotReady(url)) ?? 'no answer'}; its log: ${this.log(name)}`,
    );
    return `Not ready after ${READY_LIMIT_MS / 1000} s:\n${(await Promise.all(lines)).join('\n')}`;
  }

  // The log of the start before this one stays beside it; older ones would only fill the disk.
  private prepareLogs(): void {
    mkdirSync(join(this.settings.dataFolder, 'logs'), { recursive: true });
    for (const name of [
      'postgres',
      'nats-server',
      'identity-provider',
      'migrate',
      'seed',
      'seed-story',
      'gateway',
      ...SERVICE_NAMES,
    ]) {
      if (existsSync(this.log(name))) renameSync(this.log(name), `${this.log(name)}.1`);
    }
  }

  private log(name: string): string {
    return join(this.settings.dataFolder, 'logs', `${name}.log`);
  }

  private program(file: string): string {
    return join(this.settings.root, 'dist', file);
  }
}

function residentMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
