import type { TestingModule } from '@nestjs/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { Database } from '#database';
import { HealthRegistry, Nats, newId } from '#platform';
import { eventually } from '#testing';
import { ensureStreams, Messaging } from '../index';
import { StreamWatch } from './stream-watch';
import { TwoServices } from '../two-services-spec';

/** Rounds only when the test begins one. */
const NO_ROUNDS = { MESSAGING_RECONCILE_MS: '100000' };

describe('the watch over the own stream', () => {
  let services: TwoServices;
  let publisher: TestingModule;
  beforeAll(async () => {
    services = await TwoServices.prepare();
    publisher = await services.start('finance', NO_ROUNDS);
  });
  afterAll(async () => {
    await services.stopAll();
    await services.close();
  });

  const streams = async () => (await publisher.get(HealthRegistry).report()).checks['streams'];
  const watch = () => new StreamWatch('finance', publisher.get(Nats), publisher.get(Database).reserved);

  async function publish(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await services.publish(publisher, newId());
    await eventually(async () =>
      expect(
        await services.financeDatabase.asAdmin('SELECT FROM outbox_message WHERE published_at IS NULL'),
      ).toHaveLength(0),
    );
  }

  it('names the stream that is missing, and is well soon after it was made anew', async () => {
    await eventually(() => expect(publisher.get(Messaging).relay.leads).toBe(true));
    const admin = await services.broker.as('admin');
    await (await jetstreamManager(admin)).streams.delete('EVT_FINANCE');
    publisher.get(Messaging).reconciler.begin();
    await eventually(async () =>
      expect(await streams()).toEqual({ status: 'down', detail: 'no stream EVT_FINANCE: run the migration step' }),
    );
    await ensureStreams(admin);
    await eventually(async () => expect(await streams()).toEqual({ status: 'up' }));
  });

  it('sees no loss while messages come, also those that are published again', async () => {
    await publish(2);
    await (await watch().look())?.remember();
    await publish(3);
    const sight = await watch().look();
    expect(sight?.hasLost).toBe(false);
    await sight?.remember();
    expect((await watch().look())?.hasLost).toBe(false);
  });

  it('sees that the stream was made anew', async () => {
    await (await watch().look())?.remember();
    const admin = await services.broker.as('admin');
    await (await jetstreamManager(admin)).streams.delete('EVT_FINANCE');
    await ensureStreams(admin);
    expect((await watch().look())?.hasLost).toBe(true);
  });

  it('sees it also when the stream was lost before anybody looked for the first time', async () => {
    await publish(1);
    await services.financeDatabase.asAdmin('TRUNCATE stream_sighting');
    const admin = await services.broker.as('admin');
    await (await jetstreamManager(admin)).streams.delete('EVT_FINANCE');
    await ensureStreams(admin);
    const sight = await watch().look();
    expect(sight?.hasLost).toBe(true);
    await sight?.remember();
    expect((await watch().look())?.hasLost).toBe(false);
  });

  it('sees that numbers are given again, although the stream has grown beyond its former end', async () => {
    await publish(2);
    await (await watch().look())?.remember();
    await publish(1);
    // As after an older disk was put back: the newest message got a number that another had before.
    await services.financeDatabase.asAdmin(
      'UPDATE outbox_message SET stream_sequence = 1 WHERE position = (SELECT max(position) FROM outbox_message)',
    );
    expect((await watch().look())?.hasLost).toBe(true);
  });

  it('remembers a loss until what follows from it is on record', async () => {
    await (await watch().look())?.remember();
    await services.financeDatabase.asAdmin('UPDATE stream_sighting SET last_sequence = last_sequence + 1');
    expect((await watch().look())?.hasLost).toBe(true);
    const again = await watch().look();
    expect(again?.hasLost).toBe(true);
    await again?.remember();
    expect((await watch().look())?.hasLost).toBe(false);
  });
});
