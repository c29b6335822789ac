import { AUDIT_RECORD_OPERATIONS, type AuditRecordView, type RequestInputOf, PEOPLE } from '#contracts';
import { blockPayout, listFundJournal, orderPayout } from '#contracts/finance';
import { caller, type TestCaller } from '#testing';
import { AUDITOR, BUDGET, FINANCE, FinanceWorld, ORDERER } from '../../../test/finance-world';

const list = AUDIT_RECORD_OPERATIONS.finance;
let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 120_000);
afterAll(() => world?.app.close());

const read = async (as: TestCaller, request: RequestInputOf<typeof list> = {}): Promise<AuditRecordView[]> =>
  (await world.app.rpc(list, request, as)).items;

describe('the audit records of a service', () => {
  it('tell auditors who did what to which object, when, why, and what it changed', async () => {
    const [due, other] = await world.duePayouts();
    if (!due || !other) throw new Error('payouts are due');
    await world.order(due);
    const [record] = await read(AUDITOR, { objectId: due.id, act: orderPayout.subject });
    expect(record).toMatchObject({ service: 'finance', actor: ORDERER.subject, roles: ['payment-orderer'], why: null });
    expect(record?.changes).toEqual([
      expect.objectContaining({
        object: 'payout',
        id: due.id,
        fields: expect.arrayContaining([
          { field: 'status', before: 'ARITHMETICALLY_CHECKED', after: 'ORDERED', isWithheld: false },
          { field: 'orderedBy', before: null, after: ORDERER.subject, isWithheld: false },
        ]) as unknown,
      }),
    ]);
    const request = { payoutId: other.id, reason: 'Invoice is disputed' };
    await world.app.rpc(blockPayout, request, FINANCE, { expectedVersion: other.version });
    expect((await read(AUDITOR, { objectId: other.id, act: blockPayout.subject }))[0]?.why).toBe('Invoice is disputed');
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await read(AUDITOR, { objectId: due.id, to: since })).toEqual([]);
    expect((await read(AUDITOR, { objectId: due.id, from: since })).length).toBeGreaterThan(0);
    expect((await read(AUDITOR, { actor: ORDERER.subject })).every(({ actor }) => actor === ORDERER.subject)).toBe(
      true,
    );
  });

  it('page without a gap, and refuse a cursor of other filters or another reader', async () => {
    const { items, page } = await world.app.rpc(list, { limit: 3 }, AUDITOR);
    const next = await world.app.rpc(list, { limit: 3, cursor: page.next ?? '' }, AUDITOR);
    expect(await read(AUDITOR, { limit: 6 })).toMatchObject([...items, ...next.items].map(({ id }) => ({ id })));
    expect(await read(AUDITOR, { limit: 3, cursor: items.at(-1)?.cursor })).toEqual(next.items);
    const refusal = { code: 'PLATFORM_CURSOR_INVALID' };
    await expect(read(AUDITOR, { cursor: page.next ?? '', act: 'x' })).rejects.toMatchObject(refusal);
    await expect(read(FINANCE, { cursor: page.next ?? '' })).rejects.toMatchObject(refusal);
  });

  it.each(PEOPLE.filter((role) => role !== 'auditor'))(
    'show a user with the role %s the own acts only',
    async (role) => {
      const somebody = caller(role, { subject: FINANCE.subject });
      const own = await read(somebody, { limit: 200 });
      expect(own.length).toBeGreaterThan(0);
      expect(own.every(({ actor }) => actor === FINANCE.subject)).toBe(true);
      expect(await read(somebody, { actor: ORDERER.subject })).toEqual([]);
      expect(await read(caller(role, { subject: 'nobody-yet' }))).toEqual([]);
    },
  );

  it('show amounts to auditors and to nobody else, not even of the own act', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    const released = (records: readonly AuditRecordView[]) =>
      records
        .flatMap(({ changes }) => changes)
        .flatMap(({ fields }) => fields.filter(({ field }) => field === 'released'));
    const request = { objectId: fund.id };
    expect(released(await read(AUDITOR, request))).toEqual([
      { field: 'released', before: null, after: '1000', isWithheld: false },
    ]);
    expect(released(await read(BUDGET, request))).toEqual([{ field: 'released', isWithheld: true }]);
  });

  it('keep no personal data: a payee leaves no name and no account, and its change says only that it changed', async () => {
    await world.municipalityPayee('5c5f8f4e-0f5b-4f3c-8d5f-3d1c6b1f0a11', 'Commune Secrète');
    const [row] = await world.app.testDatabase.asAdmin<{ found: boolean }>(
      `SELECT bool_or(r::text LIKE '%Secrète%' OR r::text LIKE '%0123456789%' OR r::text LIKE '%Neckargasse%') AS found FROM audit_record r`,
    );
    expect(row).toEqual({ found: false });
  });

  it('and the journal name the person of a release', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    const { items } = await world.app.rpc(listFundJournal, { fundId: fund.id }, AUDITOR);
    expect(items).toMatchObject([{ kind: 'BUDGET_RELEASED', bookedBy: BUDGET.subject }]);
  });
});
