import type { AppError } from '#contracts';
import { partnershipRecorded } from '#contracts/partnership';
import { getStaffingService, listStaffingDeadLetters, replayStaffingDeadLetter } from '#contracts/staffing';
import { Audit } from '#messaging';
import { newId } from '#platform';
import { caller, eventually, startTestService, type TestService } from '#testing';
import { deliver, malformedMessage, partnership, partnershipMessage } from '../src/factories/municipal.factory';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

const OPERATOR = caller('operator', { subject: 'otto' });
const SECOND = caller('operator', { subject: 'ottilie' });
const REASON = 'The copy of the partnership was repaired';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
}, 60_000);
afterAll(() => app.close());

const letters = async () => (await app.rpc(listStaffingDeadLetters, {}, OPERATOR)).items;
const replay = (deadLetterId: string, as = OPERATOR) =>
  app.rpc(replayStaffingDeadLetter, { deadLetterId, reason: REASON }, as);
const participants = (id: string) =>
  app.database.query('SELECT FROM partnership_participant_copy WHERE partnership_id = $1', [id]);

/** Fails as long as the table refuses the row, as after a faulty migration. */
async function setAside(): Promise<{ letterId: string; partnershipId: string }> {
  const known = partnership();
  await app.testDatabase.asAdmin(
    `ALTER TABLE partnership_participant_copy ADD CONSTRAINT ck_fault CHECK (partnership_id <> '${known.id}')`,
  );
  await deliver(app, partnershipMessage(known));
  return eventually(async () => {
    const letter = (await letters()).find(({ objectId }) => objectId === known.id);
    if (!letter) throw new Error('not set aside yet');
    return { letterId: letter.id, partnershipId: known.id };
  });
}
const repair = () => app.testDatabase.asAdmin('ALTER TABLE partnership_participant_copy DROP CONSTRAINT ck_fault');

describe('how a service stands', () => {
  it('is told to operators and auditors: health, backlog, recurring work and the audit chain', async () => {
    await app.app.get(Audit).watch.verify();
    const view = await eventually(async () => {
      const seen = await app.rpc(getStaffingService, {}, OPERATOR);
      expect(seen.consumers.every(({ isAttached, pending }) => isAttached && pending === 0)).toBe(true);
      return seen;
    });
    expect(view).toMatchObject({
      service: 'staffing',
      status: 'up',
      queues: [],
      outbox: { unpublished: 0, failed: 0 },
    });
    expect(view.consumers.map(({ producer }) => producer)).toContain('partnership');
    expect(view.tasks.map(({ name, hasFailed }) => [name, hasFailed])).toContainEqual(['seal the chains', false]);
    const { count } = await app.testDatabase
      .asAdmin<{ count: number }>('SELECT count(*)::int AS count FROM audit_record')
      .then(([row]) => row ?? { count: -1 });
    expect(view.audit.records.sealed + view.audit.records.waiting).toBe(count);
    expect(view.audit.faults).toEqual([]);
    expect(view.audit.verifiedAt).not.toBeNull();
    await expect(app.rpc(getStaffingService, {}, caller('auditor'))).resolves.toMatchObject({ service: 'staffing' });
    await expect(app.rpc(getStaffingService, {}, caller('programme-officer'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('says that the audit trail did not agree, in the words of the verification', async () => {
    const sentence = 'The audit record 7 was changed.';
    await app.testDatabase.asAdmin(
      `INSERT INTO audit_verification (name, day, verified_at, findings) VALUES ('verification', current_date, now(), $1)
       ON CONFLICT (name) DO UPDATE SET findings = excluded.findings`,
      [JSON.stringify([{ check: 'chain', kind: 'record-changed', sentence }])],
    );
    const view = await app.rpc(getStaffingService, {}, caller('auditor'));
    expect(view.audit.faults).toEqual([sentence]);
    expect(view).toMatchObject({ status: 'degraded' });
    expect(view.checks).toContainEqual({ name: 'audit', isWell: false, detail: sentence });
  });
});

describe('a message that was set aside', () => {
  it('is listed with its envelope and the error, and without what it says', async () => {
    const secret = 'nobody else knows this';
    await deliver(app, malformedMessage(partnershipRecorded, { partnershipId: newId(), participants: secret }));
    const [letter] = await letters();
    expect(letter).toMatchObject({ subject: partnershipRecorded.subject, reason: 'invalid' });
    expect(letter?.error).toContain('PROJECT_PARTNERSHIP');
    expect(JSON.stringify(letter)).not.toContain(secret);
    expect((await app.rpc(getStaffingService, {}, OPERATOR)).deadLetters).toBe(1);
  });

  it('fails again as long as its cause is there, stays, and takes effect once when it is gone', async () => {
    const { letterId, partnershipId } = await setAside();
    const refusal: unknown = await replay(letterId).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'PLATFORM_DEAD_LETTER_FAILED_AGAIN' });
    expect((refusal as AppError).details).toMatchObject({ error: expect.stringContaining('ck_fault') as string });
    expect((await letters()).map(({ id }) => id)).toContain(letterId);

    await repair();
    expect(await replay(letterId)).toEqual({ id: letterId, outcome: 'handled', replayedBy: 'otto' });
    expect(await participants(partnershipId)).toHaveLength(2);
    expect((await letters()).map(({ id }) => id)).not.toContain(letterId);
    await expect(replay(letterId, SECOND)).rejects.toMatchObject({ code: 'PLATFORM_DEAD_LETTER_REPLAYED' });
    expect(
      await app.testDatabase.asAdmin(
        `SELECT r.actor, w.text AS why FROM audit_record r JOIN audit_why w ON w.audit_record_id = r.id
         WHERE r.operation = $1 AND r.object_id = $2`,
        [replayStaffingDeadLetter.subject, letterId],
      ),
    ).toEqual([{ actor: 'otto', why: REASON }]);
  });

  it('of two persons at once only one takes it up', async () => {
    const { letterId } = await setAside();
    await repair();
    const outcomes = await Promise.allSettled([replay(letterId), replay(letterId, SECOND)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.flatMap((it) => (it.status === 'rejected' ? [(it.reason as AppError).code] : []))).toEqual([
      'PLATFORM_DEAD_LETTER_REPLAYED',
    ]);
  });

  it('that never was one, or for who is no operator, is refused', async () => {
    await expect(replay(newId())).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(replay(newId(), caller('auditor'))).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    await expect(app.rpc(listStaffingDeadLetters, {}, caller('finance-officer'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
