import { beginFinanceRecheck, listFinanceRechecks } from '#contracts/finance';
import { Messaging } from '#messaging';
import { caller, eventually, startTestService, type TestService } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';

const OFFICER = caller('finance-officer');

describe('the recheck of a service', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: FinanceModule, dataSource: financeDataSource });
  });
  afterAll(() => app.close());

  it('is asked for by a person, runs once at a time, and is listed with who and why', async () => {
    // The daily one comes first.
    await eventually(async () => {
      app.app.get(Messaging).reconciler.begin();
      const { items } = await app.rpc(listFinanceRechecks, {}, caller('auditor'));
      expect(items.map(({ requestedBy, finishedAt }) => [requestedBy, finishedAt !== null])).toEqual([
        ['schedule', true],
      ]);
    });
    const begun = await app.rpc(beginFinanceRecheck, { reason: 'staffing was restored' }, OFFICER);
    expect(begun).toMatchObject({ requestedBy: OFFICER.subject, reason: 'staffing was restored', since: null });
    await eventually(async () => {
      app.app.get(Messaging).reconciler.begin();
      const { items } = await app.rpc(listFinanceRechecks, {}, caller('auditor'));
      expect(items[0]).toMatchObject({ id: begun.id, publishedAgain: 0, missingRows: 0 });
      expect(items[0]?.finishedAt).not.toBeNull();
    });
    const audit = await app.testDatabase.asAdmin('SELECT actor, object_id FROM audit_record WHERE operation = $1', [
      beginFinanceRecheck.subject,
    ]);
    expect(audit).toEqual([{ actor: OFFICER.subject, objectId: begun.id }]);
  });

  it('is refused while another one has not finished', async () => {
    // Nobody carries it out.
    await app.app.get(Messaging).reconciler.stop();
    await app.testDatabase.asAdmin(
      `INSERT INTO recheck (id, requested_at, requested_by, reason, reached_position, through_position)
       VALUES (gen_random_uuid(), now(), 'somebody', 'it waits for a consumer', 0, 0)`,
    );
    await expect(app.rpc(beginFinanceRecheck, { reason: 'once more' }, OFFICER)).rejects.toMatchObject({
      code: 'PLATFORM_RECHECK_RUNNING',
    });
  });

  it('is not for everyone', async () => {
    await expect(app.rpc(beginFinanceRecheck, { reason: 'curious' }, caller('recruiter'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
