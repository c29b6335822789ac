import { jetstreamManager } from '@nats-io/jetstream';
import { HealthRegistry, newId } from '#platform';
import { eventually } from '#testing';
import { ensureStreams, streamName } from '../streams/streams';
import { TwoServices } from '../two-services-spec';

describe('a broker that is connected and takes nothing', () => {
  let services: TwoServices;

  beforeAll(async () => {
    services = await TwoServices.prepare();
  });
  afterAll(async () => {
    await services.stopAll();
    await services.close();
  });

  it('makes its publisher not ready once a message has waited too long, until it is taken', async () => {
    const app = await services.start('finance', { MESSAGING_BACKLOG_SECONDS_MAX: '1' });
    const outbox = async () => (await app.get(HealthRegistry).report()).checks['outbox'];
    const manager = await jetstreamManager(await services.broker.as('admin'));
    await manager.streams.delete(streamName('finance'));
    expect(await outbox()).toEqual({ status: 'up' });
    await services.publish(app, newId());
    await eventually(async () =>
      expect(await outbox()).toEqual({
        status: 'down',
        detail: expect.stringMatching(/^a message has been waiting for the stream for \d+ s$/) as string,
      }),
    );
    await ensureStreams(await services.broker.as('admin'));
    await eventually(async () => expect(await outbox()).toEqual({ status: 'up' }));
  });
});
