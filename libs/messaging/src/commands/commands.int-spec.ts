import { AppError, type ErrorCode } from '#contracts';
import type { Database, Tx } from '#database';
import { type Call, monotonicNow, newId } from '#platform';
import { eventually, type TestDatabase } from '#testing';
import {
  COMMAND_POOL_SIZE,
  type CommandWorld,
  putCall,
  sealAuditTrail,
  startCommandWorld,
  thingPut,
  walkAuditTrail,
} from './commands-spec';
import type { ChainFault } from '../audit/hash-chain';
import type { Commands, Outbox } from '../index';

describe('commands', () => {
  let world: CommandWorld;
  let test: TestDatabase;
  let database: Database;
  let commands: Commands;
  let outbox: Outbox;

  beforeAll(async () => {
    world = await startCommandWorld();
    ({ test, database, commands, outbox } = world);
  });
  afterAll(() => world.close());

  const thingId = newId();
  const call = (values: Partial<Call> = {}) => putCall(thingId, values);
  let works = 0;
  const work = (tx: Tx): Promise<{ id: string; version: number }> => {
    works += 1;
    outbox.append(tx, thingPut.of({ aggregateId: thingId, aggregateVersion: works, data: { thingId } }));
    return Promise.resolve({ id: thingId, version: works });
  };
  const refuse = (code: ErrorCode) => (): Promise<never> => {
    works += 1;
    return Promise.reject(new AppError(code, { why: works }));
  };
  const rows = async (table: string, correlationId: string): Promise<number> =>
    (await database.query(`SELECT FROM ${table} WHERE correlation_id = $1`, [correlationId])).length;
  beforeEach(() => {
    works = 0;
  });

  it('keep their answers sealed, replies and refusals alike', async () => {
    await commands.run(call({ idempotencyKey: 'sealed-1' }), work);
    const refused = commands.run(call({ idempotencyKey: 'sealed-2' }), refuse('PLATFORM_RESOURCE_EXISTS'));
    await expect(refused).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS' });
    const stored = await database.query<{ answer: string }>(
      'SELECT coalesce(reply, error) AS answer FROM idempotency_key',
    );
    expect(stored.length).toBeGreaterThanOrEqual(2);
    for (const { answer } of stored) expect(answer).toMatch(/^sealed:[a-z_]+:[A-Za-z0-9+/=]+$/);
    expect(await commands.run(call({ idempotencyKey: 'sealed-1' }), work)).toEqual({ id: thingId, version: 1 });
    const again = commands.run(call({ idempotencyKey: 'sealed-2' }), work);
    await expect(again).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS', details: { why: 2 } });
  });

  it('leave message and audit record with their effect, or nothing at all', async () => {
    const done = call();
    await commands.run(done, work);
    expect(
      await database.query(
        'SELECT actor, operation, object_id, object_version, details FROM audit_record WHERE correlation_id = $1',
        [done.correlationId],
      ),
    ).toEqual([
      {
        actor: 'adviser-1',
        operation: 'rpc.events.thing.put',
        objectId: thingId,
        objectVersion: 1,
        details: {
          roles: ['adviser'],
          requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          published: ['evt.events.thing.put.v1'],
        },
      },
    ]);
    expect(
      await database.query('SELECT data, causation_id FROM outbox_message WHERE correlation_id = $1', [
        done.correlationId,
      ]),
    ).toEqual([{ data: JSON.stringify({ thingId }), causationId: done.correlationId }]);
    const failed = call();
    const failing = commands.run(failed, async (tx) => {
      await work(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows('outbox_message', failed.correlationId)).toBe(0);
    expect(await rows('audit_record', failed.correlationId)).toBe(0);
  });

  it('are carried out once when the same request comes many times at once', async () => {
    const idempotencyKey = newId();
    const calls = Array.from({ length: 30 }, () => call({ idempotencyKey }));
    const outcomes = await Promise.allSettled(calls.map((it) => commands.run(it, work)));
    const replies = outcomes.filter((it) => it.status === 'fulfilled').map((it) => it.value);
    const refusals = outcomes.filter((it) => it.status === 'rejected').map((it) => (it.reason as AppError).code);
    expect(new Set(replies.map((it) => it.version)).size).toBe(1);
    expect(refusals.every((code) => code === 'PLATFORM_REQUEST_IN_PROGRESS')).toBe(true);
    let published = 0;
    for (const it of calls) published += await rows('outbox_message', it.correlationId);
    expect(published).toBe(1);

    const again = call({ idempotencyKey });
    expect(await commands.run(again, work)).toEqual(replies[0]);
    expect(again.isReplayed).toBe(true);
  });

  describe('that nobody waits for any more', () => {
    const overdue = { code: 'PLATFORM_CALL_OVERDUE' };
    const past = (deadlineAt: number) => eventually(() => expect(monotonicNow()).toBeGreaterThan(deadlineAt));

    it('are not begun', async () => {
      await expect(commands.run(call({ deadlineAt: monotonicNow() - 1 }), work)).rejects.toMatchObject(overdue);
      expect(works).toBe(0);
    });

    it('are not begun when their turn for a connection comes too late', async () => {
      let free: (() => void) | undefined;
      const freed = new Promise<void>((resolve) => (free = resolve));
      const holders = Array.from({ length: COMMAND_POOL_SIZE }, () => database.transaction(() => freed));
      const late = call({ deadlineAt: monotonicNow() + 100 });
      const refused = expect(commands.run(late, work)).rejects.toMatchObject(overdue);
      await past(late.deadlineAt);
      free?.();
      await refused;
      await Promise.all(holders);
      expect(works).toBe(0);
    });

    it('are not committed, and can be repeated under their key', async () => {
      const idempotencyKey = newId();
      const late = call({ idempotencyKey, deadlineAt: monotonicNow() + 100 });
      const running = commands.run(late, async (tx) => {
        const reply = await work(tx);
        await past(late.deadlineAt);
        return reply;
      });
      await expect(running).rejects.toMatchObject(overdue);
      expect(await rows('outbox_message', late.correlationId)).toBe(0);
      expect(await rows('audit_record', late.correlationId)).toBe(0);
      await expect(commands.run(call({ idempotencyKey }), work)).resolves.toMatchObject({ id: thingId });
    });
  });

  it('refuse a key that was used for another request or another expected version', async () => {
    const idempotencyKey = newId();
    await commands.run(call({ idempotencyKey }), work);
    for (const other of [{ request: { thingId, note: 'other' } }, { expectedVersion: 3 }]) {
      await expect(commands.run(call({ idempotencyKey, ...other }), work)).rejects.toThrow(
        'PLATFORM_IDEMPOTENCY_KEY_REUSED',
      );
    }
  });

  it('keep the keys of other callers and other resources apart', async () => {
    const idempotencyKey = newId();
    await commands.run(call({ idempotencyKey }), work);
    await commands.run(call({ idempotencyKey, caller: { subject: 'adviser-2', roles: ['adviser'] } }), work);
    await commands.run(call({ idempotencyKey, request: { thingId: newId(), note: 'n' } }), work);
    expect(works).toBe(3);
  });

  it('do not depend on the order of the members', async () => {
    const idempotencyKey = newId();
    await commands.run(call({ idempotencyKey }), work);
    const again = call({ idempotencyKey, request: { note: 'n', thingId } });
    await commands.run(again, work);
    expect(again.isReplayed).toBe(true);
  });

  it.each(['PLATFORM_RESOURCE_EXISTS', 'PLATFORM_IDEMPOTENCY_KEY_REUSED'] as const)(
    'repeat a refusal that would come again: %s',
    async (code) => {
      const idempotencyKey = newId();
      await expect(commands.run(call({ idempotencyKey }), refuse(code))).rejects.toThrow(code);
      const again = call({ idempotencyKey });
      await expect(commands.run(again, work)).rejects.toMatchObject({ code, details: { why: 1 } });
      expect(again.isReplayed).toBe(true);
      expect(works).toBe(1);
    },
  );

  it.each([
    'PLATFORM_VERSION_STALE',
    'PLATFORM_RESOURCE_NOT_FOUND',
    'PLATFORM_ACTION_NOT_ALLOWED',
    'PLATFORM_SERVICE_UNAVAILABLE',
  ] as const)('forget a refusal that may pass: %s', async (code) => {
    const idempotencyKey = newId();
    await expect(commands.run(call({ idempotencyKey }), refuse(code))).rejects.toThrow(code);
    await expect(commands.run(call({ idempotencyKey }), work)).resolves.toMatchObject({ id: thingId });
  });

  it('answer that the same request still runs', async () => {
    const idempotencyKey = newId();
    await commands.run(call({ idempotencyKey }), async (tx) => {
      await expect(commands.run(call({ idempotencyKey }), work)).rejects.toThrow('PLATFORM_REQUEST_IN_PROGRESS');
      return work(tx);
    });
    expect(works).toBe(1);
  });

  it('keep keys for 30 days where money moves, and carry out anew after that', async () => {
    const idempotencyKey = newId();
    await commands.run(call({ idempotencyKey }), work);
    const [row] = await database.query<{ days: number }>(
      `SELECT extract(day FROM expires_at - created_at)::int AS days FROM idempotency_key ORDER BY created_at DESC LIMIT 1`,
    );
    expect(row?.days).toBe(30);
    await database.query(`UPDATE idempotency_key SET expires_at = now()`);
    const again = call({ idempotencyKey });
    expect(await commands.run(again, work)).toMatchObject({ version: 2 });
    expect(again.isReplayed).toBe(false);
  });

  it('forget keys when their time is over, and no others', async () => {
    const [over, kept] = [newId(), newId()];
    await commands.run(call({ idempotencyKey: over }), work);
    await database.query(`UPDATE idempotency_key SET expires_at = now()`);
    await commands.run(call({ idempotencyKey: kept }), work);
    await commands.forgetExpired();
    expect(await database.query('SELECT FROM idempotency_key')).toHaveLength(1);
    const again = call({ idempotencyKey: kept });
    await commands.run(again, work);
    expect(again.isReplayed).toBe(true);
  });

  it('run again when the transaction has to, and leave one trace', async () => {
    const it = call({ idempotencyKey: newId() });
    let runs = 0;
    await commands.run(it, async (tx) => {
      runs += 1;
      if (runs === 1) await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      return work(tx);
    });
    expect(runs).toBe(2);
    expect(await rows('audit_record', it.correlationId)).toBe(1);
  });

  it('refuse a message that does not fit its declaration', async () => {
    const it = call();
    const bad = commands.run(it, (tx) => {
      outbox.append(tx, thingPut.of({ aggregateId: thingId, aggregateVersion: 1, data: { thingId: 'no uuid' } }));
      return Promise.resolve({});
    });
    await expect(bad).rejects.toThrow('uuid');
    expect(await rows('audit_record', it.correlationId)).toBe(0);
  });

  describe('the audit trail', () => {
    const seal = (): Promise<void> => sealAuditTrail(database);
    const tamper = (sql: string): Promise<object[]> => test.asAdmin(`SET session_replication_role = replica; ${sql}`);
    const faultAfter = async (sql: string): Promise<ChainFault | undefined> => {
      await tamper('CREATE TABLE record_kept AS TABLE audit_record; CREATE TABLE seal_kept AS TABLE audit_seal');
      try {
        await tamper(sql);
        return (await walkAuditTrail(database)).fault;
      } finally {
        await tamper(`DELETE FROM audit_record; DELETE FROM audit_seal; INSERT INTO audit_record TABLE record_kept;
          INSERT INTO audit_seal TABLE seal_kept; DROP TABLE record_kept; DROP TABLE seal_kept`);
      }
    };

    beforeAll(async () => {
      for (let index = 0; index < 10; index++) await commands.run(call(), work);
      await seal();
    });

    it('is whole after ordinary work, however much of it', async () => {
      await commands.run(call(), work);
      expect((await walkAuditTrail(database)).fault).toBeUndefined();
      await seal();
      const { head, fault } = await walkAuditTrail(database);
      expect(fault).toBeUndefined();
      expect(head.seq).toBeGreaterThan(10n);
    });

    it.each([
      ['UPDATE audit_record SET actor = actor', 'audit_record is append-only'],
      ['DELETE FROM audit_record', 'permission denied'],
      ['TRUNCATE audit_record', 'permission denied'],
      ['UPDATE audit_seal SET seq = seq', 'permission denied'],
      ['DELETE FROM audit_seal', 'permission denied'],
      ['DELETE FROM outbox_message', 'permission denied'],
      ['UPDATE inbox_message SET subject = subject', 'permission denied'],
    ])('refuses the service %s', async (sql) => {
      await expect(test.asService(sql)).rejects.toMatchObject({ code: '42501' });
    });

    it.each(['UPDATE audit_record SET actor = actor', 'DELETE FROM audit_seal', 'TRUNCATE audit_record'])(
      'refuses even the owner %s',
      async (sql) => {
        await expect(test.asAdmin(`SET ROLE own_events; ${sql}`)).rejects.toMatchObject({
          code: '42501',
          message: expect.stringContaining('append-only') as string,
        });
      },
    );

    const record = (seq: number): string => `(SELECT audit_record_id FROM audit_seal WHERE seq = ${seq})`;
    it.each([
      [
        'a changed record',
        `UPDATE audit_record SET actor = 'nobody' WHERE id = ${record(4)}`,
        { kind: 'record-changed', seq: 4n },
      ],
      [
        'a changed detail',
        `UPDATE audit_record SET details = details || '{"roles":[]}' WHERE id = ${record(5)}`,
        { kind: 'record-changed', seq: 5n },
      ],
      [
        'a moved time',
        `UPDATE audit_record SET recorded_at = recorded_at + interval '1 us' WHERE id = ${record(6)}`,
        { kind: 'record-changed', seq: 6n },
      ],
      ['a deleted record', `DELETE FROM audit_record WHERE id = ${record(3)}`, { kind: 'record-missing', seq: 3n }],
      [
        'a deleted record with its seal',
        `DELETE FROM audit_record WHERE id = ${record(3)}; DELETE FROM audit_seal WHERE seq = 3`,
        { kind: 'seal-missing', seq: 3n },
      ],
      [
        'two records in exchanged places',
        `CREATE TEMP TABLE two AS SELECT 5 - seq AS seq, audit_record_id FROM audit_seal WHERE seq IN (2, 3);
         UPDATE audit_seal SET audit_record_id = gen_random_uuid() WHERE seq IN (2, 3);
         UPDATE audit_seal s SET audit_record_id = two.audit_record_id FROM two WHERE s.seq = two.seq`,
        { kind: 'record-changed', seq: 2n },
      ],
      [
        'a record added by hand',
        `INSERT INTO audit_record SELECT gen_random_uuid(), now(), actor, operation, object_id, 99, correlation_id, details, changes, why_hash FROM audit_record LIMIT 1`,
        { kind: 'record-unsealed' },
      ],
    ])('shows %s', async (_, sql, fault) => {
      expect(await faultAfter(sql)).toMatchObject(fault);
    });

    it('shows a cut tail and a chain hashed anew only against a checkpoint kept elsewhere', async () => {
      const { head } = await walkAuditTrail(database);
      await tamper(
        `DELETE FROM audit_record WHERE id = ${record(Number(head.seq))}; DELETE FROM audit_seal WHERE seq = ${head.seq}`,
      );
      expect((await walkAuditTrail(database)).fault).toBeUndefined();
      expect((await walkAuditTrail(database, head)).fault).toMatchObject({ kind: 'seal-missing', seq: head.seq });
      await commands.run(call(), work);
      await seal();
      expect((await walkAuditTrail(database)).fault).toBeUndefined();
      expect((await walkAuditTrail(database, head)).fault).toMatchObject({
        kind: 'checkpoint-differs',
        seq: head.seq,
      });
    });
  });
});
