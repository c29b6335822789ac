import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError } from '#contracts';
import { eventually } from '#testing';
import { monotonicNow } from '../deadline';
import { newId } from '../id';
import { Presence } from './presence';
import { RpcWorld } from './rpc-spec';

const unavailable = {
  code: 'PLATFORM_SERVICE_UNAVAILABLE',
  details: { service: 'events', retryAfterSeconds: expect.any(Number) as number },
};
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));

let world: RpcWorld;
beforeAll(async () => {
  Logger.overrideLogger(false);
  world = await RpcWorld.start();
});
beforeEach(() => {
  world.begin();
});
afterEach(() => world.clear());
afterAll(() => world.close());

/** A replica that only beats: what becomes of its frames is the test's business. */
class Beating {
  readonly id = newId();
  frames = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly connection: NatsConnection) {}

  /** Takes its frames and never answers, as a process does that hangs. */
  listen(): this {
    const subscription = this.connection.subscribe(`rpc.events.frame.${this.id}`, {
      queue: 'events',
      callback: () => {
        this.frames += 1;
      },
    });
    void world.ended.then(() => {
      subscription.unsubscribe();
    });
    return this;
  }

  start(): this {
    const beat = () => {
      this.connection.publish(`presence.events.${this.id}`, monotonicNow().toFixed(3));
    };
    beat();
    this.timer = setInterval(beat, 100);
    void world.ended.then(() => {
      this.stop();
    });
    return this;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

describe('a service', () => {
  it('of which nobody is there is refused at once, with the time to come back', async () => {
    const client = await world.client();
    await expect(client.get()).rejects.toMatchObject(unavailable);
    expect(await client.rpc.health('events')).toMatchObject({ status: 'down' });
  });

  it('is there for a caller that was there before it', async () => {
    const client = await world.client();
    await expect(client.get()).rejects.toMatchObject(unavailable);
    await world.replica('events', () => ({}));
    await eventually(async () => expect(await client.get()).toEqual({}));
  });

  it('that goes silent with its subscription open is refused without being asked, and back with its next beat', async () => {
    const client = await world.client();
    const hung = new Beating(await world.broker.as('events')).listen().start();
    await client.rpc.watch('events');
    const short = () => client.get({ deadlineAt: monotonicNow() + 50 });
    await eventually(() => expect(short()).rejects.toMatchObject({ code: 'PLATFORM_DEADLINE_EXCEEDED' }));
    hung.stop();
    await eventually(() => expect(short()).rejects.toMatchObject(unavailable));
    const { frames } = hung;
    await expect(client.get()).rejects.toMatchObject(unavailable);
    expect(await client.rpc.health('events')).toMatchObject({ status: 'down' });
    expect(hung.frames).toBe(frames);
    hung.start();
    await eventually(() => expect(short()).rejects.toMatchObject({ code: 'PLATFORM_DEADLINE_EXCEEDED' }));
  });

  it('answers its health by the replica that can', async () => {
    const client = await world.client();
    await world.replica('events', () => ({}));
    await eventually(async () => expect(await client.rpc.health('events')).toMatchObject({ status: 'up' }));
    new Beating(await world.broker.as('events')).start();
    expect(await client.rpc.health('events')).toMatchObject({ status: 'up' });
  });
});

describe('of two replicas', () => {
  it('the one that hangs keeps its calls, and therefore gets no more', async () => {
    const client = await world.client();
    const hung = new Beating(await world.broker.as('events')).listen().start();
    await world.replica('events', () => ({}));
    await client.rpc.watch('events');
    const outcomes: string[] = [];
    // One after the other, until the hung one has got its first.
    const lost = await eventually(() => {
      const call = client.get().then(() => outcomes.push('done'));
      call.catch(() => undefined);
      expect(hung.frames).toBe(1);
      return call;
    });
    for (let call = 0; call < 20; call += 1) await client.get();
    expect(hung.frames).toBe(1);
    expect(lost).toBeDefined();
  });

  it('the one that is gone loses none of its calls, and none is carried out twice', async () => {
    const client = await world.client();
    let carriedOut = 0;
    await world.replica('events', () => ({ number: (carriedOut += 1) }));
    const events = await world.broker.as('events');
    await client.rpc.watch('events');
    for (let round = 0; round < 10; round += 1) {
      const gone = new Beating(events).start();
      await events.flush();
      gone.stop();
      await Promise.all([client.get(), client.list(), client.get()]);
    }
    expect(carriedOut).toBe(30);
  });

  it('both get their share', async () => {
    const client = await world.client();
    const served = [0, 0];
    await world.replica('events', () => ({ number: (served[0] = (served[0] ?? 0) + 1) }));
    await world.replica('events', () => ({ number: (served[1] = (served[1] ?? 0) + 1) }));
    await client.rpc.watch('events');
    await eventually(async () => {
      await client.get();
      expect(Math.min(...served)).toBeGreaterThan(2);
    });
  });
});

describe('presence', () => {
  it('takes only beats that are some, and no more replicas than a deployment has', async () => {
    const client = await world.client();
    const presence = new Presence(client.nats);
    try {
      const events = await world.broker.as('events');
      await presence.watch('events');
      for (const text of ['', 'x', '-1', 'NaN', '1e999']) events.publish(`presence.events.${newId()}`, text);
      const known = new Beating(events).start();
      // Whoever was there meanwhile would be there still.
      await eventually(() => expect(presence.replicas('events').map(({ id }) => id)).toEqual([known.id]), 2000);
      for (let number = 0; number < 100; number += 1) events.publish(`presence.events.x${number}`, '1');
      await events.flush();
      await eventually(() => expect(presence.replicas('events')).toHaveLength(64));
    } finally {
      presence.stop();
    }
  });

  it('of another service cannot be feigned with the credentials of one', async () => {
    const thief = await world.broker.as('events');
    const refused = new Promise<string>((resolve) => {
      void (async () => {
        for await (const status of thief.status()) if (status.type === 'error') resolve(status.error.message);
      })();
    });
    thief.publish('presence.finance.any', '1');
    expect(codeOf(await refused)).toMatch(/Permissions Violation for Publish to "presence.finance.any"/i);
  });
});
