import { OPERATIONS, type ServiceName } from '#contracts';
import { importBankMessage, readPayoutFeed } from '#contracts/finance';
import { getEvent, listEvents } from '#contracts/events';
import { startTestIssuer, TEST_AUDIENCE, TEST_TOKEN_LIFE_MINUTES, TestBroker, type TestIssuer } from '#testing';
import type { Call } from '../call';
import { Clock } from '../clock';
import { PlatformConfig, platformConfigSchema } from '../config';
import { HealthRegistry } from '../health';
import { newId } from '../id';
import { IssuerKeys } from '../issuer-keys';
import { Nats } from '../nats-connection';
import { TokenVerifier } from '../token-verifier';
import { RpcClient } from './rpc-client';
import { RpcServer } from './rpc-server';

/** Answers any operation of the service; what it gives is the reply as it is. */
export type TestHandler = (request: Record<string, unknown>, call: Call) => unknown;
type Settings = Partial<Record<'RPC_CALLS_MAX' | 'RPC_LONG_CALLS_MAX' | 'CONTRACT_CHECKS', string>>;

/** Replicas with handlers of the test's choice, and clients that call them, on a broker with the permissions of production. */
export class RpcWorld {
  private readonly closing: (() => Promise<void>)[] = [];

  private end: () => void = () => undefined;
  /** What a handler that hangs waits for. */
  ended: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly broker: TestBroker,
    readonly issuer: TestIssuer,
    readonly token: string,
  ) {}

  static async start(): Promise<RpcWorld> {
    const [broker, issuer] = await Promise.all([TestBroker.start(), startTestIssuer()]);
    const token = await issuer.token({ subject: 'a', roles: ['auditor', 'cashier'] });
    return new RpcWorld(broker, issuer, token);
  }

  begin(): void {
    this.ended = new Promise((resolve) => {
      this.end = () => {
        resolve(undefined);
      };
    });
  }

  async replica(name: ServiceName, handler: TestHandler, settings: Settings = {}): Promise<Replica> {
    const { config, nats, health } = this.process(name, settings);
    const clock = new Clock();
    const tokens = new TokenVerifier(config, clock, new IssuerKeys(config, clock, health));
    const server = new RpcServer(config, nats, tokens, health);
    for (const operation of OPERATIONS.filter(({ service }) => service === name))
      server.register(operation, (request, call) => handler(request as Record<string, unknown>, call));
    await new Promise<void>((resolve, reject) => {
      server.listen((error) => {
        if (error === undefined) resolve();
        else reject(new Error('the replica did not start', { cause: error }));
      });
    });
    const stop = once(async () => {
      await server.close();
      await nats.onApplicationShutdown();
    });
    this.closing.push(stop);
    return { nats, stop };
  }

  async client(settings: Settings = {}): Promise<TestClient> {
    const { config, nats } = this.process('gateway', settings);
    const rpc = new RpcClient(nats, config);
    await rpc.onModuleInit();
    this.closing.push(async () => {
      rpc.onApplicationShutdown();
      await nats.onApplicationShutdown();
    });
    const { token } = this;
    return {
      rpc,
      nats,
      get: (more = {}) => rpc.call(getEvent, { eventId: newId() }, { token, ...more }),
      list: (cursor = '') => rpc.callRaw(listEvents, { cursor }, { token }),
      import: (content) =>
        rpc.callRaw(importBankMessage, { content, fileName: 'f' }, { token, idempotencyKey: newId() }),
      poll: () => rpc.callRaw(readPayoutFeed, {}, { token }),
    };
  }

  /** Ends what was started since the last time. */
  async clear(): Promise<void> {
    this.end();
    for (const close of this.closing.splice(0).reverse()) await close();
  }

  async close(): Promise<void> {
    await this.clear();
    await this.broker.stop();
    await this.issuer.stop();
  }

  private process(name: ServiceName | 'gateway', settings: Settings) {
    const values = platformConfigSchema.parse({
      NODE_ENV: 'test',
      NATS_URL: this.broker.url,
      NATS_USER: name,
      NATS_PASSWORD: this.broker.password(name),
      OIDC_ISSUER: this.issuer.url,
      OIDC_JWKS_URL: `${this.issuer.url}/jwks`,
      OIDC_AUDIENCE: TEST_AUDIENCE,
      OIDC_TOKEN_LIFE_MAX_MINUTES: TEST_TOKEN_LIFE_MINUTES,
      ...settings,
    });
    const [config, health] = [new PlatformConfig(name, values), new HealthRegistry()];
    return { config, health, nats: new Nats(config, health) };
  }
}

export interface Replica {
  readonly nats: Nats;
  stop(): Promise<void>;
}

export interface TestClient {
  readonly rpc: RpcClient;
  readonly nats: Nats;
  get(context?: { deadlineAt?: number; token?: string }): Promise<unknown>;
  list(cursor?: string): ReturnType<RpcClient['callRaw']>;
  /** A call to finance with a text as large as wanted. */
  import(content: string): ReturnType<RpcClient['callRaw']>;
  /** A long call to finance. */
  poll(): ReturnType<RpcClient['callRaw']>;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
