import { randomUUID } from 'node:crypto';
import {
  confirmBankAccountChange,
  createPaymentRun,
  decideScreening,
  getScreening,
  getScreeningStatus,
  importSanctionsList,
  listSanctionsLists,
  listScreeningActions,
  listScreenings,
  type PayoutView,
  proposeBankAccountChange,
  type ScreeningView,
  screenPayee,
} from '#contracts/finance';
import {
  caller,
  eventually,
  FixedClock,
  possibleActs,
  refusalOf,
  startTestService,
  type TestCaller,
  type TestService,
} from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, ORDERER } from '../../../test/finance-world';
import { nextEdition, sanctionsListRequest } from '../../../test/sanctions/sanctions-sample';
import { financeDataSource } from '../../data-source';
import { FinanceModule } from '../../finance.module';
import { PayeeScreeningService } from '../payees/payee-screening.service';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

/** A municipality of that name with an ordered instalment. */
async function orderedTo(name: string): Promise<PayoutView> {
  const fund = await world.fund({ 2027: '100000.00' });
  const data = world.fundingRequest(fund.id);
  await world.municipalityPayee(data.employerMunicipalityId, name);
  await world.departed(fund.id, data);
  const [due] = await world.payouts(data.assignmentId);
  if (!due) throw new Error('nothing is due');
  return due.status === 'DUE' ? world.order(due) : due;
}

const latest = async ({ payeeId }: PayoutView): Promise<ScreeningView> => {
  const { items } = await world.app.rpc(listScreenings, { payeeId: payeeId ?? '' }, AUDITOR);
  if (!items[0]) throw new Error('never screened');
  return world.app.rpc(getScreening, { screeningId: items[0].id }, AUDITOR);
};
const OTHER_OFFICER = caller('finance-officer', { subject: 'frieda' });
const decide = ({ id, version }: ScreeningView, outcome: 'CLEAR' | 'BLOCK', as = OTHER_OFFICER) =>
  world.app.rpc(decideScreening, { screeningId: id, outcome, reason: 'Compared birth date and place' }, as, {
    expectedVersion: version,
  });
const read = async ({ assignmentId, id }: PayoutView) =>
  (await world.payouts(assignmentId ?? '')).find((it) => it.id === id) as PayoutView;
const pay = ({ fundId, id }: PayoutView, executionOn = '2027-02-12') =>
  world.app.rpc(createPaymentRun, { fundId, paymentType: 'FOREIGN', executionOn, payoutIds: [id] }, CASHIER);

