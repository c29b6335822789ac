import { jetstream } from '@nats-io/jetstream';
import { SERVICES, type ServiceName } from '#contracts';
import { streamName } from '#messaging';
import { NATS_USERS, type NatsUser } from './embedded';
import { TestBroker } from './test-nats';

/** What the broker says to a publish: JetStream's acknowledgement, or its refusal. */
async function publish(broker: TestBroker, user: NatsUser, subject: string): Promise<'stored' | 'refused'> {
  const js = jetstream(await broker.as(user), { timeout: 1_000 });
  return js.publish(subject, '{}').then(
    () => 'stored' as const,
    () => 'refused' as const,
  );
}

/** Whether a subscription is let stand. */
async function subscribe(broker: TestBroker, user: NatsUser, subject: string, queue?: string): Promise<boolean> {
  const connection = await broker.as(user);
  const refusal = new Promise<false>((resolve) => {
    connection.subscribe(subject, { queue, callback: (error) => (error ? resolve(false) : undefined) });
  });
  await connection.flush();
  return Promise.race([refusal, new Promise<true>((resolve) => setImmediate(() => resolve(true)))]);
}

describe('what an identity may do on NATS', () => {
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await TestBroker.start();
  });

  afterAll(() => broker.stop());

  it.each(SERVICES)('lets nobody but %s publish its messages', async (service: ServiceName) => {
    const subject = `evt.${service}.thing.changed.v1`;
    const outcomes = await Promise.all(
      NATS_USERS.map(async (user) => [user, await publish(broker, user, subject)] as const),
    );
    expect(outcomes.filter(([, outcome]) => outcome === 'stored').map(([user]) => user)).toEqual([service]);
  });

  it.each(SERVICES)(
    'lets nobody but %s answer its requests, and that only in its queue group',
    async (service: ServiceName) => {
      const subject = `rpc.${service}.frame`;
      const answering = await Promise.all(
        NATS_USERS.map(async (user) => [user, await subscribe(broker, user, subject, service)] as const),
      );
      expect(answering.filter(([, isAllowed]) => isAllowed).map(([user]) => user)).toEqual([service]);
      expect(await subscribe(broker, service, subject)).toBe(false);
    },
  );

  it('lets nobody listen to the answers that another gets', async () => {
    const outcomes = NATS_USERS.flatMap((user) =>
      NATS_USERS.filter((other) => other !== user).map((other) => subscribe(broker, user, `_INBOX_${other}.x`)),
    );
    expect(await Promise.all(outcomes)).not.toContain(true);
    expect(await subscribe(broker, 'finance', '_INBOX.x')).toBe(false);
  });

  it('lets no service delete messages or change streams and consumers', async () => {
    const verbs = ['STREAM.PURGE', 'STREAM.DELETE', 'STREAM.UPDATE', 'STREAM.MSG.DELETE'];
    const connection = await broker.as('finance');
    for (const verb of verbs) {
      const asked = connection.request(`$JS.API.${verb}.${streamName('finance')}`, '{}', { timeout: 500 });
      await expect(asked).rejects.toThrow();
    }
    const removal = connection.request(`$JS.API.CONSUMER.DELETE.${streamName('staffing')}.finance`, '', {
      timeout: 500,
    });
    await expect(removal).rejects.toThrow();
  });
});
