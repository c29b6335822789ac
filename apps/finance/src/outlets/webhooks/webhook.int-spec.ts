import { randomUUID } from 'node:crypto';
import { Webhook as Reference } from 'standardwebhooks';
import {
  activateWebhook,
  createWebhook,
  disableWebhook,
  getWebhook,
  listWebhookActions,
  listWebhookDeliveries,
  listWebhooks,
  payoutBooked,
  payoutDue,
  readPayoutFeed,
  replayWebhook,
  rotateWebhookSecret,
  type WebhookSubject,
  type WebhookWithSecret,
} from '#contracts/finance';
import { Outbox } from '#messaging';
import { caller, eventually, FixedClock, possibleActs, refusalOf, startTestService, type TestService } from '#testing';
import { payoutData } from '../../../test/payout-messages';
import { WebhookReceiver } from '../../../test/webhook-receiver';
import { financeDataSource } from '../../data-source';
import { FinanceModule } from '../../finance.module';
import { RETRY_DELAYS_MS } from './retry-schedule';

const FINANCE = caller('finance-officer');
const AUDITOR = caller('auditor');

describe('webhooks', () => {
  // The reference library compares with the real time.
  const clock = new FixedClock(new Date().toISOString());
  let receiver: WebhookReceiver;
  let app: TestService;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    app = await startTestService({
      module: FinanceModule,
      dataSource: financeDataSource,
      clock,
      environment: { WEBHOOK_ALLOWED_HOSTS: receiver.host },
    });
  });
  beforeEach(() => {
    receiver.answer = WebhookReceiver.accept;
    clock.set(new Date().toISOString());
  });
  afterEach(async () => {
    for (const webhook of (await app.rpc(listWebhooks, {}, FINANCE)).items) {
      if (webhook.status === 'ACTIVE') await disable(webhook.id, webhook.version);
    }
    await app.database.query('DELETE FROM webhook_secret WHERE expires_at IS NOT NULL');
  });
  afterAll(async () => {
    await app.close();
    await receiver.stop();
  });

  const create = (path: string, subjects?: WebhookSubject[], idempotencyKey?: string): Promise<WebhookWithSecret> =>
    app.rpc(
      createWebhook,
      { name: 'ERP', url: `http://${receiver.host}${path}`, ...(subjects && { subjects }) },
      FINANCE,
      {
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      },
    );
  const get = (webhookId: string) => app.rpc(getWebhook, { webhookId }, FINANCE);
  const disable = (webhookId: string, expectedVersion: number) =>
    app.rpc(disableWebhook, { webhookId }, FINANCE, { expectedVersion });
  const deliveries = async (webhookId: string) =>
    (await app.rpc(listWebhookDeliveries, { webhookId, limit: 200 }, AUDITOR)).items;
  const path = () => `/${randomUUID()}`;

  async function publish(
    count: number,
    declaration: typeof payoutDue | typeof payoutBooked = payoutDue,
  ): Promise<void> {
    await app.database.transaction((tx) => {
      for (let n = 0; n < count; n += 1) {
        const data = { ...payoutData(), paymentRunId: randomUUID(), endToEndId: 'E2E', bookedOn: '2027-02-11' };
        app.app.get(Outbox).append(tx, declaration.of({ aggregateId: data.payoutId, aggregateVersion: 2, data }));
      }
      return Promise.resolve();
    });
  }
  const itemsAfter = async (after: string) => (await app.rpc(readPayoutFeed, { after, limit: 1000 }, FINANCE)).items;
  const feedAfter = async (after: string) => (await itemsAfter(after)).map((it) => it.data);

  it('delivers the very bytes of the feed in order, signed so that the reference library verifies', async () => {
    const at = path();
    const webhook = await create(at);
    await publish(30);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(30));
    expect(receiver.bodies(at)).toEqual(await feedAfter(webhook.position));
    for (const { headers, body } of receiver.received.filter((it) => it.path === at)) {
      expect(new Reference(webhook.secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
      expect(headers['ce-id']).toBe(headers['webhook-id']);
    }
    const attributes = receiver.received
      .filter((it) => it.path === at)
      .map(({ headers }) => [headers['ce-id'], headers['ce-subject'], headers['ce-sequence'], headers['ce-position']]);
    const items = await itemsAfter(webhook.position);
    expect(attributes).toEqual(items.map((it) => [it.id, it.subject, String(it.sequence), it.position]));
    await eventually(async () => expect(await deliveries(webhook.id)).toHaveLength(30));
    expect((await deliveries(webhook.id))[0]).toMatchObject({ outcome: 'DELIVERED', statusCode: 204, attempt: 1 });
  });

  it('delivers only the subjects that were asked for', async () => {
    const at = path();
    await create(at, [payoutBooked.subject]);
    await publish(2);
    await publish(1, payoutBooked);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(1));
    expect(receiver.bodies(at)[0]).toContain('bookedOn');
  });

  it('shows a secret to the request that made it and to its repetition, and to nobody else', async () => {
    const key = randomUUID();
    const at = path();
    const webhook = await create(at, undefined, key);
    expect(await create(at, undefined, key)).toEqual(webhook);
    expect(await get(webhook.id)).not.toHaveProperty('secret');
    const dump = await app.database.query<{ text: string }>(
      `SELECT coalesce(reply, '') AS text FROM idempotency_key UNION ALL SELECT details::text FROM audit_record
       UNION ALL SELECT encode(sealed, 'base64') FROM webhook_secret UNION ALL SELECT encode(sealed, 'escape') FROM webhook_secret`,
    );
    expect(dump.some(({ text }) => text.includes(webhook.secret.slice('whsec_'.length)))).toBe(false);
  });

  it('rotates without losing a delivery: both secrets sign until the overlap ends', async () => {
    const at = path();
    const before = await create(at);
    const options = { expectedVersion: before.version };
    const after = await app.rpc(rotateWebhookSecret, { webhookId: before.id, overlapHours: 1 }, FINANCE, options);
    expect(after.secret).not.toBe(before.secret);
    const verifies = (secret: string) => {
      const last = receiver.received.filter((it) => it.path === at).at(-1);
      try {
        new Reference(secret).verify(last?.body ?? '', last?.headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    };
    await publish(1);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(1));
    expect([verifies(before.secret), verifies(after.secret)]).toEqual([true, true]);
    // The overlap ends in the database, since the reference library would not take a message from another hour.
    await app.database.query('UPDATE webhook_secret SET expires_at = $1 WHERE expires_at IS NOT NULL', [
      new Date(clock.now().getTime() - 1000),
    ]);
    await publish(1);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(2));
    expect([verifies(before.secret), verifies(after.secret)]).toEqual([false, true]);
  });

  it('has two secrets at the most: a further rotation ends the oldest at once', async () => {
    const at = path();
    const first = await create(at);
    const rotate = (expectedVersion: number) =>
      app.rpc(rotateWebhookSecret, { webhookId: first.id, overlapHours: 24 }, FINANCE, { expectedVersion });
    const second = await rotate(first.version);
    const third = await rotate(second.version);
    await publish(1);
    const last = await eventually(() => {
      const received = receiver.received.find((it) => it.path === at);
      expect(received).toBeDefined();
      return received;
    });
    expect(String(last?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    const verify = ({ secret }: WebhookWithSecret) =>
      new Reference(secret).verify(last?.body ?? '', last?.headers as Record<string, string>);
    expect(() => verify(first)).toThrow();
    expect([verify(second), verify(third)]).toHaveLength(2);
  });

  it('tries again after a growing pause, later messages wait, and nothing is lost', async () => {
    const at = path();
    let refusals = 2;
    receiver.answer = (response) => response.writeHead(refusals-- > 0 ? 500 : 200).end();
    const webhook = await create(at);
    await publish(3);
    await eventually(async () => expect(await get(webhook.id)).toMatchObject({ failedAttempts: 1 }));
    expect(receiver.bodies(at)).toHaveLength(1);
    clock.advance(6000);
    await eventually(async () => expect(await get(webhook.id)).toMatchObject({ failedAttempts: 2 }));
    clock.advance(3 * 60_000);
    await publish(1);
    expect(receiver.bodies(at)).toHaveLength(2);
    clock.advance(3 * 60_000);
    await eventually(async () =>
      expect(await get(webhook.id)).toMatchObject({ failedAttempts: 0, nextAttemptAt: null }),
    );
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(6));
    expect([...new Set(receiver.bodies(at))]).toEqual(await feedAfter(webhook.position));
    const failed = (await deliveries(webhook.id)).filter((it) => it.outcome === 'FAILED');
    expect(failed.map((it) => [it.attempt, it.statusCode])).toEqual([
      [2, 500],
      [1, 500],
    ]);
  });

  it('is disabled after the last attempt, and goes on where it stopped when a person activates it', async () => {
    const at = path();
    receiver.answer = (response) => response.writeHead(503).end();
    const webhook = await create(at);
    await publish(2);
    for (let attempt = 1; attempt <= RETRY_DELAYS_MS.length; attempt += 1) {
      await eventually(async () => expect(await get(webhook.id)).toMatchObject({ failedAttempts: attempt }));
      clock.advance(30 * 3_600_000);
    }
    const disabled = await eventually(async () => {
      const view = await get(webhook.id);
      expect(view).toMatchObject({ status: 'DISABLED', disabledReason: 'REPEATED_FAILURE' });
      return view;
    });
    await expect(disable(webhook.id, disabled.version)).rejects.toMatchObject({
      code: 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED',
    });
    receiver.answer = WebhookReceiver.accept;
    const again = { expectedVersion: disabled.version };
    await app.rpc(activateWebhook, { webhookId: webhook.id }, FINANCE, again);
    await eventually(async () => expect([...new Set(receiver.bodies(at))]).toEqual(await feedAfter(webhook.position)));
  });

  it('is disabled at once by a receiver that is gone, and follows no redirect', async () => {
    const [gone, moved, target] = [path(), path(), path()];
    receiver.answer = (response, received) => {
      if (received.path === gone) response.writeHead(410).end();
      else response.writeHead(307, { location: `http://${receiver.host}${target}` }).end();
    };
    const webhooks = [await create(gone), await create(moved)];
    await publish(1);
    await eventually(async () => {
      expect(await get(webhooks[0]?.id ?? '')).toMatchObject({ status: 'DISABLED', disabledReason: 'GONE' });
      expect(await get(webhooks[1]?.id ?? '')).toMatchObject({ status: 'ACTIVE', failedAttempts: 1 });
    });
    expect(receiver.bodies(target)).toEqual([]);
  });

  it('sends a range again with the same ids and bytes', async () => {
    const at = path();
    const webhook = await create(at);
    await publish(5);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(5));
    const { items } = await app.rpc(readPayoutFeed, { after: webhook.position }, FINANCE);
    const range = { fromPosition: items[1]?.position ?? '', toPosition: items[3]?.position ?? '' };
    const replay = await app.rpc(replayWebhook, { webhookId: webhook.id, ...range }, FINANCE);
    expect(replay.messages).toBe(3);
    await eventually(() => expect(receiver.bodies(at)).toHaveLength(8));
    expect(receiver.bodies(at).slice(5)).toEqual(items.slice(1, 4).map((it) => it.data));
    const ids = receiver.received.filter((it) => it.path === at).map((it) => it.headers['webhook-id']);
    expect(ids.slice(5)).toEqual(items.slice(1, 4).map((it) => it.id));
    await eventually(async () =>
      expect((await deliveries(webhook.id)).filter((it) => it.replayId === replay.id)).toHaveLength(3),
    );
  });

  it('refuses a replay that ends before it begins, goes beyond the feed, or of a webhook that is disabled', async () => {
    const webhook = await create(path());
    const replay = (fromPosition: string, toPosition: string) =>
      app.rpc(replayWebhook, { webhookId: webhook.id, fromPosition, toPosition }, FINANCE);
    await expect(replay('2', '1')).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_RANGE_INVALID' });
    await expect(replay('1', '99999999')).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_RANGE_INVALID' });
    await disable(webhook.id, webhook.version);
    await expect(replay('1', '1')).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED' });
  });

  it.each([
    'https://127.0.0.1/hook',
    'https://169.254.169.254/latest',
    'http://example.org/hook',
    'https://localhost/',
  ])('refuses %s with a pointer to the URL', async (url) => {
    await expect(app.rpc(createWebhook, { name: 'x', url }, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_WEBHOOK_ADDRESS_NOT_ALLOWED',
      errors: [expect.objectContaining({ pointer: '#/url' })],
    });
  });

  it("of a payout consumer is its own: another one finds nothing, and it finds nobody else's", async () => {
    const [erp, other] = [caller('payout-consumer', { subject: 'erp' }), caller('payout-consumer', { subject: 'x' })];
    const theirs = await create(path());
    const { secret, ...own } = await app.rpc(createWebhook, { name: 'E', url: `http://${receiver.host}/e` }, erp);
    expect(secret).toMatch(/^whsec_/);
    expect((await app.rpc(listWebhooks, {}, erp)).items).toEqual([own]);
    expect((await app.rpc(listWebhooks, {}, other)).items).toEqual([]);

    const range = { fromPosition: '1', toPosition: '1' };
    const attempts = (webhookId: string, as: typeof erp): (() => Promise<unknown>)[] => [
      () => app.rpc(getWebhook, { webhookId }, as),
      () => app.rpc(listWebhookDeliveries, { webhookId }, as),
      () => app.rpc(rotateWebhookSecret, { webhookId }, as, { expectedVersion: 1 }),
      () => app.rpc(replayWebhook, { webhookId, ...range }, as),
      () => app.rpc(disableWebhook, { webhookId }, as, { expectedVersion: 2 }),
      () => app.rpc(activateWebhook, { webhookId }, as, { expectedVersion: 3 }),
    ];
    for (const attempt of [...attempts(theirs.id, erp), ...attempts(own.id, other)])
      await expect(attempt()).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    for (const attempt of attempts(own.id, erp)) await expect(attempt()).resolves.toMatchObject({});

    const more = () => app.rpc(createWebhook, { name: 'E', url: `http://${receiver.host}/e` }, erp);
    for (let count = 1; count < 5; count += 1) await more();
    await expect(more()).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_LIMIT_REACHED', details: { max: 5 } });
  });

  it('can be changed as its actions say, by the state before the version', async () => {
    const { id: webhookId, version } = await create('/actions');
    const actions = (as = FINANCE) => app.rpc(listWebhookActions, { webhookId }, as);
    expect(possibleActs(await actions())).toEqual(['webhook_disable', 'webhook_replay', 'webhook_rotate-secret']);
    expect(possibleActs(await actions(AUDITOR))).toEqual([]);
    const system = caller('payout-consumer', { subject: 'another-system' });
    await expect(actions(system)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(disable(webhookId, version + 1)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await disable(webhookId, version);
    expect(possibleActs(await actions())).toEqual(['webhook_activate', 'webhook_rotate-secret']);
    expect(refusalOf(await actions(), replayWebhook)).toBe('FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED');
    await expect(disable(webhookId, version)).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED' });
  });

  it('is managed by finance officers, read by auditors, and changed only as last read', async () => {
    await expect(app.rpc(createWebhook, { name: 'x', url: 'https://x.example' }, AUDITOR)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    const webhook = await create(path());
    expect(await app.rpc(getWebhook, { webhookId: webhook.id }, AUDITOR)).toMatchObject({ id: webhook.id });
    await expect(disable(webhook.id, webhook.version + 1)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    const options = { expectedVersion: webhook.version };
    await expect(app.rpc(activateWebhook, { webhookId: webhook.id }, FINANCE, options)).rejects.toMatchObject({
      code: 'FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED',
    });
    const rotate = app.rpc(rotateWebhookSecret, { webhookId: webhook.id }, FINANCE, { expectedVersion: 9 });
    await expect(rotate).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
  });

  it('are limited in number', async () => {
    const { items } = await app.rpc(listWebhooks, { limit: 200 }, FINANCE);
    for (let count = items.length; count < 20; count += 1) await create(path());
    await expect(create(path())).rejects.toMatchObject({ code: 'FINANCE_WEBHOOK_LIMIT_REACHED' });
  });
});
