import { AppError, type ErrorCode } from '#contracts';
import type { Tx } from '#database';
import { type Call, monotonicNow, newId } from '#platform';
import { eventually } from '#testing';
import type { Done, GroupItem } from './command-group';
import { type CommandWorld, putCall, startCommandWorld, thingPut } from './commands-spec';

interface Note {
  readonly refuse?: ErrorCode;
  readonly fail?: boolean;
  readonly holdMs?: number;
}
interface Reply {
  readonly id: string;
  readonly version: number;
}

describe('a group of commands', () => {
  let world: CommandWorld;
  /** How many items each run of the work had. */
  let runs: number[] = [];

  beforeAll(async () => {
    world = await startCommandWorld();
    await world.test.asAdmin(
      'CREATE TABLE events.thing (id uuid PRIMARY KEY); GRANT SELECT, INSERT ON events.thing TO svc_events',
    );
  });
  afterAll(() => world.close());
  beforeEach(() => {
    runs = [];
  });

  const work = async (tx: Tx, items: readonly GroupItem<Note>[]): Promise<(Done<Reply> | AppError)[]> => {
    runs.push(items.length);
    const ids = items.map(({ call }) => (call.request as { thingId: string }).thingId);
    const accepted = ids.filter((_, index) => !items[index]?.input.refuse);
    await tx.query('INSERT INTO thing SELECT unnest($1::uuid[])', [accepted]);
    for (const { input } of items) {
      if (input.holdMs) await tx.query('SELECT pg_sleep($1::float8)', [input.holdMs / 1000]);
      if (input.fail) throw new Error('no');
    }
    return items.map(({ input }, index) => {
      if (input.refuse) return new AppError(input.refuse, { why: runs.length });
      const id = ids[index] ?? '';
      const told = thingPut.of({ aggregateId: id, aggregateVersion: 1, data: { thingId: id } });
      return { reply: { id, version: 1 }, messages: [told] };
    });
  };
  const group = () => world.commands.group(work);
  const call = (values: Partial<Call> = {}) => putCall(newId(), { idempotencyKey: newId(), ...values });
  const idOf = (it: Call) => (it.request as { thingId: string }).thingId;
  const traces = async (it: Call) => {
    const [row] = await world.database.query<{ things: number; messages: number; audits: number }>(
      `SELECT (SELECT count(*) FROM thing WHERE id = $1)::int AS things,
        (SELECT count(*) FROM outbox_message WHERE aggregate_id = $1::text AND correlation_id = $2)::int AS messages,
        (SELECT count(*) FROM audit_record WHERE object_id = $1::text AND correlation_id = $2)::int AS audits`,
      [idOf(it), it.correlationId],
    );
    return row;
  };
  const ONE = { things: 1, messages: 1, audits: 1 };
  const NONE = { things: 0, messages: 0, audits: 0 };

  it('shares a transaction, and leaves each call its own reply, message, audit record and answer', async () => {
    const puts = group();
    const calls = Array.from({ length: 30 }, () => call());
    const replies = await Promise.all(calls.map((it) => puts.join(it, {})));
    expect(replies.map(({ id }) => id)).toEqual(calls.map(idOf));
    for (const it of calls) expect(await traces(it)).toEqual(ONE);
    const transactions = await world.database.query(
      'SELECT DISTINCT xmin::text FROM audit_record WHERE correlation_id = ANY ($1)',
      [calls.map((it) => it.correlationId)],
    );
    expect(transactions).toHaveLength(1);
    const again = calls.map((it) => call({ request: it.request, idempotencyKey: it.idempotencyKey }));
    expect(await Promise.all(again.map((it) => puts.join(it, {})))).toEqual(replies);
    expect(again.every((it) => it.isReplayed)).toBe(true);
    expect(runs).toEqual([30, 0]);
  });

  it('runs a lone call at once and by itself', async () => {
    const it = call();
    await expect(group().join(it, {})).resolves.toEqual({ id: idOf(it), version: 1 });
    expect(runs).toEqual([1]);
  });

  it('refuses one and carries out the others; the refusal is repeated under its key', async () => {
    const puts = group();
    const [good, bad, other] = [call(), call(), call()];
    const outcomes = await Promise.allSettled([
      puts.join(good, {}),
      puts.join(bad, { refuse: 'PLATFORM_RESOURCE_EXISTS' }),
      puts.join(other, {}),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(runs).toEqual([3]);
    expect(await traces(good)).toEqual(ONE);
    expect(await traces(bad)).toEqual(NONE);
    const again = { ...bad };
    await expect(puts.join(again, {})).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS', details: { why: 1 } });
    expect(again.isReplayed).toBe(true);
  });

  it('does not carry out what nobody waits for any more, and carries out the others', async () => {
    const puts = group();
    const [good, late, other] = [call(), call({ deadlineAt: monotonicNow() - 1 }), call()];
    const outcomes = await Promise.allSettled([puts.join(good, {}), puts.join(late, {}), puts.join(other, {})]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'PLATFORM_CALL_OVERDUE' } });
    expect(runs).toEqual([2]);
    expect(await traces(late)).toEqual(NONE);
  });

  it('undoes the whole when one came too late meanwhile, and carries out the others on their own', async () => {
    const puts = group();
    const [good, late] = [call(), call({ deadlineAt: monotonicNow() + 200 })];
    const outcomes = await Promise.allSettled([puts.join(good, {}), puts.join(late, { holdMs: 500 })]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'PLATFORM_CALL_OVERDUE' } });
    expect(await traces(good)).toEqual(ONE);
    expect(await traces(late)).toEqual(NONE);
  });

  it('forgets a refusal that may pass', async () => {
    const puts = group();
    const it = call();
    const first = await Promise.allSettled([
      puts.join(it, { refuse: 'PLATFORM_VERSION_STALE' }),
      puts.join(call(), {}),
    ]);
    expect(first[0].status).toBe('rejected');
    await expect(puts.join({ ...it }, {})).resolves.toMatchObject({ id: idOf(it) });
  });

  it('lets nobody fail for a neighbour: after an error each runs on its own', async () => {
    const puts = group();
    const calls = Array.from({ length: 5 }, () => call());
    const outcomes = await Promise.allSettled(calls.map((it, index) => puts.join(it, { fail: index === 2 })));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true]);
    expect(await Promise.all(calls.map(traces))).toEqual([ONE, ONE, NONE, ONE, ONE]);
    expect(runs).toEqual([5, 1, 1, 1, 1, 1]);
  });

  it('does not carry out twice what comes twice under one key', async () => {
    const puts = group();
    const first = call();
    const second = call({ request: first.request, idempotencyKey: first.idempotencyKey });
    const altered = call({ idempotencyKey: first.idempotencyKey, request: { thingId: idOf(first), note: 'other' } });
    const outcomes = await Promise.allSettled([first, second, altered, call()].map((it) => puts.join(it, {})));
    const carriedOut = outcomes.slice(0, 3).filter(({ status }) => status === 'fulfilled');
    expect(carriedOut.length).toBeGreaterThan(0);
    const things = await world.database.query('SELECT FROM thing WHERE id = $1', [idOf(first)]);
    const told = await world.database.query('SELECT FROM outbox_message WHERE aggregate_id = $1', [idOf(first)]);
    expect([things.length, told.length]).toEqual([1, 1]);
    expect(outcomes[3]?.status).toBe('fulfilled');
  });

  it('keeps a key that is in use elsewhere from being used again', async () => {
    const puts = group();
    const it = call();
    await world.commands.run({ ...it }, async () => {
      const outcomes = await Promise.allSettled([puts.join({ ...it }, {}), puts.join(call(), {})]);
      expect(outcomes[0]).toMatchObject({ reason: { code: 'PLATFORM_REQUEST_IN_PROGRESS' } });
      expect(outcomes[1].status).toBe('fulfilled');
      return { id: idOf(it), version: 1 };
    });
    expect((await traces(it))?.things).toBe(0);
  });

  it('is not held up for long by a batch that waits', async () => {
    const puts = group();
    let isSlowDone = false;
    const slow = puts.join(call(), { holdMs: 1500 }).then(() => (isSlowDone = true));
    await eventually(() => Promise.resolve(expect(runs).toEqual([1])));
    await puts.join(call(), {});
    expect(isSlowDone).toBe(false);
    await slow;
  });
});