describe('a service without any list', () => {
  let bare: TestService;
  beforeAll(async () => {
    const clock = new FixedClock('2027-02-10T09:00:00Z');
    bare = await startTestService({ module: FinanceModule, dataSource: financeDataSource, clock });
  });
  afterAll(() => bare?.close());

  it('says so, and refuses to screen and to pay', async () => {
    expect(await bare.rpc(getScreeningStatus, {}, AUDITOR)).toMatchObject({ state: 'NOT_CONFIGURED', list: null });
    const run = { fundId: randomUUID(), paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
    await expect(bare.rpc(createPaymentRun, run, CASHIER)).rejects.toMatchObject({
      code: 'FINANCE_SCREENING_NOT_CONFIGURED',
    });
  });
});

describe('screening a payee', () => {
  it('is clear without a hit, and the payee is paid', async () => {
    const ordered = await orderedTo('Commune de Kongoussi');
    expect(await latest(ordered)).toMatchObject({ outcome: 'CLEAR', hits: [], decision: null, threshold: 85 });
    await expect(pay(ordered)).resolves.toMatchObject({ status: 'CREATED' });
  });

  it('holds the payouts on a hit until a person decides, and remembers the decision', async () => {
    const held = await orderedTo('Quellenfuss, Bartolomaeus');
    expect(held).toMatchObject({ status: 'BLOCKED', blocked: 'SCREENING_MISSING' });
    const review = await latest(held);
    expect(review).toMatchObject({ outcome: 'REVIEW', hits: [{ logicalId: '990101', referenceNumber: 'EU.9901.11' }] });
    await expect(decide(review, 'CLEAR', ORDERER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const cleared = await decide(review, 'CLEAR');
    expect(cleared).toMatchObject({ outcome: 'CLEAR', decision: { by: 'frieda' } });
    expect((await read(held)).status).toBe('DUE');
    await expect(decide(cleared, 'BLOCK')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_DECISION_NOT_ALLOWED' });
    const again = await world.app.rpc(screenPayee, { payeeId: held.payeeId ?? '' }, FINANCE);
    expect(again).toMatchObject({ outcome: 'CLEAR', decision: { by: 'frieda' } });
    await expect(decide({ ...review, version: 2 }, 'BLOCK')).rejects.toMatchObject({
      code: 'FINANCE_SCREENING_DECISION_NOT_ALLOWED',
    });
  });

  it('is decided while it waits for a person, as its actions say, by the state before the version', async () => {
    const review = await latest(await orderedTo('Quellenfuss Bartolomaeus'));
    const actions = (as: TestCaller) => world.app.rpc(listScreeningActions, { screeningId: review.id }, as);
    expect(possibleActs(await actions(OTHER_OFFICER))).toEqual(['screening_decide']);
    expect(refusalOf(await actions(AUDITOR), decideScreening)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    const stale = { ...review, version: review.version + 1 };
    await expect(decide(stale, 'CLEAR')).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await decide(review, 'CLEAR');
    expect(refusalOf(await actions(OTHER_OFFICER), decideScreening)).toBe('FINANCE_SCREENING_DECISION_NOT_ALLOWED');
    await expect(decide(review, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_DECISION_NOT_ALLOWED' });
  });

  it('blocks for good when it is the listed one, also when screened again', async () => {
    const held = await orderedTo('Bartolomäus Quellenfuß');
    await decide(await latest(held), 'BLOCK');
    expect((await read(held)).status).toBe('BLOCKED');
    await world.app.rpc(screenPayee, { payeeId: held.payeeId ?? '' }, FINANCE);
    expect(await latest(held)).toMatchObject({ outcome: 'REVIEW' });
    expect((await read(held)).status).toBe('BLOCKED');
  });

  it('is not cleared by who registered the payee, also after another screening, but blocked', async () => {
    const held = await orderedTo('B. Quellenfuss');
    const review = await latest(held);
    expect(review).toMatchObject({ outcome: 'REVIEW', namedBy: ['fritz'] });
    await expect(decide(review, 'CLEAR', FINANCE)).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });
    const again = await world.app.rpc(screenPayee, { payeeId: held.payeeId ?? '' }, OTHER_OFFICER);
    await expect(decide(again, 'CLEAR', FINANCE)).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });
    const past = world.app.asServiceRole(
      `UPDATE screening SET outcome = 'CLEAR', decided_by = 'fritz', decided_at = now(), decision_reason = 'x' WHERE id = $1`,
      [again.id],
    );
    await expect(past).rejects.toMatchObject({ code: '23514', constraint: 'ck_screening_four_eyes' });
    const unnamed = world.app.asServiceRole(`UPDATE screening SET named_by = '{}' WHERE id = $1`, [again.id]);
    await expect(unnamed).rejects.toMatchObject({ code: '23514', constraint: 'ck_screening_fixed' });
    await expect(decide(again, 'BLOCK', FINANCE)).resolves.toMatchObject({ outcome: 'BLOCK' });
  });

  it('waits for a person where a name can hardly be read, and remembers what the person said', async () => {
    const held = await orderedTo('★★★★★★★ Bank');
    expect(held).toMatchObject({ status: 'BLOCKED', blocked: 'SCREENING_MISSING' });
    const review = await latest(held);
    expect(review).toMatchObject({ outcome: 'REVIEW', hits: [], doubts: [expect.stringContaining('7 of 11')] });
    const past = world.app.asServiceRole(`UPDATE screening SET outcome = 'CLEAR' WHERE id = $1`, [review.id]);
    await expect(past).rejects.toMatchObject({ code: '23514', constraint: 'ck_screening_doubts' });
    await decide(review, 'CLEAR');
    expect((await read(held)).status).not.toBe('BLOCKED');
    const again = await world.app.rpc(screenPayee, { payeeId: held.payeeId ?? '' }, FINANCE);
    expect(again).toMatchObject({ outcome: 'CLEAR', decision: { by: 'frieda' } });
  });

  it('is not cleared by who proposed the account whose holder is screened', async () => {
    const ordered = await orderedTo('Commune de Dori');
    const payeeId = ordered.payeeId ?? '';
    const bankAccount = { iban: 'DE89370400440532013000', holder: 'Bartolomäus Quellenfuß' };
    const change = await world.app.rpc(
      proposeBankAccountChange,
      { payeeId, bankAccount, reason: 'Letter of the payee' },
      OTHER_OFFICER,
    );
    await world.app.rpc(
      confirmBankAccountChange,
      { payeeId, changeId: change.id, callBackNote: 'Called back on the number of the contract' },
      ORDERER,
      { expectedVersion: change.version },
    );
    world.clock.set('2027-02-11T09:00:00Z');
    const review = await eventually(async () => {
      const screening = await latest(ordered);
      expect(screening).toMatchObject({ outcome: 'REVIEW' });
      return screening;
    });
    expect([...review.namedBy].sort()).toEqual(['frieda', 'fritz']);
    await expect(decide(review, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SCREENING_FOUR_EYES' });
    const third = caller('finance-officer', { subject: 'franz' });
    await expect(decide(review, 'CLEAR', third)).resolves.toMatchObject({ decision: { by: 'franz' } });
    world.clock.set('2027-02-10T09:00:00Z');
  });

  it('is done again with all payees when the rules of comparing are new', async () => {
    const ordered = await orderedTo('Commune de Djibo');
    const before = await latest(ordered);
    await world.app.testDatabase.asAdmin(
      `SET session_replication_role = replica; UPDATE screening SET algorithm = 'v1' WHERE payee_id = '${ordered.payeeId}'`,
    );
    const screening = world.app.app.get(PayeeScreeningService);
    Reflect.set(screening, 'swept', undefined);
    await screening.sweep();
    expect((await latest(ordered)).id).not.toBe(before.id);
  });

  it('cannot be decided without a person, nor a hit be removed, by SQL under the role of the service', async () => {
    const { id } = await latest(await orderedTo('B. Quellenfuß Bartolomäus'));
    const clear = world.app.asServiceRole(`UPDATE screening SET outcome = 'CLEAR' WHERE id = $1`, [id]);
    await expect(clear).rejects.toMatchObject({ code: '23514', constraint: 'ck_screening_decision' });
    const hits = world.app.asServiceRole(`UPDATE screening SET hits = '[]' WHERE id = $1`, [id]);
    await expect(hits).rejects.toMatchObject({ code: '23514', constraint: 'ck_screening_fixed' });
  });
});

describe('a new edition of the list', () => {
  it('is screened against at once, and holds who is on it now', async () => {
    const ordered = await orderedTo('Commune de Ouahigouya');
    const list = await world.importSanctions(nextEdition('2027-01-15', 'Commune de Ouahigouya'));
    expect(list).toMatchObject({ number: 2, subjects: 3 });
    await eventually(async () =>
      expect(await read(ordered)).toMatchObject({ status: 'BLOCKED', blocked: 'SCREENING_MISSING' }),
    );
    await eventually(async () =>
      expect(await world.app.rpc(getScreeningStatus, {}, AUDITOR)).toMatchObject({
        state: 'CONFIGURED',
        list: { number: 2 },
        payees: { unscreened: 0 },
      }),
    );
    await decide(await latest(ordered), 'CLEAR');
    expect((await read(ordered)).status).toBe('ORDERED');
  });

  it('takes over from the one before in the middle of a sweep, and each payee is screened once', async () => {
    const screening = world.app.app.get(PayeeScreeningService);
    await orderedTo('Commune de Banfora');
    await world.app.asServiceRole(
      `INSERT INTO payee SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'municipality_id', gen_random_uuid()))).*
       FROM payee p, generate_series(1, 250) n WHERE p.id = (SELECT id FROM payee LIMIT 1)`,
    );
    await world.importSanctions(nextEdition('2027-01-20', 'Somebody Else'));
    const sweeping = screening.sweep();
    await world.importSanctions(nextEdition('2027-01-21', 'Somebody Else'));
    await sweeping;
    await eventually(async () => {
      const { payees } = await world.app.rpc(getScreeningStatus, {}, AUDITOR);
      expect(payees.unscreened).toBe(0);
    });
    const [most] = await world.app.database.query<{ screenings: number }>(
      `SELECT max(n)::int AS screenings FROM (SELECT count(*) AS n FROM screening s
         JOIN sanctions_list l ON l.id = s.sanctions_list_id WHERE l.number > 2 GROUP BY s.payee_id, l.id) AS each`,
    );
    expect(most?.screenings).toBe(1);
  });

  it('is refused when it is known, older, broken, in the future, or by another role', async () => {
    const send = (request: { sha256: string; contentGzip: string }, as = FINANCE) =>
      world.app.rpc(importSanctionsList, request, as);
    const sample = sanctionsListRequest(nextEdition('2027-01-14'));
    await expect(send(sample)).rejects.toMatchObject({ code: 'FINANCE_SANCTIONS_LIST_EXISTS' });
    const older = sanctionsListRequest(nextEdition('2019-06-01'));
    await expect(send(older)).rejects.toMatchObject({ code: 'FINANCE_SANCTIONS_LIST_OUTDATED' });
    for (const request of [
      { ...sample, sha256: '0'.repeat(64) },
      { ...sample, contentGzip: Buffer.from('no gzip').toString('base64') },
      sanctionsListRequest(nextEdition('2030-01-01')),
      sanctionsListRequest('<export/>'),
    ]) {
      await expect(send(request)).rejects.toMatchObject({ code: 'FINANCE_SANCTIONS_LIST_INVALID' });
    }
    const remark = `<remark>${' '.repeat(65_000)}</remark>`;
    const subjects = Array.from(
      { length: 1040 },
      (_, number) => `<sanctionEntity logicalId="${number}"><nameAlias wholeName="A"/>${remark}</sanctionEntity>`,
    );
    const bomb = sanctionsListRequest(`<export generationDate="2027-02-01T00:00:00Z">${subjects.join('')}</export>`);
    await expect(send(bomb)).rejects.toMatchObject({ code: 'FINANCE_SANCTIONS_LIST_TOO_LARGE' });
    await expect(send(sample, CASHIER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const { items } = await world.app.rpc(listSanctionsLists, {}, AUDITOR);
    expect(items.map((it) => it.number)).toEqual([4, 3, 2, 1]);
    const drop = world.app.asServiceRole('DELETE FROM sanctioned_subject');
    await expect(drop).rejects.toMatchObject({ code: '42501' });
  });
});

describe('time', () => {
  afterEach(() => world.clock.set('2027-02-10T09:00:00Z'));

  it('a list that is too old clears nobody, whoever decides, until a newer one is in force', async () => {
    const ordered = await orderedTo('Commune de Dori');
    world.clock.set('2027-02-21T09:00:00Z');
    const state = async () => (await world.app.rpc(getScreeningStatus, {}, AUDITOR)).state;
    expect(await state()).toBe('OUTDATED');
    const editions = async (isOutdated: boolean) =>
      (await world.app.rpc(listSanctionsLists, { isOutdated }, AUDITOR)).items.map(({ number }) => number);
    const [all, [outdated, ...more]] = [await editions(false), await editions(true)];
    expect([outdated, more]).toEqual([Math.max(...all) + 1, []]);
    const screened = await world.app.rpc(screenPayee, { payeeId: ordered.payeeId ?? '' }, FINANCE);
    expect(screened).toMatchObject({ outcome: 'REVIEW', hits: [], doubts: [expect.stringMatching('too old')] });
    expect(await read(ordered)).toMatchObject({ status: 'BLOCKED', blocked: 'SCREENING_MISSING' });
    await expect(decide(screened, 'CLEAR')).rejects.toMatchObject({ code: 'FINANCE_SANCTIONS_LIST_TOO_OLD' });
    await world.importSanctions(nextEdition('2027-02-20', 'Somebody Else'));
    expect(await state()).toBe('CONFIGURED');
    expect(await editions(true)).toEqual([]);
    expect(await editions(false)).toContain(outdated);
    await eventually(async () => expect((await read(ordered)).status).toBe('ORDERED'));
  });

  it('a screening does not hold for ever: the run holds what was screened too long ago', async () => {
    world.clock.set('2027-02-21T09:00:00Z');
    const ordered = await orderedTo('Commune de Kaya');
    world.clock.set('2027-03-23T09:00:01Z');
    await expect(pay(ordered, '2027-03-24')).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });
    expect(await read(ordered)).toMatchObject({ status: 'BLOCKED', blocked: 'SCREENING_MISSING' });
    await world.importSanctions(nextEdition('2027-03-20', 'Somebody Else'));
    await eventually(async () => expect((await read(ordered)).status).toBe('ORDERED'));
    await expect(pay(ordered, '2027-03-24')).resolves.toMatchObject({ status: 'CREATED' });
  });
});
