import type { TestingModule } from '@nestjs/testing';
import { Database } from '#database';
import { newId } from '#platform';
import { eventually, FixedClock } from '#testing';
import { Messaging } from '../index';
import { TwoServices } from '../two-services-spec';

const DAY_MS = 86_400_000;
/** Rounds only when the test begins one. */
const NO_ROUNDS = { MESSAGING_RECONCILE_MS: '100000' };

describe('a consumer that lacks what it once had', () => {
  let services: TwoServices;
  beforeAll(async () => {
    services = await TwoServices.prepare();
  });
  afterEach(async () => {
    await services.stopAll();
    // Each test has an outbox, and a schedule, of its own.
    for (const database of [services.financeDatabase, services.staffingDatabase]) {
      await database.asAdmin('TRUNCATE outbox_message, inbox_message, recheck, stream_sighting, external_consumer');
    }
  });
  afterAll(() => services.close());

  async function publishAndConfirm(publisher: TestingModule, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    for (const id of ids) await services.publish(publisher, id);
    await eventually(async () => {
      publisher.get(Messaging).reconciler.begin();
      expect(await services.unreceived()).toBe(0);
    });
    return ids;
  }

  const rechecks = (publisher: TestingModule) => publisher.get(Messaging).rechecks.list();

  /** Waits until so many have been begun, and ended. */
  async function finished(publisher: TestingModule, count: number) {
    return eventually(async () => {
      publisher.get(Messaging).reconciler.begin();
      const list = await rechecks(publisher);
      expect(list.map(({ finishedAt }) => finishedAt !== null)).toEqual(Array(count).fill(true));
      return list;
    });
  }

  it('is given everything since when somebody asks for it, and what it has stays as it is', async () => {
    const clock = new FixedClock('2027-02-10T09:00:00Z');
    const publisher = await services.start('finance', NO_ROUNDS, clock);
    await services.start('staffing');
    const kept = await publishAndConfirm(publisher, 3);
    clock.advance(5 * DAY_MS);
    const lost = await publishAndConfirm(publisher, 3);
    // So many that the sample of the newest does not show the loss.
    const newer = await publishAndConfirm(publisher, 20);
    // The daily one ran before and after the five days.
    await finished(publisher, 2);
    await services.forget(lost);
    const since = new Date('2027-02-12T00:00:00Z');
    await publisher.get(Messaging).rechecks.requestAs('operator-1', { reason: 'staffing restored', since });
    const [recheck] = await finished(publisher, 3);
    expect(recheck).toMatchObject({
      requestedBy: 'operator-1',
      since: since.toISOString(),
      checked: 23,
      publishedAgain: 3,
    });
    for (const id of [...kept, ...lost, ...newer]) await services.arrive(id, [1]);
    const audit = await services.financeDatabase.asAdmin(
      `SELECT actor, operation, details->>'reason' AS reason FROM audit_record WHERE object_id = $1`,
      [recheck?.id],
    );
    expect(audit).toEqual([{ actor: 'operator-1', operation: 'recheck.begin', reason: 'staffing restored' }]);
  });

  it('is noticed by its newest receipts when it was restored to yesterday, and given everything', async () => {
    const publisher = await services.start('finance');
    const consumer = await services.start('staffing');
    const ids = await publishAndConfirm(publisher, 30);
    await services.stop(consumer);
    await services.forget(ids.slice(10));
    await services.start('staffing');
    for (const id of ids) await services.arrive(id, [1]);
    const [recheck] = await finished(publisher, 2);
    expect(recheck).toMatchObject({ requestedBy: 'receipts', since: null, checked: 30, publishedAgain: 20 });
    await eventually(async () => expect(await services.unreceived()).toBe(0));
  }, 30_000);

  it('is given by itself what it lost within a day, by a schedule that restarts do not set back', async () => {
    const clock = new FixedClock('2027-02-10T09:00:00Z');
    const first = await services.start('finance', NO_ROUNDS, clock);
    await services.start('staffing');
    const [lost = '', ...others] = await publishAndConfirm(first, 25);
    await finished(first, 1);
    // The oldest of what is confirmed: the sample of the newest does not show it.
    await services.forget([lost]);
    clock.advance(DAY_MS - 1);
    await services.stop(first);
    const second = await services.start('finance', NO_ROUNDS, clock);
    const [afterRestart = ''] = await publishAndConfirm(second, 1);
    expect(await rechecks(second)).toHaveLength(1);
    expect(await services.effects(lost)).toEqual([]);
    clock.advance(1);
    const [daily] = await finished(second, 2);
    expect(daily).toMatchObject({ requestedBy: 'schedule', checked: 26, publishedAgain: 1 });
    for (const id of [lost, ...others, afterRestart]) await services.arrive(id, [1]);
  });

  it('is waited for while it is away', async () => {
    const publisher = await services.start('finance', NO_ROUNDS);
    const consumer = await services.start('staffing');
    const ids = await publishAndConfirm(publisher, 3);
    await finished(publisher, 1);
    await services.stop(consumer);
    await services.forget(ids);
    await publisher.get(Messaging).rechecks.requestAs('operator-1', { reason: 'restored' });
    publisher.get(Messaging).reconciler.begin();
    await expect(publisher.get(Messaging).rechecks.requestAs('operator-2', { reason: 'too' })).rejects.toThrow(
      'PLATFORM_RECHECK_RUNNING',
    );
    await publisher.get(Messaging).reconciler.stop();
    expect(await rechecks(publisher)).toMatchObject([{ checked: 0, finishedAt: null }, {}]);
    await services.stop(publisher);
    // Another process goes on with what the first could not end.
    const next = await services.start('finance', NO_ROUNDS);
    await services.start('staffing');
    expect((await finished(next, 2))[0]).toMatchObject({ checked: 3, publishedAgain: 3 });
    for (const id of ids) await services.arrive(id, [1]);
  });

  it('cannot get what somebody deleted from the outbox, which is said', async () => {
    const publisher = await services.start('finance', NO_ROUNDS);
    await services.start('staffing');
    const [, deleted = ''] = await publishAndConfirm(publisher, 3);
    await finished(publisher, 1);
    await services.financeDatabase.asAdmin('DELETE FROM outbox_message WHERE aggregate_id = $1', [deleted]);
    await publisher.get(Messaging).rechecks.requestAs('operator-1', { reason: 'a gap in the positions' });
    expect((await finished(publisher, 2))[0]).toMatchObject({ checked: 2, publishedAgain: 0, missingRows: 1 });
  });

  it('hears what is new while requests have taken the whole pool of the publisher', async () => {
    const publisher = await services.start('finance', { DATABASE_POOL_SIZE: '2' });
    await services.start('staffing');
    const [id = ''] = await publishAndConfirm(publisher, 1);
    const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
    const requests = Array.from({ length: 3 }, () => publisher.get(Database).transaction(() => released));
    const other = newId();
    await services.financeDatabase.asAdmin(
      `INSERT INTO outbox_message (id, subject, aggregate_id, aggregate_version, data, correlation_id)
       SELECT $2, subject, $3, 1, replace(data, aggregate_id, $3), correlation_id FROM outbox_message WHERE aggregate_id = $1`,
      [id, newId(), other],
    );
    await services.arrive(other, [1]);
    await eventually(async () => expect(await services.unreceived()).toBe(0));
    expect(await publisher.get(Database).health()).toBeUndefined();
    release(undefined);
    await Promise.all(requests);
  });
});
