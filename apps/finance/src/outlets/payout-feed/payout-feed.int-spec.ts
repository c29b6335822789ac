import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { flattenedVerify, importJWK } from 'jose';
import { register } from 'prom-client';
import {
  confirmPayoutFeed,
  listPayoutFeedReceipts,
  listSigningKeys,
  payoutDue,
  type PayoutFeedItem,
  readPayoutFeed,
} from '#contracts/finance';
import { Outbox } from '#messaging';
import { canonicalJson } from '#platform';
import { caller, eventually, FixedClock, startTestService, type TestService } from '#testing';
import { payoutData } from '../../../test/payout-messages';
import { financeDataSource } from '../../data-source';
import { FinanceModule } from '../../finance.module';

const FINANCE = caller('finance-officer');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const SIGNING_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('the signed payout feed', () => {
  let app: TestService;
  const clock = new FixedClock('2027-02-10T09:00:00Z');

  beforeAll(async () => {
    app = await startTestService({
      module: FinanceModule,
      dataSource: financeDataSource,
      clock,
      environment: { SIGNING_KEY },
    });
  });
  afterAll(() => app.close());

  /** Writes payout messages as any feature would, and waits until they have their positions. */
  async function publishPayouts(count: number): Promise<PayoutFeedItem[]> {
    const { items: before } = await app.rpc(readPayoutFeed, { limit: 1000 }, FINANCE);
    await app.database.transaction((tx) => {
      for (let n = 0; n < count; n += 1) {
        const data = payoutData();
        app.app.get(Outbox).append(tx, payoutDue.of({ aggregateId: data.payoutId, aggregateVersion: 2, data }));
      }
      return Promise.resolve();
    });
    return eventually(async () => {
      const { items } = await app.rpc(readPayoutFeed, { limit: 1000 }, FINANCE);
      expect(items).toHaveLength(before.length + count);
      return items.slice(before.length);
    });
  }

  async function verify(item: PayoutFeedItem): Promise<string | undefined> {
    const { keys } = await app.rpc(listSigningKeys, {}, FINANCE);
    const [header = '', , signature = ''] = (item.signature ?? '').split('.');
    const { id, sequence, subject, time, type } = item;
    const datasha256 = createHash('sha256').update(item.data).digest('hex');
    const text = canonicalJson({ datasha256, id, sequence, source: '/services/finance', subject, time, type });
    const payload = Buffer.from(text).toString('base64url');
    const { protectedHeader } = await flattenedVerify({ protected: header, payload, signature }, async ({ kid }) => {
      const key = keys.find((it) => it.kid === kid);
      if (!key) throw new Error('unknown kid');
      return importJWK(key, 'EdDSA');
    });
    return protectedHeader?.kid;
  }

  it('verifies with a JOSE library and the published key, and not when one member is altered', async () => {
    const [item] = await publishPayouts(1);
    if (!item) throw new Error('no item');
    const { keys } = await app.rpc(listSigningKeys, {}, FINANCE);
    expect(keys).toEqual([expect.objectContaining({ x: publicKey.export({ format: 'jwk' }).x })]);
    expect(await verify(item)).toBe(keys[0]?.kid);
    const altered: Partial<PayoutFeedItem>[] = [
      { data: item.data.replace('100.00', '900.00') },
      { id: randomUUID() },
      { type: 'evt.finance.payout.booked.v1' },
      { time: '2027-02-10T09:00:01.000Z' },
      { subject: randomUUID() },
      { sequence: 3 },
    ];
    for (const change of altered) await expect(verify({ ...item, ...change })).rejects.toThrow(/signature/);
  });

  it('keeps the published keys for ever', async () => {
    await expect(app.asServiceRole('DELETE FROM signing_key')).rejects.toMatchObject({ code: '42501' });
    await expect(app.asServiceRole(`UPDATE signing_key SET x = 'mine'`)).rejects.toMatchObject({ code: '42501' });
  });

  it('waits as long as asked and answers as soon as there is something', async () => {
    const items = await publishPayouts(1);
    const after = items[0]?.position ?? '0';
    const started = performance.now();
    expect(await app.rpc(readPayoutFeed, { after, waitSeconds: 5 }, FINANCE)).toEqual({ items: [], next: after });
    expect(performance.now() - started).toBeGreaterThan(4900);
    const waiting = app.rpc(readPayoutFeed, { after, waitSeconds: 20 }, FINANCE);
    const [next] = await publishPayouts(1);
    expect((await waiting).items).toEqual([next]);
  }, 20_000);

  it('refuses a position that no message has reached, at once, and says where the end is', async () => {
    const [item] = await publishPayouts(1);
    const end = item?.position ?? '';
    expect(await app.rpc(readPayoutFeed, { after: end }, FINANCE)).toEqual({ items: [], next: end });
    const beyond = { after: String(BigInt(end) + 1n), waitSeconds: 20 };
    await expect(app.rpc(readPayoutFeed, beyond, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_FEED_POSITION_BEYOND_END',
      details: { end },
    });
  });

  describe('receipts', () => {
    const confirm = (position: string, consumer?: string) =>
      app.rpc(confirmPayoutFeed, { position, ...(consumer !== undefined && { consumer }) }, FINANCE);

    it('show how far each consumer is behind, in messages and in time', async () => {
      const [first, , third] = await publishPayouts(3);
      clock.advance(60_000);
      expect(await confirm(first?.position ?? '')).toMatchObject({
        consumer: 'finance-department',
        position: first?.position,
        lagMessages: 2,
        lagSeconds: 60,
      });
      await confirm(third?.position ?? '', 'second-system');
      const { items, end } = await app.rpc(listPayoutFeedReceipts, {}, caller('auditor'));
      expect(end).toBe(third?.position);
      expect(items.map((it) => [it.consumer, it.lagMessages])).toEqual([
        ['finance-department', 2],
        ['second-system', 0],
      ]);
      const metric = await register.getSingleMetricAsString('payout_feed_lag_messages');
      expect(metric).toContain('payout_feed_lag_messages{consumer="finance-department"} 2');
    });

    it('may be repeated but never go back', async () => {
      const [first, second] = await publishPayouts(2);
      await confirm(second?.position ?? '', 'steady');
      expect(await confirm(second?.position ?? '', 'steady')).toMatchObject({ position: second?.position });
      await expect(confirm(first?.position ?? '', 'steady')).rejects.toMatchObject({
        code: 'FINANCE_RECEIPT_BEHIND',
        details: { confirmed: second?.position },
      });
    });

    it('cannot confirm what does not exist', async () => {
      await expect(confirm('999999', 'hasty')).rejects.toMatchObject({ code: 'FINANCE_RECEIPT_BEYOND_FEED' });
    });

    it('belong to the machine that gave the first one under a name; others neither see nor move them', async () => {
      const [erp, other] = [caller('payout-consumer', { subject: 'erp' }), caller('payout-consumer', { subject: 'x' })];
      const [first, second, third] = await publishPayouts(3);
      const as = (who: typeof erp, position?: string, consumer = 'erp-books') =>
        app.rpc(confirmPayoutFeed, { position: position ?? '', consumer }, who);
      const namesSeenBy = async (who: typeof erp) =>
        (await app.rpc(listPayoutFeedReceipts, {}, who)).items.map(({ consumer }) => consumer);
      // A finance officer confirmed for the system before it had a login of its own: it goes on from there.
      await confirm(first?.position ?? '', 'erp-books');
      expect(await namesSeenBy(erp)).toEqual([]);
      await as(erp, second?.position);
      expect([await namesSeenBy(erp), await namesSeenBy(other)]).toEqual([['erp-books'], []]);

      const refused = {
        code: 'FINANCE_RECEIPT_OF_ANOTHER',
        errors: [expect.objectContaining({ pointer: '#/consumer' })],
      };
      await expect(as(other, third?.position)).rejects.toMatchObject(refused);
      await expect(as(erp, first?.position)).rejects.toMatchObject({ code: 'FINANCE_RECEIPT_BEHIND' });
      await confirm(third?.position ?? '', 'erp-books');
      expect(await as(erp, third?.position)).toMatchObject({ position: third?.position, lagMessages: 0 });
    });

    it('are given by finance officers and machines only', async () => {
      await expect(app.rpc(confirmPayoutFeed, { position: '0' }, caller('auditor'))).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
    });
  });
});
