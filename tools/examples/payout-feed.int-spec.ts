import { execFile, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { jetstream } from '@nats-io/jetstream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Webhook as Reference } from 'standardwebhooks';
import { z } from 'zod';
import { asyncApiDocument } from '#contracts';
import { createWebhook, payoutBooked, payoutDue, type PayoutFeedItem } from '#contracts/finance';
import { Outbox } from '#messaging';
import { caller, eventually, startTestService, type TestService } from '#testing';
import { financeDataSource } from '../../apps/finance/src/data-source';
import { FinanceModule } from '../../apps/finance/src/finance.module';
import { payoutData } from '../../apps/finance/test/payout-messages';
import { WebhookReceiver } from '../../apps/finance/test/webhook-receiver';
import { createGateway } from '../../apps/gateway/src/start-gateway';

const DOCS = resolve(__dirname, '../../docs/consumers');
const PAYOUTS = 1000;
const SIGNING_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const FINANCE = caller('finance-officer');

const TOOLS = ['curl', 'jq', 'openssl'];

function isInstalled(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

interface Arrived {
  readonly id: string;
  readonly data: string;
}

describe('the payout feed over three channels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'payout-feed-'));
  let receiver: WebhookReceiver;
  let app: TestService;
  let gateway: NestFastifyApplication;
  let url: string;
  let token: string;
  let secret: string;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    const environment = { SIGNING_KEY, WEBHOOK_ALLOWED_HOSTS: receiver.host };
    app = await startTestService({ module: FinanceModule, dataSource: financeDataSource, environment });
    // The gateway reads its configuration from the environment, as the services do.
    Object.assign(process.env, { NATS_USER: 'gateway', NATS_PASSWORD: app.broker.password('gateway') });
    gateway = await createGateway();
    await gateway.listen(0, '127.0.0.1');
    url = await gateway.getUrl();
    token = await app.issuer.token(FINANCE);
    ({ secret } = await app.rpc(createWebhook, { name: 'ERP', url: `http://${receiver.host}/hook` }, FINANCE));
    await publish();
    await eventually(() => expect(receiver.received.length).toBe(2 * PAYOUTS), 60_000);
  }, 90_000);
  afterAll(async () => {
    await gateway.close();
    await app.close();
    await receiver.stop();
    rmSync(folder, { recursive: true });
  });

  /** 1,000 payouts fall due and are booked, with amounts from 0.01 to 10.00. */
  async function publish(): Promise<void> {
    const outbox = app.app.get(Outbox);
    for (let n = 1; n <= PAYOUTS; n += 1) {
      const amount = { amount: (n / 100).toFixed(2), currency: 'EUR' };
      const data = payoutData({ amount });
      const booked = { ...data, status: 'BOOKED', paymentRunId: data.fundId, bookedOn: data.dueOn } as const;
      const of = { aggregateId: data.payoutId };
      await app.database.transaction((tx) => {
        outbox.append(tx, payoutDue.of({ ...of, aggregateVersion: 1, data }));
        outbox.append(tx, payoutBooked.of({ ...of, aggregateVersion: 2, data: { ...booked, endToEndId: `E${n}` } }));
        return Promise.resolve();
      });
    }
  }

  async function api<T>(path: string): Promise<T> {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  async function feed(): Promise<PayoutFeedItem[]> {
    const items: PayoutFeedItem[] = [];
    for (let after = '0'; ;) {
      const page = await api<{ items: PayoutFeedItem[]; next: string }>(`/v1/payout-feed?after=${after}&limit=700`);
      if (page.items.length === 0) return items;
      items.push(...page.items);
      after = page.next;
    }
  }

  /** Everything in the durable of the finance department, with its own rights on NATS. */
  async function overNats(): Promise<(Arrived & { signature: string; position: bigint })[]> {
    const consumer = await jetstream(await app.broker.as('finance-department')).consumers.get(
      'EVT_FINANCE',
      'finance-department',
    );
    const arrived: (Arrived & { signature: string; position: bigint })[] = [];
    while (arrived.length < 2 * PAYOUTS) {
      for await (const message of await consumer.fetch({ max_messages: 200, expires: 5000 })) {
        const header = (name: string) => message.headers?.get(name) ?? '';
        const position = BigInt(header('position'));
        arrived.push({ id: header('ce-id'), data: message.string(), signature: header('ce-signature'), position });
        message.ack();
      }
    }
    // Different payouts are published side by side, so the stream's order is that of each payout; the position has it whole.
    return arrived.sort((a, b) => (a.position < b.position ? -1 : 1));
  }

  it('gives the same ids, bytes and signatures by feed, NATS and webhook for 1,000 payouts', async () => {
    const byFeed = await feed();
    expect(byFeed).toHaveLength(2 * PAYOUTS);
    const expected = byFeed.map(({ id, data, signature }) => ({ id, data, signature }));
    const byNats = (await overNats()).map(({ id, data, signature }) => ({ id, data, signature }));
    const byWebhook = receiver.received.map(({ headers, body }) => ({
      id: headers['webhook-id'],
      data: body,
      signature: headers['ce-signature'],
    }));
    expect(byNats).toEqual(expected);
    expect(byWebhook).toEqual(expected);
  }, 60_000);

  it('has webhooks that the reference library verifies, each one', () => {
    const reference = new Reference(secret);
    for (const { headers, body } of receiver.received) {
      expect(() => reference.verify(body, headers as Record<string, string>)).not.toThrow();
    }
  }, 20_000);

  it('has messages that fit the AsyncAPI document, which the gateway serves', async () => {
    const document = await api<ReturnType<typeof asyncApiDocument>>('/asyncapi.json');
    expect(document).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
    const { schemas } = document['components'] as { schemas: object };
    const definitions = JSON.parse(
      JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/definitions/'),
    ) as Record<string, z.core.JSONSchema.JSONSchema>;
    const validator = (name: string) =>
      z.fromJSONSchema({
        $schema: 'http://json-schema.org/draft-07/schema#',
        $ref: `#/definitions/${name}`,
        definitions,
      });
    const types = new Map([payoutDue.subject, payoutBooked.subject].map((name) => [name as string, validator(name)]));
    for (const { type, data } of await feed()) expect(types.get(type)?.safeParse(JSON.parse(data)).success).toBe(true);
  }, 20_000);

  /** The example for Node, with books of its own: runs to the end of the feed and prints the sums. */
  const node = (file: string, fundUrl = url) =>
    promisify(execFile)(process.execPath, [join(DOCS, 'payout-feed.mjs')], {
      env: { PATH: process.env['PATH'], FUND_API_URL: fundUrl, TOKEN: token, BOOKS_FILE: file },
    });

  it('rebuilds the books of the Node example to the same sums, whatever was lost', async () => {
    const file = join(folder, 'books.jsonl');
    const run = async () => (await node(file)).stdout;
    const sums = await run();
    expect(sums).toBe('BOOKED EUR\t500500\n');
    expect(await run()).toBe(sums);
    const whole = readFileSync(file, 'utf8');
    // A crash in the middle of a line, then everything lost.
    writeFileSync(file, whole.slice(0, Math.floor(whole.length / 3)));
    expect(await run()).toBe(sums);
    rmSync(file);
    expect(await run()).toBe(sums);
    expect(await api('/v1/payout-feed/receipts')).toMatchObject({ items: [{ lagMessages: 0 }] });
  }, 60_000);

  it('is not believed by the example when a byte was changed on the way', async () => {
    const file = join(folder, 'altered.jsonl');
    const meddler = createServer((request, response) => {
      const headers = { authorization: request.headers.authorization ?? '' };
      void fetch(`${url}${request.url ?? ''}`, { headers })
        .then((answer) => answer.text())
        .then((body) => response.end(body.replace('0.02', '9.02')));
    }).listen(0, '127.0.0.1');
    await once(meddler, 'listening');
    const at = `http://127.0.0.1:${(meddler.address() as AddressInfo).port}`;
    await expect(node(file, at)).rejects.toMatchObject({
      stderr: expect.stringContaining('not signed by the fund') as string,
    });
    meddler.close();
    // What came before it is in the books, and nothing else.
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual((await feed()).slice(0, 2));
  }, 20_000);

  it('is read by the shell example to the same sums, signatures checked on the way', async () => {
    const script = join(DOCS, 'payout-feed.sh');
    const file = join(folder, 'shell.jsonl');
    const run = async (check: string) => {
      const env = { ...process.env, FUND_API_URL: url, TOKEN: token, LEDGER_FILE: file, CHECK_SIGNATURES: check };
      return (await promisify(execFile)('sh', [script], { env })).stdout;
    };
    if (!TOOLS.every(isInstalled)) {
      await expect(run('no')).rejects.toThrow(/this example needs/);
      return;
    }
    expect(await run('no')).toBe('BOOKED EUR\t500500\n');
    // The last messages again, this time with openssl.
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${lines.slice(0, -5).join('\n')}\n`);
    expect(await run('yes')).toBe('BOOKED EUR\t500500\n');
  }, 60_000);
});
