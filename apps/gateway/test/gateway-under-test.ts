import net from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startTestIssuer, TEST_AUDIENCE, TEST_TOKEN_LIFE_MINUTES, TestBroker, type TestIssuer } from '#testing';
import { createGateway } from '../src/start-gateway';

/** Gateways that listen for real, on one broker, with no service behind them. */
export class GatewaysUnderTest {
  readonly apps: NestFastifyApplication[] = [];

  private constructor(
    readonly broker: TestBroker,
    readonly issuer: TestIssuer,
  ) {}

  static async start(count: number, settings: Record<string, string> = {}): Promise<GatewaysUnderTest> {
    const [broker, issuer] = await Promise.all([TestBroker.start(), startTestIssuer()]);
    const under = new GatewaysUnderTest(broker, issuer);
    for (let index = 0; index < count; index += 1) under.apps.push(await under.startOne(settings));
    return under;
  }

  async startOne(settings: Record<string, string>): Promise<NestFastifyApplication> {
    Object.assign(process.env, {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      NATS_URL: this.broker.url,
      NATS_USER: 'gateway',
      NATS_PASSWORD: this.broker.password('gateway'),
      OIDC_ISSUER: this.issuer.url,
      OIDC_AUDIENCE: TEST_AUDIENCE,
      OIDC_TOKEN_LIFE_MAX_MINUTES: TEST_TOKEN_LIFE_MINUTES,
      OPS_PORT: '0',
      // Whether the pages were built here does not matter.
      WEB_CLIENT_FOLDER: '/no/web/client',
      ...settings,
    });
    const app = await createGateway();
    app.useLogger(false);
    for (const name of Object.keys(settings)) Reflect.deleteProperty(process.env, name);
    await app.listen(Number(settings.PORT ?? 0), '127.0.0.1');
    return app;
  }

  get app(): NestFastifyApplication {
    const [app] = this.apps;
    if (!app) throw new Error('no gateway runs');
    return app;
  }

  port(index = 0): number {
    const address = (this.apps[index]?.getHttpServer() as net.Server).address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    return address.port;
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
    await this.broker.stop();
    await this.issuer.stop();
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends bytes as they are, and reads one answer: what a careless or hostile client does. Rejects when the connection ends without one. */
export function sendRaw(port: number, bytes: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.setEncoding('latin1');
    const end = (): void => {
      socket.destroy();
      const answer = parsed(text);
      if (answer) resolve(answer);
      else reject(new Error(`no answer, only ${JSON.stringify(text)}`));
    };
    socket.on('data', (chunk: string) => {
      text += chunk;
      const answer = parsed(text);
      const isHead = bytes.startsWith('HEAD ');
      if (answer && (isHead || answer.body.length >= Number(answer.headers['content-length'] ?? 0))) end();
    });
    socket.on('end', end).on('error', end);
  });
}

function parsed(text: string): RawAnswer | undefined {
  const split = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  if (split < 0 || status === undefined) return undefined;
  const lines = text.slice(0, split).split('\r\n').slice(1);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(status), headers, body: text.slice(split + 4) };
}
