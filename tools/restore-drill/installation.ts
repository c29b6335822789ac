import { execFile } from 'node:child_process';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import type { PayoutFeedItem } from '#contracts/finance';
import { requestDemoToken } from '../identity-provider/demo-token';
import { loadStackSettings } from '../stack/settings';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

/** One installation of the platform by docker compose, as on a host of its own: a project with volumes and ports of its own. */
export class Installation {
  readonly natsUrl: string;
  readonly api: ApiClient;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly address: string;
  private readonly issuer: string;

  constructor(project: string, portsFrom: number) {
    const [gateway, provider, nats] = [portsFrom, portsFrom + 1, portsFrom + 2];
    this.address = `http://127.0.0.1:${gateway}`;
    this.issuer = `http://127.0.0.1:${provider}`;
    this.natsUrl = `nats://127.0.0.1:${nats}`;
    this.environment = {
      ...process.env,
      COMPOSE_PROJECT_NAME: project,
      COMPOSE_PROFILES: 'demo',
      FUND_VERSION: 'drill',
      PORT: String(gateway),
      OIDC_PORT: String(provider),
      NATS_PORT: String(nats),
      OIDC_ISSUER: this.issuer,
    };
    this.api = new ApiClient(
      this.address,
      async (demoUser) => (await requestDemoToken({ issuer: this.issuer, ...demoUser })).token,
    );
  }

  /** Runs a program for this installation; answers also when it fails. */
  attempt(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const { root } = loadStackSettings();
    return new Promise((resolve) => {
      execFile(
        program,
        [...args],
        { cwd: root, env: { ...this.environment, ...more }, maxBuffer: OUTPUT_BYTES_MAX },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) || 1 : 0, stdout, stderr }),
      );
    });
  }

  /** The same, and throws when it fails. */
  async run(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(program, args, more);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  compose(...args: string[]): Promise<string> {
    return this.run('docker', ['compose', ...args]);
  }

  async demo(): Promise<void> {
    await this.run(process.execPath, ['dist/tools/demo/main.js'], {
      FUND_API_URL: this.address,
      NATS_URL: this.natsUrl,
      NATS_PASSWORD_FINANCE_DEPARTMENT: await this.natsPassword(),
    });
  }

  async natsPassword(): Promise<string> {
    const secret = '/run/secrets/fund/NATS_PASSWORD';
    return (await this.compose('run', '--rm', '--no-deps', '-T', 'finance-department', 'cat', secret)).trim();
  }

  /** Everything the feed has. */
  async feed(): Promise<PayoutFeedItem[]> {
    const items: PayoutFeedItem[] = [];
    for (let after = '0'; ;) {
      const page: { items: PayoutFeedItem[]; next: string } = await this.api.get(
        user('finance-officer'),
        `/payout-feed?after=${after}&limit=500`,
      );
      if (page.items.length === 0) return items;
      items.push(...page.items);
      after = page.next;
    }
  }

  async query(sql: string): Promise<string> {
    const psql = ['psql', '-qtAX', '-U', 'postgres', '-d', 'fund', '-c', sql];
    return (await this.compose('exec', '-T', 'postgres', ...psql)).trim();
  }

  async end(): Promise<void> {
    await this.attempt('docker', ['compose', 'down', '--volumes', '--timeout', '20']);
  }
}
