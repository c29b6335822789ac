import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { PAYLOAD_BYTES_MAX, type ServiceName } from '#contracts';
import { fundCoverGranted } from '#contracts/finance';
import { Database, type DataSourceFactory } from '#database';
import { newId } from '#platform';
import { eventually } from '#testing';
import { DeadLetters, ensureStreams, Messaging, Outbox, readBacklog } from './index';
import { toHeaders } from './relay/message-headers';
import { configure, CoverConsumer, finance, granted, serviceModule, staffing, TwoServices } from './two-services-spec';

describe('messages between two services', () => {
  let services: TwoServices;

  beforeAll(async () => {
    services = await TwoServices.prepare();
  });
  afterEach(() => services.stopAll());
  afterAll(() => services.close());

  it('arrive once, with their attributes, and are confirmed to the publisher', async () => {
    const publisher = await services.start('finance');
    await services.start('staffing');
    const id = newId();
    await services.publish(publisher, id);
    await services.arrive(id, [1]);
    const [row] = await services.staffingDatabase.asAdmin(
      'SELECT message_id, correlation_id FROM effect WHERE assignment_id = $1',
      [id],
    );
    const [sent] = await services.financeDatabase.asAdmin(
      'SELECT id AS message_id, correlation_id FROM outbox_message WHERE aggregate_id = $1',
      [id],
    );
    expect(row).toEqual(sent);
    await eventually(async () => expect(await services.unreceived()).toBe(0));
    expect(await readBacklog(publisher.get(Database))).toEqual({
      unpublished: 0,
      oldestSeconds: 0,
      unreceived: 0,
      failed: 0,
      deadLetters: 0,
    });
    expect(await services.effects(id)).toEqual([1]);
  });

  it('do not leave when their transaction fails', async () => {
    const publisher = await services.start('finance');
    const id = newId();
    const failing = publisher.get(Database).transaction((tx) => {
      publisher.get(Outbox).append(tx, granted(id));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(await services.financeDatabase.asAdmin('SELECT FROM outbox_message WHERE aggregate_id = $1', [id])).toEqual(
      [],
    );
  });

  it('wait for a publisher that died between commit and publish, and take effect once if it died after', async () => {
    const first = await services.start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    const consumer = await services.start('staffing');
    const id = newId();
    await services.publish(first, id);
    await services.arrive(id, [1]);
    await services.stop(first);
    // As after a crash: version 1 was published but not marked, version 2 committed but never seen by the relay.
    await services.financeDatabase.asAdmin(
      'UPDATE outbox_message SET published_at = NULL, stream_sequence = NULL, attempts = 0 WHERE aggregate_id = $1',
      [id],
    );
    await services.financeDatabase.asAdmin(
      `INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id)
       SELECT $2, subject, aggregate_id, 2, data, correlation_id FROM outbox_message WHERE aggregate_id = $1`,
      [id, newId()],
    );
    await services.start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    await services.arrive(id, [1, 2]);
    await services.stop(consumer);
    expect(await services.effects(id)).toEqual([1, 2]);
  });

  it('take effect once however often they come, and twice when the inbox is off', async () => {
    const consumer = await services.start('staffing');
    const [id, messageId] = [newId(), randomUUID()];
    for (let copy = 0; copy < 5; copy++) await services.broker.publish(granted(id), { id: messageId });
    // Other data under an id that was used: an attack or a bug, never a duplicate.
    await eventually(async () =>
      expect((await services.letters(id)).map((it) => it.reason)).toEqual(Array(4).fill('altered')),
    );
    await services.arrive(id, [1]);
    await services.stop(consumer);
    await services.start('staffing', { MESSAGING_INBOX: 'off' });
    const [other, otherId] = [newId(), randomUUID()];
    for (let copy = 0; copy < 2; copy++) await services.broker.publish(granted(other), { id: otherId });
    await services.arrive(other, [1, 1]);
  });

  it('that are the same byte for byte make no dead letter', async () => {
    await services.start('staffing');
    const [id, messageId] = [newId(), randomUUID()];
    const message = granted(id);
    for (let copy = 0; copy < 5; copy++) await services.broker.publish(message, { id: messageId });
    const later = newId();
    await services.broker.publish(granted(later));
    await services.arrive(later, [1]);
    await services.arrive(id, [1]);
    expect(await services.letters(id)).toEqual([]);
  });

  it('that cannot be understood are set aside at once, and others go on', async () => {
    await services.start('staffing');
    const id = newId();
    const js = jetstream(await services.broker.as('finance'));
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
      signature: null,
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
    await services.broker.publish(granted(good));
    await services.arrive(good, [1]);
    await eventually(async () =>
      expect((await services.letters(id)).map((it) => it.reason).sort()).toEqual(
        [...Array<string>(4).fill('invalid'), ...Array<string>(4).fill('malformed')].sort(),
      ),
    );
    expect(await services.effects(id)).toEqual([]);
  });

  it('are tried again in their place when the reaction fails, so that none overtakes', async () => {
    await services.start('staffing');
    const [id, other] = [newId(), newId()];
    let failures = 2;
    services.meddle((message) =>
      message.data.assignmentId === id && failures-- > 0 ? Promise.reject(new Error('not yet')) : Promise.resolve(),
    );
    for (const version of [1, 2, 3]) await services.broker.publish(granted(id, version));
    await services.broker.publish(granted(other));
    await services.arrive(id, [1, 2, 3]);
    await services.arrive(other, [1]);
    expect(await services.staffingDatabase.asAdmin('SELECT FROM inbox_attempt WHERE error IS NOT NULL')).toHaveLength(
      1,
    );
    expect(await services.letters(id)).toEqual([]);
  });

  it('that keep failing are set aside, can be replayed once, and the replay is audited', async () => {
    const consumer = await services.start('staffing');
    const id = newId();
    services.meddle((message) =>
      message.aggregateVersion === 1 && message.data.assignmentId === id
        ? Promise.reject(new Error('a bug'))
        : Promise.resolve(),
    );
    await services.broker.publish(granted(id, 1));
    await services.broker.publish(granted(id, 2));
    await services.arrive(id, [2]);
    const [letter] = await services.letters(id);
    expect(letter).toMatchObject({ reason: 'failing', attempts: 5, error: 'Error: a bug' });
    const replay = () =>
      consumer.get(DeadLetters).replay(letter?.id ?? '', { actor: 'operator-1', reason: 'bug fixed' });
    await expect(replay()).rejects.toThrow('a bug');
    expect(await services.letters(id)).toHaveLength(1);
    services.meddle(() => Promise.resolve());
    expect(await replay()).toBe('handled');
    expect(await services.effects(id)).toEqual([2, 1]);
    await expect(replay()).rejects.toThrow('PLATFORM_DEAD_LETTER_REPLAYED');
    expect(
      await services.staffingDatabase.asAdmin(
        'SELECT actor, operation, details FROM audit_record WHERE object_id = $1',
        [letter?.id],
      ),
    ).toEqual([
      {
        actor: 'operator-1',
        operation: 'dead-letter.replay',
        details: expect.objectContaining({ reason: 'bug fixed' }) as object,
      },
    ]);
  });

  it('wait without counting while the database is away', async () => {
    await services.start('staffing');
    const id = newId();
    let isAway = true;
    services.meddle(async (message) => {
      if (message.data.assignmentId !== id || !isAway) return;
      isAway = false;
      await services.staffingDatabase.asAdmin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'svc_staffing'`,
      );
    });
    await services.broker.publish(granted(id));
    await services.arrive(id, [1]);
    expect(await services.letters(id)).toEqual([]);
  });

  it('come again from the outbox when the stream is lost, and only so', async () => {
    const slow = await services.start('finance', { MESSAGING_RECONCILE_MS: '100000' });
    const consumer = await services.start('staffing');
    const before = newId();
    await services.publish(slow, before);
    await services.arrive(before, [1]);
    await services.stop(consumer);
    const lost = Array.from({ length: 20 }, () => newId());
    for (const id of lost) await services.publish(slow, id);
    await eventually(async () => expect(await readBacklog(slow.get(Database))).toMatchObject({ unpublished: 0 }));
    const manager = await jetstreamManager(await services.broker.as('admin'));
    await manager.streams.delete('EVT_FINANCE');
    await services.start('staffing');
    await ensureStreams(await services.broker.as('admin'));
    const after = newId();
    await services.publish(slow, after);
    await services.arrive(after, [1], 20_000);
    // The negative control: without the reconciler the lost ones stay lost.
    for (const id of lost) expect(await services.effects(id)).toEqual([]);
    await services.stop(slow);
    await services.start('finance');
    for (const id of lost) await services.arrive(id, [1]);
    await eventually(async () => expect(await services.unreceived()).toBe(0));
    expect(await services.effects(before)).toEqual([1]);
  }, 60_000);

  it('keep their order while two replicas publish and the leader changes', async () => {
    const [first, second] = [await services.start('finance'), await services.start('finance')];
    expect([first, second].filter((it) => it.get(Messaging).relay.leads).length).toBeLessThanOrEqual(1);
    const ids = Array.from({ length: 5 }, () => newId());
    for (let version = 1; version <= 40; version++) {
      if (version === 20) await services.stop(first);
      await Promise.all(ids.map((id) => services.publish(version < 20 && version % 2 ? first : second, id, version)));
    }
    await eventually(async () => expect(await readBacklog(second.get(Database))).toMatchObject({ unpublished: 0 }));
    const stream = await services.financeDatabase.asAdmin<{ aggregateId: string; aggregateVersion: number }>(
      'SELECT aggregate_id, aggregate_version FROM outbox_message WHERE aggregate_id = ANY ($1) ORDER BY stream_sequence',
      [ids],
    );
    for (const id of ids) {
      expect(stream.filter((row) => row.aggregateId === id).map((row) => row.aggregateVersion)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
    }
    const [positions] = await services.financeDatabase.asAdmin(
      'SELECT min(position)::int AS first, max(position)::int = count(*)::int AS gapless FROM outbox_message',
    );
    expect(positions).toEqual({ first: 1, gapless: true });
  }, 30_000);

  it('that the broker will never take are marked, and the rest goes on', async () => {
    const publisher = await services.start('finance');
    const [id, good] = [newId(), newId()];
    await services.financeDatabase.asService(
      `INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id)
       VALUES ($1, 'evt.finance.fund-cover.granted.v1', $2, 1, repeat('x', ${PAYLOAD_BYTES_MAX}), 'c'), ($3, 'evt.events.event.published.v1', $2, 2, '{}', 'c')`,
      [newId(), id, newId()],
    );
    await services.publish(publisher, good);
    await eventually(async () =>
      expect(await readBacklog(publisher.get(Database))).toMatchObject({ unpublished: 0, failed: 2 }),
    );
    const failed = await services.financeDatabase.asAdmin<{ error: string }>(
      'SELECT error FROM outbox_message WHERE failed_at IS NOT NULL ORDER BY sequence',
    );
    expect(failed[0]?.error).toContain('max_payload');
    expect(failed[1]?.error).toMatch(/permission/i);
    const [sent] = await services.financeDatabase.asAdmin(
      'SELECT published_at IS NOT NULL AS sent FROM outbox_message WHERE aggregate_id = $1',
      [good],
    );
    expect(sent).toEqual({ sent: true });
  });

  it('are chained in the audit trail to the last one when a service ends', async () => {
    const publisher = await services.start('finance');
    await services.publish(publisher, newId());
    await services.stop(publisher);
    expect(await services.financeDatabase.asAdmin('SELECT FROM audit_unsealed')).toEqual([]);
  });

  it('are chained in the audit trail within moments', async () => {
    const publisher = await services.start('finance');
    await services.publish(publisher, newId());
    await eventually(async () =>
      expect(await services.financeDatabase.asAdmin('SELECT FROM audit_unsealed')).toEqual([]),
    );
    const [counts] = await services.financeDatabase.asAdmin(
      'SELECT (SELECT count(*) FROM audit_record) = (SELECT count(*) FROM audit_seal) AS same',
    );
    expect(counts).toEqual({ same: true });
  });

  it('need a reaction for each subscription and a subscription for each reaction', async () => {
    const boot = async (service: ServiceName, factory: DataSourceFactory, providers: Type[]): Promise<void> => {
      const database = service === 'finance' ? services.financeDatabase : services.staffingDatabase;
      configure(service, { broker: services.broker, database });
      const app = await Test.createTestingModule({ imports: [serviceModule(service, factory, providers)] }).compile();
      app.useLogger(false);
      try {
        await app.init();
      } finally {
        await app.close();
      }
    };
    await expect(boot('staffing', staffing, [])).rejects.toThrow(
      `no @Consume or @Project for ${fundCoverGranted.subject}`,
    );
    await expect(boot('finance', finance, [CoverConsumer])).rejects.toThrow(
      `not in SUBSCRIPTIONS: ${fundCoverGranted.subject}`,
    );
  });
});
