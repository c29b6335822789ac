import { randomUUID } from 'node:crypto';
import { Injectable, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fundCoverGranted, type IncomingMessage, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import { createDataSource, Database, DatabaseModule, type DataSourceFactory, type Tx } from '#database';
import { newId, PlatformModule } from '#platform';
import { createTestDatabase, eventually, TestBroker, type TestDatabase } from '#testing';
import { toHeaders } from './message-headers';
import {
  Consume,
  DeadLetters,
  ensureStreams,
  Messaging,
  MessagingModule,
  messagingMigrations,
  Outbox,
  readBacklog,
} from './index';

// One publisher and one consumer are enough here, whatever the platform's services subscribe to.
Object.assign(SUBSCRIPTIONS, { partnership: [], staffing: [fundCoverGranted], finance: [], events: [] });

type Granted = IncomingMessage<typeof fundCoverGranted>;

class Effects1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE effect (place bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_effect PRIMARY KEY,
      message_id uuid NOT NULL, assignment_id uuid NOT NULL, version int NOT NULL, correlation_id text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effect');
  }
}

const finance = createDataSource({ service: 'finance', entities: [], migrations: messagingMigrations });
const staffing = createDataSource({
  service: 'staffing',
  entities: [],
  migrations: [...messagingMigrations, Effects1764000000000],
});

/** What the reaction does to a message before it writes its effect; tests set it. */
let meddle: (message: Granted) => Promise<void> = () => Promise.resolve();

@Injectable()
class CoverConsumer {
  @Consume(fundCoverGranted)
  async granted(message: Granted, tx: Tx): Promise<void> {
    await meddle(message);
    await tx.query('INSERT INTO effect (message_id, assignment_id, version, correlation_id) VALUES ($1, $2, $3, $4)', [
      message.id,
      message.data.assignmentId,
      message.aggregateVersion,
      message.correlationId,
    ]);
  }
}

