import { Injectable, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type IncomingMessage, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import { fundCoverGranted } from '#contracts/finance';
import { createDataSource, Database, DatabaseModule, type DataSourceFactory, type Tx } from '#database';
import { Clock, newId, PlatformModule } from '#platform';
import { createTestDatabase, eventually, TestBroker, type TestDatabase } from '#testing';
import { Consume, MessagingModule, messagingMigrations, Outbox } from './index';

// One publisher and one consumer are enough here, whatever the platform's services subscribe to.
Object.assign(SUBSCRIPTIONS, { partnership: [], staffing: [fundCoverGranted], finance: [], events: [] });

export type Granted = IncomingMessage<typeof fundCoverGranted>;

class Effects1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE effect (place bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_effect PRIMARY KEY,
      message_id uuid NOT NULL, assignment_id uuid NOT NULL, version int NOT NULL, correlation_id text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effect');
  }
}

export const finance = createDataSource({ service: 'finance', entities: [], migrations: messagingMigrations });
export const staffing = createDataSource({
  service: 'staffing',
  entities: [],
  migrations: [...messagingMigrations, Effects1764000000000],
});

/** What the reaction does to a message before it writes its effect; tests set it. */
let reaction: (message: Granted) => Promise<void> = () => Promise.resolve();

@Injectable()
export class CoverConsumer {
  @Consume(fundCoverGranted)
  async granted(message: Granted, tx: Tx): Promise<void> {
    await reaction(message);
    await tx.query('INSERT INTO effect (message_id, assignment_id, version, correlation_id) VALUES ($1, $2, $3, $4)', [
      message.id,
      message.data.assignmentId,
      message.aggregateVersion,
      message.correlationId,
    ]);
  }
}

export function serviceModule(service: ServiceName, factory: DataSourceFactory, providers: Type[]): Type {
  @Module({
    imports: [
      PlatformModule.forService(service),
      DatabaseModule.forService(factory),
      MessagingModule.forService(service),
    ],
    providers,
  })
  class ServiceModule {}
  return ServiceModule;
}

/** Points this process's configuration at one service's database and identity. */
export function configure(service: ServiceName, around: { broker: TestBroker; database: TestDatabase }): void {
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    NATS_URL: around.broker.url,
    NATS_USER: service,
    NATS_PASSWORD: around.broker.password(service),
    OIDC_ISSUER: 'http://127.0.0.1:1',
    DATABASE_URL: around.database.serviceUrl,
    CURSOR_SECRET: 'a secret of this test',
    MESSAGING_INBOX: 'on',
    MESSAGING_RECONCILE_MS: '200',
    MESSAGING_RECEIPT_AFTER_MS: '300',
    MESSAGING_RETRY_MS: '5',
  });
}

export const granted = (assignmentId: string, version = 1) =>
  fundCoverGranted.of({
    aggregateId: assignmentId,
    aggregateVersion: version,
    data: {
      assignmentId,
      commitmentId: newId(),
      fundId: newId(),
      total: { amount: '1.00', currency: 'EUR' },
      byYear: [],
    },
  });

/** A publisher and a consumer with databases of their own on one broker; replicas of both come and go as a test likes. */
export class TwoServices {
  private readonly running = new Set<TestingModule>();

  private constructor(
    readonly broker: TestBroker,
    readonly financeDatabase: TestDatabase,
    readonly staffingDatabase: TestDatabase,
  ) {}

  static async prepare(): Promise<TwoServices> {
    const broker = await TestBroker.start();
    return new TwoServices(broker, await createTestDatabase(finance), await createTestDatabase(staffing));
  }

  /** What the reaction does to a message before it writes its effect. */
  meddle(work: (message: Granted) => Promise<void>): void {
    reaction = work;
  }

  async start(
    service: 'finance' | 'staffing',
    environment: Record<string, string> = {},
    clock?: Clock,
  ): Promise<TestingModule> {
    const isFinance = service === 'finance';
    configure(service, { broker: this.broker, database: isFinance ? this.financeDatabase : this.staffingDatabase });
    Object.assign(process.env, environment);
    const module = serviceModule(service, isFinance ? finance : staffing, isFinance ? [] : [CoverConsumer]);
    const builder = Test.createTestingModule({ imports: [module] });
    if (clock) builder.overrideProvider(Clock).useValue(clock);
    const app = await builder.compile().finally(() => {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
    });
    if (!process.env['TEST_LOG_LEVEL']) app.useLogger(false);
    await app.init();
    this.running.add(app);
    return app;
  }

  async stop(app: TestingModule): Promise<void> {
    this.running.delete(app);
    await app.close();
  }

  async stopAll(): Promise<void> {
    this.meddle(() => Promise.resolve());
    await Promise.all([...this.running].map((app) => this.stop(app)));
  }

  async close(): Promise<void> {
    await this.broker.stop();
    await this.financeDatabase.drop();
    await this.staffingDatabase.drop();
  }

  publish(app: TestingModule, assignmentId: string, version = 1): Promise<void> {
    return app.get(Database).transaction((tx) => {
      app.get(Outbox).append(tx, granted(assignmentId, version));
      return Promise.resolve();
    });
  }

  /** The versions of an aggregate in the order in which they took effect. */
  async effects(assignmentId: string): Promise<number[]> {
    const rows = await this.staffingDatabase.asAdmin<{ version: number }>(
      'SELECT version FROM effect WHERE assignment_id = $1 ORDER BY place',
      [assignmentId],
    );
    return rows.map((row) => row.version);
  }

  async arrive(assignmentId: string, versions: number[], timeoutMs?: number): Promise<void> {
    await eventually(async () => {
      expect(await this.effects(assignmentId)).toEqual(versions);
    }, timeoutMs);
  }

  /** The consumer's database as it was before these messages arrived. */
  async forget(assignmentIds: readonly string[]): Promise<void> {
    await this.staffingDatabase.asAdmin(
      `DELETE FROM inbox_message WHERE message_id IN (SELECT message_id FROM effect WHERE assignment_id = ANY ($1::uuid[]))`,
      [assignmentIds],
    );
    await this.staffingDatabase.asAdmin('DELETE FROM effect WHERE assignment_id = ANY ($1::uuid[])', [assignmentIds]);
  }

  letters(assignmentId: string) {
    return this.staffingDatabase.asAdmin<{ id: string; reason: string; attempts: number; error: string }>(
      `SELECT id, reason, attempts, error FROM dead_letter WHERE headers->>'ce-subject' = $1 AND resolved_at IS NULL`,
      [assignmentId],
    );
  }

  async unreceived(): Promise<number> {
    const rows = await this.financeDatabase.asAdmin(
      'SELECT FROM outbox_message WHERE received_at IS NULL AND failed_at IS NULL',
    );
    return rows.length;
  }
}
