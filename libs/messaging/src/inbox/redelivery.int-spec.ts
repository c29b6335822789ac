import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { newId } from '#platform';
import { ACK_WAIT_MS } from '../streams/streams';
import { granted, TwoServices } from '../two-services-spec';

const STREAM = 'EVT_FINANCE';

describe('a message that a consumer has in hand', () => {
  let services: TwoServices;
  beforeAll(async () => {
    services = await TwoServices.prepare();
  });
  afterEach(() => services.stopAll());
  afterAll(() => services.close());

  it('comes again within 12 s when the process that had it is gone', async () => {
    const id = newId();
    await services.broker.publish(granted(id));
    const nc = await connect({
      servers: services.broker.url,
      user: 'staffing',
      pass: services.broker.password('staffing'),
      inboxPrefix: '_INBOX_staffing',
    });
    const consumer = await jetstream(nc).consumers.get(STREAM, 'staffing');
    const message = await consumer.next();
    expect(message?.headers?.get('ce-subject')).toBe(id);
    // The broker's own time; how fast this machine starts a service is not the question.
    const { config } = await (
      await jetstreamManager(await services.broker.as('admin'))
    ).consumers.info(STREAM, 'staffing');
    expect(config.ack_wait).toBeLessThan(12_000 * 1_000_000);
    // Nothing is said to the broker, as by kill -9.
    await nc.close();
    await services.start('staffing');
    await services.arrive(id, [1], 20_000);
  }, 30_000);

  it('does not come a second time while a slow reaction still works on it', async () => {
    await services.start('staffing');
    const id = newId();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
    const { promise: hasBegun, resolve: begun } = Promise.withResolvers<undefined>();
    let reactions = 0;
    services.meddle(async (message) => {
      if (message.data.assignmentId !== id) return;
      reactions += 1;
      begun(undefined);
      await mayEnd;
    });
    await services.broker.publish(granted(id));
    await hasBegun;
    try {
      await anAckWaitLater();
      const manager = await jetstreamManager(await services.broker.as('admin'));
      const info = await manager.consumers.info(STREAM, 'staffing');
      expect({ reactions, redelivered: info.num_redelivered, inHand: info.num_ack_pending }).toEqual({
        reactions: 1,
        redelivered: 0,
        inHand: 1,
      });
    } finally {
      // The service could not stop while its reaction waits.
      end(undefined);
    }
    await services.arrive(id, [1]);
  }, 40_000);

  /** By the broker's own clock: another durable leaves a message unacknowledged until it comes again. */
  async function anAckWaitLater(): Promise<void> {
    const admin = await services.broker.as('admin');
    const manager = await jetstreamManager(admin);
    const { config } = await manager.consumers.info(STREAM, 'staffing');
    expect(config.ack_wait).toBe(ACK_WAIT_MS * 1_000_000);
    await manager.consumers.add(STREAM, { ...config, name: 'watch', durable_name: 'watch' });
    const watch = await jetstream(admin).consumers.get(STREAM, 'watch');
    const seen = new Set<number>();
    for (;;) {
      const message = await watch.next({ expires: 15_000 });
      if (!message) throw new Error('nothing came again');
      if (seen.has(message.seq)) break;
      seen.add(message.seq);
    }
    await manager.consumers.delete(STREAM, 'watch');
  }
});