function serviceModule(service: ServiceName, factory: DataSourceFactory, providers: Type[]): Type {
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

const FAST = { MESSAGING_RECONCILE_MS: '200', MESSAGING_RECEIPT_AFTER_MS: '300', MESSAGING_RETRY_MS: '5' };

describe('messages between two services', () => {
  let broker: TestBroker;
  let financeDatabase: TestDatabase;
  let staffingDatabase: TestDatabase;
  const running = new Set<TestingModule>();

  const start = async (
    service: 'finance' | 'staffing',
    environment: Record<string, string> = {},
  ): Promise<TestingModule> => {
    const isFinance = service === 'finance';
    Object.assign(process.env, {
      NODE_ENV: 'test',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      NATS_URL: broker.url,
      NATS_USER: service,
      NATS_PASSWORD: broker.password(service),
      OIDC_ISSUER: 'http://127.0.0.1:1',
      DATABASE_URL: (isFinance ? financeDatabase : staffingDatabase).serviceUrl,
      CURSOR_SECRET: 'a secret of this test',
      MESSAGING_INBOX: 'on',
      ...FAST,
      ...environment,
    });
    const module = serviceModule(service, isFinance ? finance : staffing, isFinance ? [] : [CoverConsumer]);
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    if (!process.env['TEST_LOG_LEVEL']) app.useLogger(false);
    await app.init();
    running.add(app);
    return app;
  };
  const stop = async (app: TestingModule): Promise<void> => {
    running.delete(app);
    await app.close();
  };

  const granted = (assignmentId: string, version = 1) =>
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
  const publish = (app: TestingModule, assignmentId: string, version = 1): Promise<void> =>
    app.get(Database).transaction((tx) => {
      app.get(Outbox).append(tx, granted(assignmentId, version));
      return Promise.resolve();
    });
  const effects = async (assignmentId: string): Promise<number[]> =>
    (
      await staffingDatabase.asAdmin<{ version: number }>(
        'SELECT version FROM effect WHERE assignment_id = $1 ORDER BY place',
        [assignmentId],
      )
    ).map((row) => row.version);
  const letters = (assignmentId: string) =>
    staffingDatabase.asAdmin<{ id: string; reason: string; attempts: number; error: string }>(
      `SELECT id, reason, attempts, error FROM dead_letter WHERE headers->>'ce-subject' = $1 AND resolved_at IS NULL`,
      [assignmentId],
    );
  const arrive = (assignmentId: string, versions: number[], timeoutMs?: number): Promise<void> =>
    eventually(async () => expect(await effects(assignmentId)).toEqual(versions), timeoutMs);
  const unreceived = async (): Promise<number> =>
    (
      await financeDatabase.asAdmin<{ n: number }>(
        'SELECT count(*)::int AS n FROM outbox_message WHERE received_at IS NULL AND failed_at IS NULL',
      )
    )[0]?.n ?? -1;

  beforeAll(async () => {
    broker = await TestBroker.start();
    [financeDatabase, staffingDatabase] = await Promise.all([
      createTestDatabase(finance),
      createTestDatabase(staffing),
    ]);
  });
  afterEach(async () => {
    meddle = () => Promise.resolve();
    await Promise.all([...running].map(stop));
  });
  afterAll(async () => {
    await broker.stop();
    await financeDatabase.drop();
    await staffingDatabase.drop();
  });

  it('arrive once, with their attributes, and are confirmed to the publisher', async () => {
    const publisher = await start('finance');
    await start('staffing');
    const id = newId();
    await publish(publisher, id);
    await arrive(id, [1]);
    const [row] = await staffingDatabase.asAdmin(
      'SELECT message_id, correlation_id FROM effect WHERE assignment_id = $1',
      [id],
    );
    const [sent] = await financeDatabase.asAdmin(
      'SELECT id AS message_id, correlation_id FROM outbox_message WHERE aggregate_id = $1',
      [id],
    );
    expect(row).toEqual(sent);
    await eventually(async () => expect(await unreceived()).toBe(0));
    expect(await readBacklog(publisher.get(Database))).toEqual({
      unpublished: 0,
      oldestSeconds: 0,
      unreceived: 0,
      failed: 0,
      deadLetters: 0,
    });
    expect(await effects(id)).toEqual([1]);
  });

  it('do not leave when their transaction fails', async () => {
    const publisher = await start('finance');
    const id = newId();
    const failing = publisher.get(Database).transaction((tx) => {
      publisher.get(Outbox).append(tx, granted(id));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(await financeDatabase.asAdmin('SELECT FROM outbox_message WHERE aggregate_id = $1', [id])).toEqual([]);
  });

  it('wait for a publisher that died between commit and publish, and take effect once if it died after', async () => {
    const first = await start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    const consumer = await start('staffing');
    const id = newId();
    await publish(first, id);
    await arrive(id, [1]);
    await stop(first);
    // As after a crash: version 1 was published but not marked, version 2 committed but never seen by the relay.
    await financeDatabase.asAdmin(
      'UPDATE outbox_message SET published_at = NULL, stream_sequence = NULL, attempts = 0 WHERE aggregate_id = $1',
      [id],
    );
    await financeDatabase.asAdmin(
      `INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id)
       SELECT $2, subject, aggregate_id, 2, data, correlation_id FROM outbox_message WHERE aggregate_id = $1`,
      [id, newId()],
    );
    await start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    await arrive(id, [1, 2]);
    await stop(consumer);
    expect(await effects(id)).toEqual([1, 2]);
  });

  it('take effect once however often they come, and twice when the inbox is off', async () => {
    const consumer = await start('staffing');
    const [id, messageId] = [newId(), randomUUID()];
    for (let copy = 0; copy < 5; copy++) await broker.publish(granted(id), { id: messageId });
    // Other data under an id that was used: an attack or a bug, never a duplicate.
    await eventually(async () => expect((await letters(id)).map((it) => it.reason)).toEqual(Array(4).fill('altered')));
    await arrive(id, [1]);
    await stop(consumer);
    await start('staffing', { MESSAGING_INBOX: 'off' });
    const [other, otherId] = [newId(), randomUUID()];
    for (let copy = 0; copy < 2; copy++) await broker.publish(granted(other), { id: otherId });
    await arrive(other, [1, 1]);
  });

  it('that are the same byte for byte make no dead letter', async () => {
    await start('staffing');
    const [id, messageId] = [newId(), randomUUID()];
    const message = granted(id);
    for (let copy = 0; copy < 5; copy++) await broker.publish(message, { id: messageId });
    const later = newId();
    await broker.publish(granted(later));
    await arrive(later, [1]);
    await arrive(id, [1]);
    expect(await letters(id)).toEqual([]);
  });

  it('that cannot be understood are set aside at once, and others go on', async () => {
    await start('staffing');
    const id = newId();
    const js = jetstream(await broker.as('finance'));
    const row = {
      id: randomUUID(),
      subject: fundCoverGranted.subject,
      aggregateId: id,
      aggregateVersion: 1,
      data: '',
      correlationId: 'c',
      causationId: null,
      traceparent: null,
      occurredAt: new Date(),
      position: 1n,
      attempts: 0,
    };
    const bodies = [
      '{',
      '{}',
      'null',
      '{"assignmentId":"\\u0000"}',
      Buffer.from([0xff, 0xfe]),
      JSON.stringify({ assignmentId: id }),
    ];
    for (const body of bodies)
      await js.publish(row.subject, body, { headers: toHeaders({ ...row, id: randomUUID() }, 'finance') });
    const anonymous = headers();
    anonymous.set('ce-subject', id);
    await js.publish(row.subject, '{}', { headers: anonymous });
    const mistyped = toHeaders({ ...row, subject: 'evt.finance.fund-cover.refused.v1', id: randomUUID() }, 'finance');
    await js.publish(row.subject, '{}', { headers: mistyped });
    const good = newId();
    await broker.publish(granted(good));
    await arrive(good, [1]);
    await eventually(async () =>
      expect((await letters(id)).map((it) => it.reason).sort()).toEqual(
        [...Array<string>(4).fill('invalid'), ...Array<string>(4).fill('malformed')].sort(),
      ),
    );
    expect(await effects(id)).toEqual([]);
  });

  it('are tried again in their place when the reaction fails, so that none overtakes', async () => {
    await start('staffing');
    const [id, other] = [newId(), newId()];
    let failures = 2;
    meddle = (message) =>
      message.data.assignmentId === id && failures-- > 0 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    for (const version of [1, 2, 3]) await broker.publish(granted(id, version));
    await broker.publish(granted(other));
    await arrive(id, [1, 2, 3]);
    await arrive(other, [1]);
    expect(await staffingDatabase.asAdmin('SELECT FROM inbox_attempt WHERE error IS NOT NULL')).toHaveLength(1);
    expect(await letters(id)).toEqual([]);
  });

  it('that keep failing are set aside, can be replayed once, and the replay is audited', async () => {
    const consumer = await start('staffing');
    const id = newId();
    meddle = (message) =>
      message.aggregateVersion === 1 && message.data.assignmentId === id
        ? Promise.reject(new Error('a bug'))
        : Promise.resolve();
    await broker.publish(granted(id, 1));
    await broker.publish(granted(id, 2));
    await arrive(id, [2]);
    const [letter] = await letters(id);
    expect(letter).toMatchObject({ reason: 'failing', attempts: 5, error: 'Error: a bug' });
    const replay = () =>
      consumer.get(DeadLetters).replay(letter?.id ?? '', { actor: 'operator-1', reason: 'bug fixed' });
    await expect(replay()).rejects.toThrow('a bug');
    expect(await letters(id)).toHaveLength(1);
    meddle = () => Promise.resolve();
    expect(await replay()).toBe('handled');
    expect(await effects(id)).toEqual([2, 1]);
    await expect(replay()).rejects.toThrow('PLATFORM_RESOURCE_NOT_FOUND');
    expect(
      await staffingDatabase.asAdmin('SELECT actor, operation, details FROM audit_record WHERE object_id = $1', [
        letter?.id,
      ]),
    ).toEqual([
      {
        actor: 'operator-1',
        operation: 'dead-letter.replay',
        details: expect.objectContaining({ reason: 'bug fixed' }) as object,
      },
    ]);
  });

  it('wait without counting while the database is away', async () => {
    await start('staffing');
    const id = newId();
    let isAway = true;
    meddle = async (message) => {
      if (message.data.assignmentId !== id || !isAway) return;
      isAway = false;
      await staffingDatabase.asAdmin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'svc_staffing'`,
      );
    };
    await broker.publish(granted(id));
    await arrive(id, [1]);
    expect(await letters(id)).toEqual([]);
  });

  it('come again from the outbox when the stream is lost, and only so', async () => {
    const slow = await start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    const consumer = await start('staffing');
    const before = newId();
    await publish(slow, before);
    await arrive(before, [1]);
    await stop(consumer);
    const lost = Array.from({ length: 20 }, () => newId());
    for (const id of lost) await publish(slow, id);
    await eventually(async () => expect(await readBacklog(slow.get(Database))).toMatchObject({ unpublished: 0 }));
    const manager = await jetstreamManager(await broker.as('admin'));
    await manager.streams.delete('EVT_FINANCE');
    await start('staffing');
    await ensureStreams(await broker.as('admin'));
    const after = newId();
    await publish(slow, after);
    await arrive(after, [1], 20_000);
    // The negative control: without the reconciler the lost ones stay lost.
    for (const id of lost) expect(await effects(id)).toEqual([]);
    await stop(slow);
    await start('finance');
    for (const id of lost) await arrive(id, [1]);
    await eventually(async () => expect(await unreceived()).toBe(0));
    expect(await effects(before)).toEqual([1]);
  }, 60_000);

  it('are found missing after the consumer lost its memory of them, when somebody asks for it', async () => {
    const publisher = await start('finance');
    await start('staffing');
    const id = newId();
    await publish(publisher, id);
    await arrive(id, [1]);
    await eventually(async () => expect(await unreceived()).toBe(0));
    await staffingDatabase.asAdmin(
      `DELETE FROM inbox_message WHERE message_id IN (SELECT message_id FROM effect WHERE assignment_id = '${id}')`,
    );
    await staffingDatabase.asAdmin('DELETE FROM effect WHERE assignment_id = $1', [id]);
    expect(await publisher.get(Messaging).reconciler.recheck(new Date(Date.now() - 60_000))).toBe(1);
    await arrive(id, [1]);
  });

  it('keep their order while two replicas publish and the leader changes', async () => {
    const [first, second] = [await start('finance'), await start('finance')];
    expect([first, second].filter((it) => it.get(Messaging).relay.leads).length).toBeLessThanOrEqual(1);
    const ids = Array.from({ length: 5 }, () => newId());
    for (let version = 1; version <= 40; version++) {
      if (version === 20) await stop(first);
      await Promise.all(ids.map((id) => publish(version < 20 && version % 2 ? first : second, id, version)));
    }
    await eventually(async () => expect(await readBacklog(second.get(Database))).toMatchObject({ unpublished: 0 }));
    const stream = await financeDatabase.asAdmin<{ aggregate_id: string; aggregate_version: number }>(
      'SELECT aggregate_id, aggregate_version FROM outbox_message WHERE aggregate_id = ANY ($1) ORDER BY stream_sequence',
      [ids],
    );
    for (const id of ids) {
      expect(stream.filter((row) => row.aggregate_id === id).map((row) => row.aggregate_version)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
    }
    const [positions] = await financeDatabase.asAdmin(
      'SELECT min(position)::int AS first, max(position)::int = count(*)::int AS gapless FROM outbox_message',
    );
    expect(positions).toEqual({ first: 1, gapless: true });
  }, 30_000);

  it('that the broker will never take are marked, and the rest goes on', async () => {
    const publisher = await start('finance');
    const [id, good] = [newId(), newId()];
    await financeDatabase.asService(
      `INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id)
       VALUES ($1, 'evt.finance.fund-cover.granted.v1', $2, 1, repeat('x', 2000000), 'c'), ($3, 'evt.events.event.published.v1', $2, 2, '{}', 'c')`,
      [newId(), id, newId()],
    );
    await publish(publisher, good);
    await eventually(async () =>
      expect(await readBacklog(publisher.get(Database))).toMatchObject({ unpublished: 0, failed: 2 }),
    );
    const failed = await financeDatabase.asAdmin<{ error: string }>(
      'SELECT error FROM outbox_message WHERE failed_at IS NOT NULL ORDER BY sequence',
    );
    expect(failed[0]?.error).toContain('max_payload');
    expect(failed[1]?.error).toMatch(/permission/i);
    const [sent] = await financeDatabase.asAdmin(
      'SELECT published_at IS NOT NULL AS sent FROM outbox_message WHERE aggregate_id = $1',
      [good],
    );
    expect(sent).toEqual({ sent: true });
  });

  it('are chained in the audit trail by the leader', async () => {
    const publisher = await start('finance');
    await publish(publisher, newId());
    await eventually(async () => expect(await financeDatabase.asAdmin('SELECT FROM audit_unsealed')).toEqual([]));
    const [counts] = await financeDatabase.asAdmin(
      'SELECT (SELECT count(*) FROM audit_record) = (SELECT count(*) FROM audit_seal) AS same',
    );
    expect(counts).toEqual({ same: true });
  });

  it('need a reaction for each subscription and a subscription for each reaction', async () => {
    Object.assign(process.env, {
      DATABASE_URL: staffingDatabase.serviceUrl,
      NATS_USER: 'staffing',
      NATS_PASSWORD: broker.password('staffing'),
    });
    const boot = async (service: ServiceName, factory: DataSourceFactory, providers: Type[]): Promise<void> => {
      const app = await Test.createTestingModule({ imports: [serviceModule(service, factory, providers)] }).compile();
      app.useLogger(false);
      try {
        await app.init();
      } finally {
        await app.close();
      }
    };
    await expect(boot('staffing', staffing, [])).rejects.toThrow(`no @Consume for ${fundCoverGranted.subject}`);
    Object.assign(process.env, {
      DATABASE_URL: financeDatabase.serviceUrl,
      NATS_USER: 'finance',
      NATS_PASSWORD: broker.password('finance'),
    });
    await expect(boot('finance', finance, [CoverConsumer])).rejects.toThrow(
      `not in SUBSCRIPTIONS: ${fundCoverGranted.subject}`,
    );
  });
});
