import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import { HealthRegistry, Nats, newId, PlatformConfig, platformConfigSchema, RpcClient } from '#platform';
import type { TestCaller } from './test-caller';
import type { TestIssuer } from './test-issuer';
import type { TestBroker } from './test-nats';

/** A machine under load answers late, not never; whether a deadline holds is the matter of the transport's own tests. */
export const TEST_DEADLINE_MS = '20000';

export interface CallOptions {
  /** A new one is made for every call that needs one, unless the test gives its own. */
  readonly idempotencyKey?: string;
  /** What a client would send as `If-Match`. */
  readonly expectedVersion?: number;
  readonly correlationId?: string;
  /** What the gateway makes of `Accept-Language`. */
  readonly language?: 'de' | 'en';
}

/** Calls operations as the gateway does: over NATS, with a signed token, under the gateway's own rights. */
export class TestRpc {
  private constructor(
    private readonly nats: Nats,
    private readonly client: RpcClient,
    private readonly issuer: TestIssuer,
  ) {}

  static async connect(broker: TestBroker, issuer: TestIssuer): Promise<TestRpc> {
    const values = platformConfigSchema.parse({
      NODE_ENV: 'test',
      NATS_URL: broker.url,
      NATS_USER: 'gateway',
      NATS_PASSWORD: broker.password('gateway'),
      OIDC_ISSUER: issuer.url,
      RPC_DEADLINE_MS: TEST_DEADLINE_MS,
    });
    const config = new PlatformConfig('gateway', values);
    const nats = new Nats(config, new HealthRegistry());
    const client = new RpcClient(nats, config);
    await client.onModuleInit();
    return new TestRpc(nats, client, issuer);
  }

  async call<O extends Operation>(
    operation: O,
    request: RequestInputOf<O>,
    as: TestCaller | undefined,
    options: CallOptions = {},
  ): Promise<ReplyOf<O>> {
    const isKeyNeeded = operation.idempotency === 'required';
    return this.client.call(operation, request, {
      token: as ? await this.issuer.token(as) : '',
      idempotencyKey: options.idempotencyKey ?? (isKeyNeeded ? newId() : undefined),
      expectedVersion: options.expectedVersion,
      correlationId: options.correlationId,
      language: options.language,
    });
  }

  close(): Promise<void> {
    this.client.onApplicationShutdown();
    return this.nats.onApplicationShutdown();
  }
}
