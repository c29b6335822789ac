import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PayoutFeedItem, WebhookWithSecret } from '#contracts/finance';
import { eventually } from '#testing';
import { freePort } from '#testing/embedded';
import { FaultStack } from '../faults/fault-stack';
import { runningStack } from '../stack/running-stack';
import { loadSecrets } from '../stack/secrets';
import { ConsumerFolder } from './consumer-folder';
import { startProgram } from './stack-process';

// Without the comparison with the feed, which would hide what the channel loses.
const ALONE = { SETTLE_SECONDS: '0' };

/** docs/consumers as its reader uses it: outside the repository, with the machine's own token, against processes that run. */
describe('the programs of docs/consumers', () => {
  let stack: FaultStack;
  let folder: ConsumerFolder;
  let webhookPort: number;
  let webhook: WebhookWithSecret;
  let nats: ReturnType<ConsumerFolder['start']>;

  beforeAll(async () => {
    webhookPort = await freePort();
    stack = await FaultStack.start({ environment: { WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${webhookPort}` } });
    const running = runningStack(stack.folder);
    const { nats: passwords } = await loadSecrets(stack.folder);
    folder = new ConsumerFolder({
      FUND_API_URL: stack.url,
      OIDC_TOKEN_URL: `${running?.issuer ?? ''}/token`,
      CLIENT_ID: 'erp',
      CLIENT_SECRET: 'erp-demo',
      NATS_URL: running?.natsUrl ?? '',
      NATS_PASSWORD: passwords['finance-department'],
    });
    webhook = await createWebhook();
    folder.start('payout-feed.mjs --follow', { books: 'feed.jsonl' });
    nats = folder.start('payout-nats.mjs', { books: 'nats.jsonl', ...ALONE });
    const settings = { PORT: String(webhookPort), WEBHOOK_SECRET: webhook.secret, ...ALONE };
    folder.start('payout-webhook.mjs', { books: 'webhook.jsonl', ...settings });
    await makePayouts();
  }, 240_000);
  afterAll(async () => {
    await folder.close();
    await stack.stop();
  }, 60_000);

  async function api<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${stack.url}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${await stack.token('erp')}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return (await response.json()) as T;
  }

  const createWebhook = () =>
    api<WebhookWithSecret>('/webhooks', { name: 'ERP', url: `http://127.0.0.1:${webhookPort}/payouts` });
  async function feed(): Promise<PayoutFeedItem[]> {
    const items: PayoutFeedItem[] = [];
    for (let after = '0'; ;) {
      const page = await api<{ items: PayoutFeedItem[]; next: string }>(`/payout-feed?after=${after}&limit=1000`);
      if (page.items.length === 0) return items;
      items.push(...page.items);
      after = page.next;
    }
  }

  /** The demo: payouts fall due, are blocked, ordered, sent and booked. */
  async function makePayouts(): Promise<void> {
    const demo = startProgram('dist/tools/demo/main.js', { FUND_DATA_DIR: stack.folder });
    demo.stdout?.resume();
    expect(await once(demo, 'exit')).toEqual([0, null]);
  }

  const arrive = (books: string, timeoutMs = 30_000) =>
    eventually(async () => {
      const items = await feed();
      const missing = items.length - folder.messages(books).length;
      expect({ books, missing }).toEqual({ books, missing: 0 });
      expect(folder.messages(books)).toEqual(items);
    }, timeoutMs);

  /** Several rounds of finance's comparison, which is due every half minute. Fails with what the stack said meanwhile. */
  const arriveAfterALoss = async () => {
    const count = (await feed()).length;
    const hasAll = () => folder.messages('nats.jsonl').length === count;
    await stack.until(`${count} messages over NATS`, hasAll, 180_000);
    expect(folder.messages('nats.jsonl')).toEqual(await feed());
  };

  it('have the same messages over feed, NATS and webhook, member for member', async () => {
    await arrive('feed.jsonl');
    await arrive('nats.jsonl');
    await arrive('webhook.jsonl');
    const types = new Set((await feed()).map(({ type }) => type));
    expect(types.size).toBeGreaterThanOrEqual(5);
  }, 60_000);

  it('confirm what is in the books', async () => {
    const { end, items } = await api<{ end: string; items: unknown[] }>('/payout-feed/receipts');
    expect(items).toMatchObject([{ consumer: 'finance-department', position: end, lagMessages: 0 }]);
  });

  it('refuse a webhook of somebody else, and one with a member that the fund did not sign', async () => {
    const [first, second] = await feed();
    if (!first || !second) throw new Error('the feed is empty');
    const send = async (item: PayoutFeedItem, secret: string) => {
      const timestamp = String(Math.floor(new Date().getTime() / 1000));
      const mac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'));
      const signature = mac.update(`${item.id}.${timestamp}.${item.data}`).digest('base64');
      const { position, id, type, subject, time, sequence } = item;
      const attributes = { position, id, type, subject, time, sequence, signature: item.signature };
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          ...{ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)])),
        },
        body: item.data,
      });
      return response.status;
    };
    const before = folder.messages('webhook.jsonl').length;
    expect(await send(first, webhook.secret)).toBe(204);
    expect(await send(first, `whsec_${Buffer.alloc(24).toString('base64')}`)).toBe(400);
    for (const change of [{ sequence: 99 }, { subject: second.subject }, { id: second.id }, { data: second.data }])
      expect(await send({ ...first, ...change }, webhook.secret)).toBe(400);
    expect(folder.messages('webhook.jsonl')).toHaveLength(before);
  });

  it('have no gap over NATS alone when the broker loses everything while the consumer is away', async () => {
    nats.kill('SIGKILL');
    await makePayouts();
    const missing = (await feed()).length - folder.messages('nats.jsonl').length;
    expect(missing).toBeGreaterThan(50);
    await loseTheBroker();
    nats = folder.start('payout-nats.mjs', { books: 'nats.jsonl', ...ALONE });
    await arriveAfterALoss();
  }, 360_000);

  it('have no gap when the broker loses everything under a consumer that runs', async () => {
    await loseTheBroker();
    await makePayouts();
    await arriveAfterALoss();
    await arrive('feed.jsonl');
    await arrive('webhook.jsonl');
  }, 360_000);

  it('come to the same sums when the books are made anew', async () => {
    const run = async () => {
      const { code, output } = await folder.run('payout-feed.mjs', { books: 'again.jsonl' });
      expect(code).toBe(0);
      return output;
    };
    const sums = await run();
    expect(sums).toMatch(/^BOOKED EUR\t\d+$/m);
    rmSync(join(folder.path, 'again.jsonl'));
    expect(await run()).toBe(sums);
    expect(folder.messages('again.jsonl')).toEqual(await feed());
  }, 60_000);

  it('say it when they are further than the fund', async () => {
    appendFileSync(join(folder.path, 'again.jsonl'), '\n{"settled":"999999"}\n');
    const { code, errors } = await folder.run('payout-feed.mjs', { books: 'again.jsonl' });
    expect(code).toBe(1);
    expect(errors).toContain('409 FINANCE_FEED_POSITION_BEYOND_END');
  });

  /** As a broken volume: the broker is gone at once, and comes back with nothing. */
  async function loseTheBroker(): Promise<void> {
    // It may have been asked about its stream just before: then it first finds it emptied.
    const again = /finance: (the stream is there|messages are published again for it)/;
    const said = stack.said(again);
    process.kill(stack.pid('NATS') ?? 0, 'SIGKILL');
    rmSync(join(stack.folder, 'nats', 'store'), { recursive: true, force: true });
    await stack.until('finance has its stream again', () => stack.said(again) > said, 120_000);
  }
});
