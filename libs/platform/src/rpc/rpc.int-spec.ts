import { Logger } from '@nestjs/common';
import { ANSWER_BYTES_MAX, AppError, PAYLOAD_BYTES_MAX } from '#contracts';
import { listFunds } from '#contracts/finance';
import { eventually } from '#testing';
import { monotonicNow } from '../deadline';
import { newId } from '../id';
import { CALLS_AT_FIRST } from './call-limit';
import { decodeAnswers, decodeRequests, encodeAnswers, framedCall, RequestFrameWriter } from './frame';
import { JsonReply } from './json-reply';
import { RpcWorld } from './rpc-spec';

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));
const outcomeOf = (call: Promise<unknown>) => call.then(() => 'done', codeOf);

let world: RpcWorld;
beforeAll(async () => {
  if (!process.env['TEST_LOG_LEVEL']) Logger.overrideLogger(false);
  world = await RpcWorld.start();
});
beforeEach(() => {
  world.begin();
});
afterEach(() => world.clear());
afterAll(() => world.close());

describe('answers', () => {
  /** A reply whose JSON has so many bytes. */
  const replyOf = (bytes: number) => 'x'.repeat(bytes - 2);

  it('pass at exactly the largest size, and one byte more is refused alone, beside others of the same tick', async () => {
    await world.replica('events', ({ cursor }) => replyOf(Number(cursor)));
    const client = await world.client();
    const sizes = [10, ANSWER_BYTES_MAX, ANSWER_BYTES_MAX + 1, 3 * PAYLOAD_BYTES_MAX, 20];
    const outcomes = await Promise.allSettled(sizes.map((size) => client.list(String(size))));
    expect(outcomes.map((it) => (it.status === 'fulfilled' ? it.value.body.length : codeOf(it.reason)))).toEqual([
      10,
      ANSWER_BYTES_MAX,
      'PLATFORM_ANSWER_TOO_LARGE',
      'PLATFORM_ANSWER_TOO_LARGE',
      20,
    ]);
  });

  it('that are errors are cut to size, whatever they repeat of the input', async () => {
    await world.replica('finance', ({ content }) => {
      throw new AppError('PLATFORM_RESOURCE_NOT_FOUND', { content: String(content).repeat(10) });
    });
    const client = await world.client();
    const call = client.import('x'.repeat(500_000));
    await expect(call).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it('that cannot be written down fail their own call', async () => {
    await world.replica('events', ({ cursor }) => (cursor === 'bad' ? { amount: 1n } : {}));
    const client = await world.client();
    expect(await Promise.all([client.list('bad'), client.list('good')].map(outcomeOf))).toEqual([
      'PLATFORM_INTERNAL_ERROR',
      'done',
    ]);
  });

  it('that are ready after the connection has closed end no process', async () => {
    let finish: (() => void) | undefined;
    const replica = await world.replica('events', () => new Promise<void>((resolve) => (finish = resolve)));
    const client = await world.client();
    const call = outcomeOf(client.get({ deadlineAt: monotonicNow() + 500 }));
    await eventually(() => expect(finish).toBeDefined());
    await replica.nats.onApplicationShutdown();
    finish?.();
    expect(await call).toBe('PLATFORM_DEADLINE_EXCEEDED');
  });
});

describe('calls', () => {
  it('of 900 KiB and of a few bytes reach their service from one tick', async () => {
    await world.replica('finance', ({ content }) => ({ length: String(content).length }));
    const client = await world.client();
    const texts = ['a', 'x'.repeat(900 * 1024), 'bb', 'y'.repeat(900 * 1024), 'ccc'];
    const replies = await Promise.all(texts.map((text) => client.import(text)));
    expect(replies.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual(
      texts.map(({ length }) => ({ length })),
    );
  });

  it('that fit no message are refused alone, before they are sent', async () => {
    await world.replica('finance', () => ({}));
    const client = await world.client();
    const calls = ['a', 'x'.repeat(PAYLOAD_BYTES_MAX), 'b'].map((text) => outcomeOf(client.import(text)));
    expect(await Promise.all(calls)).toEqual(['done', 'PLATFORM_BODY_TOO_LARGE', 'done']);
  });

  it('of more callers than a frame takes are all answered', async () => {
    await world.replica('events', ({ cursor }) => ({ cursor }));
    const client = await world.client();
    const replies = await Promise.all(Array.from({ length: CALLS_AT_FIRST }, (_, index) => client.list(String(index))));
    expect(replies.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual(
      replies.map((_, index) => ({ cursor: String(index) })),
    );
  });
});

describe('an answer', () => {
  /** What a thief of another service's credentials tries: it knows the ids of calls, and any reply subject that it was given. */
  const forged = encodeAnswers([
    { callId: 0, isError: false, isReplayed: false, version: null, body: Buffer.from('{"forged":true}') },
  ]);

  it('counts on the reply subject of its own frame only', async () => {
    const client = await world.client();
    const thief = await world.broker.as('events');
    const id = newId();
    let stolen = 0;
    // It sees the frames of events, and answers them, their neighbours and anything it can name.
    thief.subscribe(`rpc.events.frame.${id}`, {
      queue: 'events',
      callback: (_error, { reply = '' }) => {
        const inbox = reply.slice(0, reply.lastIndexOf('.'));
        for (const subject of [`${inbox}.1`, `${inbox}.${newId()}`, reply])
          for (const message of forged) thief.publish(subject, message);
        stolen += 1;
      },
    });
    await thief.flush();
    await client.rpc.watch('events');
    await world.replica('finance', async () => {
      await eventually(() => expect(stolen).toBe(1));
      return { from: 'finance' };
    });
    const [victim] = await Promise.all([
      client.poll(),
      eventually(async () => {
        thief.publish(`presence.events.${id}`, monotonicNow().toFixed(3));
        if (stolen === 0) await client.list();
      }),
    ]);
    expect(JSON.parse(victim.body.toString())).toEqual({ from: 'finance' });
  });

  it('is refused by the broker on a subject that the service was not given', async () => {
    await world.replica('finance', () => ({ from: 'finance' }));
    const thief = await world.broker.as('events');
    const refused = new Promise<string>((resolve) => {
      void (async () => {
        for await (const status of thief.status()) if (status.type === 'error') resolve(status.error.message);
      })();
    });
    thief.publish('_INBOX_gateway.rpc.any', forged[0]);
    expect(await refused).toMatch(/Permissions Violation for Publish to "_INBOX_gateway.rpc.any"/i);
  });

  it('does not come where the asker wants it if that is no inbox', async () => {
    await world.replica('partnership', () => ({}));
    const staffing = await world.broker.as('staffing');
    const client = await world.client();
    await eventually(async () => expect(await client.rpc.health('partnership')).toMatchObject({ status: 'up' }));
    const admin = await world.broker.as('admin');
    const before = (await admin.request('$JS.API.STREAM.INFO.EVT_PARTNERSHIP')).json<StreamInfo>().state.messages;
    const [replica] = await replicasOf('partnership', staffing);
    const writer = new RequestFrameWriter();
    writer.add(framedCall('', [0, 'rpc.partnership.none', 3000, newId(), null, null, null, {}]));
    const subject = `rpc.partnership.frame.${replica ?? ''}`;
    staffing.publish(subject, writer.encode(monotonicNow()), { reply: 'evt.partnership.forged.v1' });
    // The same frame with an inbox is answered: the one before it was read, too.
    const answer = await staffing.request(subject, writer.encode(monotonicNow()));
    expect(decodeAnswers(answer.data)[0]?.isError).toBe(true);
    const after = (await admin.request('$JS.API.STREAM.INFO.EVT_PARTNERSHIP')).json<StreamInfo>().state.messages;
    expect(after).toBe(before);
  });
});

describe('a deadline', () => {
  it('is one on the clock of who carries the call out: a frame that waited longer is not begun', async () => {
    let carriedOut = 0;
    await world.replica('partnership', () => {
      carriedOut += 1;
      return {};
    });
    const staffing = await world.broker.as('staffing');
    const [replica] = await replicasOf('partnership', staffing);
    const writer = new RequestFrameWriter();
    const row = [0, 'rpc.partnership.municipality.list', 3000, newId(), null, null, null, {}];
    writer.add(framedCall(world.token, row as never));
    const send = async (openedAt: number) => {
      const answer = await staffing.request(`rpc.partnership.frame.${replica ?? ''}`, writer.encode(openedAt));
      const [first] = decodeAnswers(answer.data);
      return (JSON.parse(first?.body.toString() ?? '') as { code?: string }).code ?? 'done';
    };
    expect(await send(monotonicNow() - 3100)).toBe('PLATFORM_CALL_OVERDUE');
    expect(carriedOut).toBe(0);
    expect(await send(monotonicNow() - 1000)).toBe('done');
    expect(carriedOut).toBe(1);
  });

  it('that has passed already is not even sent', async () => {
    await world.replica('events', () => ({}));
    const client = await world.client();
    await expect(client.get({ deadlineAt: monotonicNow() - 1 })).rejects.toMatchObject({
      code: 'PLATFORM_CALL_OVERDUE',
    });
  });

  it('of a caller counts for the calls that are made for it', async () => {
    await world.replica('events', () => world.ended);
    const client = await world.client();
    const started = monotonicNow();
    await expect(client.get({ deadlineAt: started + 300 })).rejects.toMatchObject({
      code: 'PLATFORM_DEADLINE_EXCEEDED',
    });
    expect(monotonicNow() - started).toBeGreaterThanOrEqual(299);
  });

  it('is written down for the clock of the replica, however far its clock is from ours', async () => {
    // A replica whose clock began a day earlier.
    const day = 86_400_000;
    const events = await world.broker.as('events');
    const id = newId();
    const frames: number[] = [];
    events.subscribe(`rpc.events.frame.${id}`, {
      queue: 'events',
      callback: (_error, message) => {
        frames.push(decodeRequests(message.data).openedAt - (monotonicNow() + day));
        message.respond(
          encodeAnswers([{ callId: 0, isError: false, isReplayed: false, version: null, body: Buffer.from('{}') }])[0],
        );
      },
    });
    const client = await world.client();
    await client.rpc.watch('events');
    await events.flush();
    events.publish(`presence.events.${id}`, (monotonicNow() + day).toFixed(3));
    await eventually(() => client.get());
    expect(frames).toHaveLength(1);
    // Never late, and early by no more than the way of a beat and of the frame.
    expect(frames[0]).toBeLessThanOrEqual(0);
    expect(frames[0]).toBeGreaterThan(-2000);
  });
});

describe('too many calls', () => {
  it('are refused at once with the time to come back, by the service', async () => {
    const open: (() => void)[] = [];
    await world.replica('events', () => new Promise<object>((resolve) => open.push(() => resolve({}))), {
      RPC_CALLS_MAX: '3',
    });
    const client = await world.client();
    const calls = Array.from({ length: 5 }, () => client.list());
    const refusals = await Promise.all(calls.slice(3).map((call) => call.catch((error: unknown) => error)));
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: 'PLATFORM_SERVICE_OVERLOADED', kind: 'unavailable' });
      expect((refusal as AppError).details?.retryAfterSeconds).toEqual(expect.any(Number));
    }
    await eventually(() => expect(open).toHaveLength(3));
    for (const finish of open) finish();
    await Promise.all(calls.slice(0, 3));
    // There is room again.
    const next = client.list();
    await eventually(() => expect(open).toHaveLength(4));
    open[3]?.();
    await next;
  });

  it('are refused before they are sent, where a caller has as many open already', async () => {
    await world.replica('events', () => world.ended);
    const client = await world.client({ RPC_CALLS_MAX: '2', RPC_LONG_CALLS_MAX: '1' });
    const calls = Array.from({ length: 4 }, () => outcomeOf(client.list()));
    expect(await calls[3]).toBe('PLATFORM_SERVICE_OVERLOADED');
  });

  it('that wait on purpose leave room for those who work', async () => {
    await world.replica(
      'finance',
      (_request, { operation }) => (operation.deadlineMs === 25_000 ? world.ended : { items: [] }),
      { RPC_CALLS_MAX: '1', RPC_LONG_CALLS_MAX: '2' },
    );
    const client = await world.client();
    const polls = Array.from({ length: 3 }, () => outcomeOf(client.poll()));
    expect(await polls[2]).toBe('PLATFORM_SERVICE_OVERLOADED');
    const work = client.rpc.callRaw(listFunds, {}, { token: world.token });
    await expect(work).resolves.toBeDefined();
  });
});

interface StreamInfo {
  state: { messages: number };
}

/** The ids under which the replicas of a service beat, as a caller of it hears them. */
async function replicasOf(
  service: 'partnership',
  as: Awaited<ReturnType<RpcWorld['broker']['as']>>,
): Promise<string[]> {
  const heard = as.subscribe(`presence.${service}.*`, { max: 1 });
  as.publish(`rpc.${service}.roll-call`);
  const ids: string[] = [];
  for await (const { subject } of heard) ids.push(subject.split('.')[2] ?? '');
  return ids;
}

describe('a refusal that its operation does not declare', () => {
  const refuse = () => {
    throw new AppError('EVENTS_WAITING_LIST_FULL');
  };

  it('is an error of ours where contracts are checked, which says what is not declared', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    await world.replica('events', refuse, { CONTRACT_CHECKS: 'on' });
    const client = await world.client();
    expect(await outcomeOf(client.list())).toBe('PLATFORM_INTERNAL_ERROR');
    const [said] = logged.mock.calls.flat() as { err?: Error }[];
    expect(said?.err?.message).toBe(
      'rpc.events.event.list refuses with EVENTS_WAITING_LIST_FULL, which it does not declare',
    );
  });

  it('reaches the caller elsewhere', async () => {
    await world.replica('events', refuse);
    const client = await world.client();
    expect(await outcomeOf(client.list())).toBe('EVENTS_WAITING_LIST_FULL');
  });

  it('is no such thing when any route can answer it', async () => {
    const behind = () => {
      throw new AppError('PLATFORM_CURSOR_INVALID');
    };
    await world.replica('events', behind, { CONTRACT_CHECKS: 'on' });
    const client = await world.client();
    expect(await outcomeOf(client.list())).toBe('PLATFORM_CURSOR_INVALID');
  });
});

describe('a reply that is JSON already', () => {
  const page = (items: unknown) =>
    new JsonReply(JSON.stringify({ items, page: { limit: 50, next: null, prev: null } }));

  it('reaches the caller as it is', async () => {
    await world.replica('events', () => page([]));
    const client = await world.client();
    const { body } = await client.list();
    expect(body.toString()).toBe(page([]).json);
  });

  it('is checked against its contract like any other', async () => {
    await world.replica('events', () => page([{ id: 'none' }]), { CONTRACT_CHECKS: 'on' });
    const client = await world.client();
    expect(await outcomeOf(client.list())).toBe('PLATFORM_INTERNAL_ERROR');
  });
});
