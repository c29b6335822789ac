import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { caller, eventually, startTestFleet, type TestCaller, type TestFleet } from '#testing';
import { ChangeFeed } from '../../apps/gateway/src/changes/change-feed';
import { createGateway } from '../../apps/gateway/src/start-gateway';
import { partnershipDataSource } from '../../apps/partnership/src/data-source';
import { PartnershipModule } from '../../apps/partnership/src/partnership.module';
import { ApiClient } from '../demo/api-client';
import { EventReader } from './event-reader';

const OFFICER = caller('programme-officer');

let fleet: TestFleet;
const gateways: NestFastifyApplication[] = [];
const urls: string[] = [];
let api: ApiClient;
const readers: EventReader[] = [];

beforeAll(async () => {
  fleet = await startTestFleet([{ module: PartnershipModule, dataSource: partnershipDataSource }]);
  Object.assign(process.env, {
    NATS_USER: 'gateway',
    NATS_PASSWORD: fleet.broker.password('gateway'),
    RATE_LIMIT_FACTOR: '100',
  });
  for (let count = 0; count < 2; count += 1) {
    const gateway = await createGateway();
    await gateway.listen(0, '127.0.0.1');
    gateways.push(gateway);
    urls.push((await gateway.getUrl()).replace('[::1]', '127.0.0.1'));
  }
  api = new ApiClient(urls[0] ?? '', () => fleet.issuer.token(caller('adviser')));
}, 120_000);

afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await fleet.close();
});

async function listen(as: TestCaller, { at = 0, after }: { at?: number; after?: string | undefined } = {}) {
  const authorization = `Bearer ${await fleet.issuer.token(as)}`;
  const headers = { authorization, ...(after !== undefined && { 'last-event-id': after }) };
  const reader = await EventReader.open(`${urls[at]}/v1/changes`, headers);
  readers.push(reader);
  await reader.next(({ name }) => name === 'ready');
  return reader;
}

/** A new municipality of a partner country; what it is does not matter here. */
async function record(id: string = randomUUID()): Promise<string> {
  const body = {
    side: 'PARTNER',
    names: { official: `Stadt ${id.slice(0, 8)}` },
    country: 'TZ',
    kind: 'CITY',
    identifiers: [],
  };
  await api.request({ username: 'adviser' }, 'PUT', `/municipalities/${id}`, { body, ifNoneMatch: '*' });
  return id;
}

const changed = (id: string) => ({ name: 'changed', data: { resource: 'municipalities', id, version: 1 } });

describe('the stream of changes', () => {
  it('tells those who may read a thing that it changed, at every gateway, and nothing else of it', async () => {
    const [here, there] = [await listen(OFFICER), await listen(caller('auditor'), { at: 1 })];
    const id = await record();
    for (const reader of [here, there]) {
      const event = await reader.next(({ name }) => name === 'changed');
      expect(event).toMatchObject(changed(id));
      expect(event.text).not.toContain('Stadt');
    }
  });

  it('tells a town of what is its own, and of nobody else’s', async () => {
    const own = randomUUID();
    const town = await listen(caller('municipality-partner', { municipalityId: own }));
    await record();
    await record(own);
    expect(await town.next(({ name }) => name === 'changed')).toMatchObject(changed(own));
    expect(town.seen.filter(({ name }) => name === 'changed')).toHaveLength(1);
  });

  it('tells nothing to those who may read none of that kind', async () => {
    const operator = await listen(caller('operator'));
    const officer = await listen(OFFICER);
    await record();
    await officer.next(({ name }) => name === 'changed');
    expect(operator.seen.map(({ name }) => name)).toEqual(['ready']);
  });

  it('goes on where a browser left off, at another gateway too', async () => {
    const first = await listen(OFFICER);
    await record();
    const { id: marker } = await first.next(({ name }) => name === 'changed');
    first.close();
    const missed = await record();
    await eventually(async () => {
      const again = await listen(OFFICER, { at: 1, after: marker });
      expect(again.seen.map(({ name }) => name)).not.toContain('reset');
      expect(await again.next(({ name }) => name === 'changed')).toMatchObject(changed(missed));
    });
  });

  it.each(['999999.0.0.0', '0.0.0.5', 'x', '1.2', '-1.0.0.0', '1e3.0.0.0', '...'])(
    'says that everything has to be read anew after %s, of which it does not know what followed',
    async (after) => {
      const reader = await listen(OFFICER, { after });
      await reader.next(({ name }) => name === 'reset');
    },
  );

  it('says so, too, when more has followed than it keeps, and when it has missed something itself', async () => {
    const [feed] = gateways.map((gateway) => gateway.get(ChangeFeed));
    const officer = await listen(OFFICER);
    const marker = officer.seen[0]?.id;
    await record();
    await officer.next(({ name }) => name === 'changed');
    const positions = Reflect.get(feed ?? {}, 'positions') as Map<string, number>;
    positions.set('partnership', (positions.get('partnership') ?? 0) - 1);
    await record();
    await officer.next(({ name }) => name === 'reset');
    const again = await listen(OFFICER, { after: marker });
    await again.next(({ name }) => name === 'reset');
  });

  it('says many changes of one kind as one', async () => {
    const officer = await listen(OFFICER);
    await Promise.all(Array.from({ length: 130 }, () => record()));
    await eventually(() => {
      const events = officer.seen.filter(({ name }) => name === 'changed');
      const ids = events.filter(({ data }) => data['id'] !== undefined).length;
      const kinds = events.filter(({ data }) => data['id'] === undefined).length;
      // In one go or in several, as the machine is fast: either way nobody is left out.
      expect(kinds > 0 || ids === 130).toBe(true);
    });
  });

  it('is for those who are signed in, as events, and in a number that a person can have', async () => {
    expect((await fetch(`${urls[0]}/v1/changes`)).status).toBe(401);
    const authorization = `Bearer ${await fleet.issuer.token(caller('adviser', { subject: 'many-tabs' }))}`;
    const json = await fetch(`${urls[0]}/v1/changes`, { headers: { authorization, accept: 'application/json' } });
    expect(json.status).toBe(406);
    const tabs = caller('adviser', { subject: 'many-tabs' });
    for (let tab = 0; tab < 10; tab += 1) await listen(tabs);
    const refused = await fetch(`${urls[0]}/v1/changes`, { headers: { authorization } });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    readers.pop()?.close();
    await eventually(async () => {
      await listen(tabs);
    });
  });

  it('ends with the token', async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = await fleet.issuer.token(OFFICER, { iat: now - 100, exp: now - 57 });
    const reader = await EventReader.open(`${urls[0]}/v1/changes`, { authorization: `Bearer ${token}` });
    await reader.ended;
  }, 30_000);

  it('ends with its gateway, which waits for nobody who listens', async () => {
    const reader = await listen(OFFICER, { at: 1 });
    const [gateway] = gateways.splice(1, 1);
    const started = performance.now();
    await Promise.all([gateway?.close(), reader.ended]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
