import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { payoutDue, type PayoutFeedItem, readPayoutFeed, replayPayoutFeed } from '#contracts/finance';
import { ensureStreams, Outbox } from '#messaging';
import { caller, eventually, startTestService, type TestService } from '#testing';
import { payoutData } from '../../../test/payout-messages';
import { financeDataSource } from '../../data-source';
import { FinanceModule } from '../../finance.module';

const FINANCE = caller('finance-officer');
const STREAM = 'EVT_FINANCE';
const DURABLE = 'finance-department';

describe('the durable of the finance department', () => {
  let app: TestService;
  let manager: JetStreamManager;

  beforeAll(async () => {
    app = await startTestService({
      module: FinanceModule,
      dataSource: financeDataSource,
      environment: { MESSAGING_RECONCILE_MS: '200', MESSAGING_RECEIPT_AFTER_MS: '0' },
    });
    manager = await jetstreamManager(await app.broker.as('admin'));
  });
  afterEach(async () => {
    await drain();
    await acknowledged();
  });
  afterAll(() => app.close());

  async function write(count: number): Promise<void> {
    await app.database.transaction((tx) => {
      for (let n = 0; n < count; n += 1) {
        const data = payoutData();
        app.app.get(Outbox).append(tx, payoutDue.of({ aggregateId: data.payoutId, aggregateVersion: 1, data }));
      }
      return Promise.resolve();
    });
  }

  const feed = async (): Promise<PayoutFeedItem[]> => (await app.rpc(readPayoutFeed, { limit: 1000 }, FINANCE)).items;

  /** Writes payouts as any feature would; answers what the feed has of them once they are published. */
  async function publish(count: number): Promise<PayoutFeedItem[]> {
    const before = (await feed()).length;
    await write(count);
    return eventually(async () => {
      expect(await unpublished()).toBe(0);
      return (await feed()).slice(before);
    });
  }

  async function unpublished(): Promise<number> {
    const rows = await app.testDatabase.asAdmin('SELECT FROM outbox_message WHERE published_at IS NULL');
    return rows.length;
  }

  /** What the durable has now, at most so many, acknowledged; the ids in the order of arrival. */
  async function take(max: number): Promise<string[]> {
    const js = jetstream(await app.broker.as(DURABLE));
    const consumer = await js.consumers.get(STREAM, DURABLE);
    const ids: string[] = [];
    for await (const message of await consumer.fetch({ max_messages: max, expires: 1000 })) {
      ids.push(message.headers?.get('ce-id') ?? '');
      await message.ackAck();
    }
    return ids;
  }

  async function drain(): Promise<void> {
    while ((await take(100)).length > 0);
  }

  /** Waits until finance knows what was acknowledged. */
  async function acknowledged(last?: PayoutFeedItem): Promise<void> {
    const position = BigInt(last?.position ?? (await feed()).at(-1)?.position ?? '0');
    await eventually(async () => {
      const [row] = await app.testDatabase.asAdmin<{ position: string; isReplaying: boolean }>(
        `SELECT acknowledged_position AS position, replay_after IS NOT NULL AS is_replaying FROM external_consumer`,
      );
      expect(row && { isPast: BigInt(row.position) >= position, ...row }).toMatchObject({
        isPast: true,
        isReplaying: false,
      });
    });
  }

  async function arrive(expected: readonly PayoutFeedItem[], into: Set<string>): Promise<void> {
    await eventually(async () => {
      for (const id of await take(100)) into.add(id);
      expect(expected.filter(({ id }) => !into.has(id))).toEqual([]);
    }, 20_000);
  }

  it('gets what it had not acknowledged again when the stream was lost, and nothing else', async () => {
    const items = await publish(5);
    const early = await take(3);
    expect(early).toEqual(items.slice(0, 3).map(({ id }) => id));
    await acknowledged(items[2]);
    await manager.streams.delete(STREAM);
    await write(2);
    await ensureStreams(await app.broker.as('admin'));
    await eventually(async () => expect(await unpublished()).toBe(0), 20_000);
    const all = (await feed()).slice(-7);
    const arrived = new Set<string>();
    await arrive(all.slice(3), arrived);
    expect(early.filter((id) => arrived.has(id))).toEqual([]);
  }, 40_000);

  it('gets it again, too, when the stream was there before the durable was made anew', async () => {
    const items = await publish(5);
    const early = await take(3);
    await acknowledged(items[2]);
    const { config } = await manager.streams.info(STREAM);
    await manager.streams.delete(STREAM);
    await manager.streams.add(config);
    await eventually(async () => {
      const [seen] = await app.testDatabase.asAdmin<{ last: string }>(
        'SELECT last_sequence AS last FROM stream_sighting',
      );
      expect(Number(seen?.last)).toBeLessThan(items.length);
    }, 20_000);
    await ensureStreams(await app.broker.as('admin'));
    const arrived = new Set<string>();
    await arrive(items.slice(3), arrived);
    expect(early.filter((id) => arrived.has(id))).toEqual([]);
  }, 40_000);

  it('gets again what became too old for the stream before it was acknowledged', async () => {
    const items = await publish(3);
    const { config } = await manager.streams.info(STREAM);
    await manager.streams.update(STREAM, { ...config, max_age: nanos(500), duplicate_window: nanos(500) });
    await eventually(async () => expect((await manager.streams.info(STREAM)).state.messages).toBe(0));
    await ensureStreams(await app.broker.as('admin'));
    await arrive(items, new Set());
  }, 30_000);

  it('gets again what it had not acknowledged when the stream ends before where it once ended', async () => {
    const [item] = await publish(1);
    // The first copy is still there: the id tells that it is the same.
    await eventually(async () => {
      const { num_pending: waiting } = await manager.consumers.info(STREAM, DURABLE);
      // A comparison that was under way remembers the true end over it; then it is said again.
      if (waiting === 1) {
        const beyond = 'UPDATE stream_sighting SET last_sequence = last_sequence + 1000 WHERE last_sequence < 1000';
        await app.testDatabase.asAdmin(beyond);
      }
      expect(waiting).toBe(2);
    });
    expect(await take(2)).toEqual([item?.id, item?.id]);
  });

  it('gets everything from a position on again when somebody asks for it, which is audited', async () => {
    const items = await publish(4);
    await drain();
    await acknowledged();
    const [, second] = items;
    const request = { fromPosition: second?.position ?? '' };
    expect(await app.rpc(replayPayoutFeed, request, FINANCE)).toEqual({ consumer: DURABLE, ...request, messages: 3 });
    const arrived = new Set<string>();
    await arrive(items.slice(1), arrived);
    expect([...arrived]).toEqual(items.slice(1).map(({ id }) => id));
    const audit = await app.testDatabase.asAdmin<{ actor: string }>(
      'SELECT actor FROM audit_record WHERE operation = $1',
      [replayPayoutFeed.subject],
    );
    expect(audit).toEqual([{ actor: FINANCE.subject }]);
  });

  it('is replayed by finance officers only, and not from beyond the feed', async () => {
    await expect(app.rpc(replayPayoutFeed, { fromPosition: '1' }, caller('auditor'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(app.rpc(replayPayoutFeed, { fromPosition: '999999' }, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_RECEIPT_BEYOND_FEED',
    });
  });

  it('has one beside it for trials, which takes nothing from it and of which no account is kept', async () => {
    const items = await publish(3);
    const js = jetstream(await app.broker.as(DURABLE));
    const trial = await js.consumers.get(STREAM, `${DURABLE}-trial`);
    expect((await trial.info()).num_pending).toBeGreaterThanOrEqual(3);
    for await (const message of await trial.fetch({ max_messages: 1000, expires: 1000 })) message.ack();
    await arrive(items, new Set());
    await acknowledged();
    const known = await app.testDatabase.asAdmin<{ durable: string }>('SELECT durable FROM external_consumer');
    expect(known).toEqual([{ durable: DURABLE }]);
    const replay = { consumer: `${DURABLE}-trial`, fromPosition: '1' };
    await expect(app.rpc(replayPayoutFeed, replay as never, FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
  });

  it('is said to be missing by nothing but a warning, and followed again once it is made anew', async () => {
    await manager.consumers.delete(STREAM, DURABLE);
    const items = await publish(2);
    await ensureStreams(await app.broker.as('admin'));
    await arrive(items, new Set());
  }, 20_000);
});
