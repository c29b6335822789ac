import type { INestMicroservice, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { DataOf, Message, Operation, OutgoingMessage, ReplyOf, RequestInputOf, ServiceName } from '#contracts';
import { Database, type DataSourceFactory } from '#database';
import { Clock, SERVICE_OPTIONS } from '#platform';
import { type Answer, StandIn } from './stand-in';
import type { TestCaller } from './test-caller';
import { createTestDatabase, type TestDatabase } from './test-database';
import { startTestIssuer, TEST_AUDIENCE, TEST_TOKEN_LIFE_MINUTES, type TestIssuer } from './test-issuer';
import { type PublishOptions, TestBroker } from './test-nats';
import { type CallOptions, TEST_DEADLINE_MS, TestRpc } from './test-rpc';

export interface TestServiceDeclaration {
  /** The service's Nest module, as `main.ts` starts it. */
  readonly module: Type;
  readonly dataSource: DataSourceFactory;
  /** Replaces the time of the service: `new FixedClock('2027-01-01T08:00:00Z')`. */
  readonly clock?: Clock;
  /** Variables of this service beyond the usual ones, such as MESSAGING_INBOX. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One service of a fleet. */
export interface FleetMember {
  readonly app: INestMicroservice;
  /** The service's own Database, under its own role. */
  readonly database: Database;
  readonly testDatabase: TestDatabase;
}

/** What a test does with one or several services that run for real. */
export interface TestFleet {
  readonly broker: TestBroker;
  readonly issuer: TestIssuer;
  member(service: ServiceName): FleetMember;
  /** As somebody, or as whoever brings no token. */
  rpc<O extends Operation>(
    operation: O,
    request: RequestInputOf<O>,
    as: TestCaller | undefined,
    options?: CallOptions,
  ): Promise<ReplyOf<O>>;
  /** Sends a message as the service that declares it; answers its id. */
  publish(message: OutgoingMessage, options?: PublishOptions): Promise<string>;
  /** The data of all messages of this kind in the stream, oldest first. */
  published<M extends Message>(message: M): Promise<DataOf<M>[]>;
  /** From now on a stand-in of a service that is no member answers this operation so; the first time starts it. */
  answer<O extends Operation>(operation: O, answer: Answer<O>): Promise<void>;
  /** Ends one service or stand-in, as SIGTERM would; its database stays. */
  stop(service: ServiceName): Promise<void>;
  /** Starts a service that was stopped, on the same database. */
  start(service: ServiceName): Promise<void>;
  close(): Promise<void>;
}

/** A fleet of one, with the service's own things at hand. */
export interface TestService extends TestFleet, FleetMember {
  /** One statement under the service's role, outside the service: what its rights and constraints allow. */
  asServiceRole: TestDatabase['asService'];
}

/** Starts one service in this process on its own database and NATS server. Stop it with `close()` in `afterAll`. */
export async function startTestService(declaration: TestServiceDeclaration): Promise<TestService> {
  const fleet = await startTestFleet([declaration]);
  const member = fleet.member(declaration.dataSource.declaration.service);
  return { ...fleet, ...member, asServiceRole: member.testDatabase.asService };
}

/** Starts several services in this process, each with its own database, on one NATS server: they talk as in production. */
export async function startTestFleet(declarations: readonly TestServiceDeclaration[]): Promise<TestFleet> {
  const [broker, issuer, databases] = await Promise.all([
    TestBroker.start(),
    startTestIssuer(),
    Promise.all(declarations.map(({ dataSource }) => createTestDatabase(dataSource))),
  ]);
  const members = new Map<ServiceName, FleetMember>();
  const boot = async (service: ServiceName): Promise<void> => {
    const index = declarations.findIndex(({ dataSource }) => dataSource.declaration.service === service);
    const declaration = declarations[index];
    const testDatabase = databases[index];
    if (!declaration || !testDatabase) throw new Error(`${service} is not part of this fleet`);
    members.set(service, await startMember(declaration, { broker, issuer, testDatabase }));
  };
  const member = (service: ServiceName): FleetMember => {
    const found = members.get(service);
    if (!found) throw new Error(`${service} does not run in this fleet`);
    return found;
  };
  const standIns = new Map<ServiceName, StandIn>();
  const answer = async <O extends Operation>(operation: O, its: Answer<O>): Promise<void> => {
    const { service } = operation;
    if (members.has(service)) throw new Error(`${service} is part of this fleet and answers itself`);
    const known = standIns.get(service);
    const standIn = known ?? new StandIn(service);
    standIn.answer(operation, its);
    if (known) return;
    standIns.set(service, standIn);
    setEnvironment({ service, broker, issuer });
    await standIn.start();
  };
  const stop = async (service: ServiceName): Promise<void> => {
    await (standIns.get(service)?.stop() ?? member(service).app.close());
    if (!standIns.delete(service)) members.delete(service);
  };
  const clear = async (): Promise<void> => {
    await broker.stop();
    await issuer.stop();
    await Promise.all(databases.map((database) => database.drop()));
  };
  try {
    // One after the other: each reads its configuration from the process environment while it starts.
    for (const { dataSource } of declarations) await boot(dataSource.declaration.service);
  } catch (error) {
    await Promise.all([...members.keys()].map(stop));
    await clear();
    throw error;
  }
  const rpc = await TestRpc.connect(broker, issuer);
  return {
    broker,
    issuer,
    member,
    rpc: (operation, request, as, options) => rpc.call(operation, request, as, options),
    publish: (message, options) => broker.publish(message, options),
    published: (message) => broker.published(message),
    answer,
    stop,
    start: boot,
    close: async () => {
      await Promise.all([...members.keys(), ...standIns.keys()].map(stop));
      await rpc.close();
      await clear();
    },
  };
}

interface Surroundings {
  readonly broker: TestBroker;
  readonly issuer: TestIssuer;
  readonly testDatabase: TestDatabase;
}

async function startMember(declaration: TestServiceDeclaration, around: Surroundings): Promise<FleetMember> {
  const { service } = declaration.dataSource.declaration;
  const { testDatabase } = around;
  setEnvironment({ service, ...around });
  Object.assign(process.env, {
    DATABASE_URL: testDatabase.serviceUrl,
    DATABASE_POOL_SIZE: '5',
    CURSOR_SECRET: 'a-cursor-secret-for-tests',
    ...declaration.environment,
  });
  const builder = Test.createTestingModule({ imports: [declaration.module] });
  if (declaration.clock) builder.overrideProvider(Clock).useValue(declaration.clock);
  const module = await builder.compile().finally(() => {
    for (const name of Object.keys(declaration.environment ?? {})) Reflect.deleteProperty(process.env, name);
  });
  const app = module.createNestMicroservice(SERVICE_OPTIONS);
  try {
    await app.listen();
  } catch (error) {
    // Half started, it has connections and timers: left alone they would outlive the test.
    await app.close();
    throw error;
  }
  return { app, database: app.get(Database), testDatabase };
}

/** What every process of the platform reads while it starts. */
function setEnvironment({
  service,
  broker,
  issuer,
}: Omit<Surroundings, 'testDatabase'> & { service: ServiceName }): void {
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
    NATS_URL: broker.url,
    NATS_USER: service,
    NATS_PASSWORD: broker.password(service),
    OIDC_ISSUER: issuer.url,
    OIDC_JWKS_URL: `${issuer.url}/jwks`,
    OIDC_AUDIENCE: TEST_AUDIENCE,
    OIDC_TOKEN_LIFE_MAX_MINUTES: TEST_TOKEN_LIFE_MINUTES,
    OPS_PORT: '0',
    RPC_DEADLINE_MS: TEST_DEADLINE_MS,
    // Every reply is checked against its contract before it leaves.
    CONTRACT_CHECKS: 'on',
  });
}
