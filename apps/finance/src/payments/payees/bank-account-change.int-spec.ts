import {
  type BankAccountChangeView,
  confirmBankAccountChange,
  createPaymentRun,
  getBankAccountChange,
  getPayee,
  listAllBankAccountChanges,
  listBankAccountChangeActions,
  listBankAccountChanges,
  type PayeeView,
  type PayoutView,
  proposeBankAccountChange,
  rejectBankAccountChange,
} from '#contracts/finance';
import { caller, eventually, possibleActs, refusalOf, type TestCaller } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterEach(() => world.clock.set('2027-02-10T09:00:00Z'));
afterAll(() => world?.app.close());

const NEW_ACCOUNT = { iban: 'DE89370400440532013000', holder: 'Jürgen Müller' };
const NOTE = { callBackNote: 'Called back on the number of the contract, 2027-02-10: the payee confirms' };

/** A payee with one ordered payout and others that are due. */
async function frozenWorld(): Promise<{ payee: PayeeView; ordered: PayoutView; assignmentId: string }> {
  const fund = await world.fund({ 2027: '100000.00' });
  const data = world.fundingRequest(fund.id, {
    costInputs: {
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
      hasSpouse: false,
      children: 0,
    },
  });
  const payee = await world.expertPayee(data.expertId);
  await world.departed(fund.id, data);
  const [first] = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
  if (!first) throw new Error('nothing is due');
  return { payee, ordered: await world.order(first), assignmentId: data.assignmentId };
}

const propose = ({ id }: PayeeView, bankAccount: object = NEW_ACCOUNT, as = FINANCE) =>
  world.app.rpc(
    proposeBankAccountChange,
    { payeeId: id, bankAccount: bankAccount as typeof NEW_ACCOUNT, reason: 'Letter of the payee' },
    as,
  );
const confirm = ({ payeeId, id, version }: BankAccountChangeView, as: TestCaller = ORDERER) =>
  world.app.rpc(confirmBankAccountChange, { payeeId, changeId: id, ...NOTE }, as, { expectedVersion: version });
const reject = ({ payeeId, id, version }: BankAccountChangeView, as: TestCaller = ORDERER) =>
  world.app.rpc(rejectBankAccountChange, { payeeId, changeId: id, reason: 'Not from the payee' }, as, {
    expectedVersion: version,
  });
const statuses = async (assignmentId: string) =>
  (await world.payouts(assignmentId)).filter((it) => it.status !== 'PLANNED').map((it) => it.blocked ?? it.status);

describe('a bank account change', () => {
  it('freezes the payouts until another person confirmed it and the quarantine is over', async () => {
    const { payee, ordered, assignmentId } = await frozenWorld();
    const proposed = await propose(payee);
    expect(proposed).toMatchObject({ status: 'PROPOSED', quarantineEndsAt: '2027-02-11T09:00:00.000Z' });
    expect(await statuses(assignmentId)).toEqual(Array(5).fill('BANK_DETAILS_CHANGED'));
    const request = { fundId: ordered.fundId, paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
    const run = world.app.rpc(createPaymentRun, { ...request, payoutIds: [ordered.id] }, CASHIER);
    await expect(run).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_BLOCKED' });

    const waiting = await world.app.rpc(listAllBankAccountChanges, { status: ['PROPOSED'] }, ORDERER);
    expect(waiting.items).toEqual([proposed]);
    const decided = await world.app.rpc(listAllBankAccountChanges, { status: ['REJECTED', 'EFFECTIVE'] }, ORDERER);
    expect(decided.items).toEqual([]);

    await expect(confirm(proposed, FINANCE)).rejects.toMatchObject({ code: 'FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES' });
    const confirmed = await confirm(proposed);
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', confirmation: { by: 'anna', note: NOTE.callBackNote } });
    world.clock.set('2027-02-11T08:59:59Z');
    const account = async () => (await world.app.rpc(getPayee, { payeeId: payee.id }, AUDITOR)).bankAccount.iban;
    expect(await account()).toBe('DE75512108001245126199');
    expect(await statuses(assignmentId)).toEqual(Array(5).fill('BANK_DETAILS_CHANGED'));

    world.clock.set('2027-02-11T09:00:00Z');
    await eventually(async () => expect(await account()).toBe(NEW_ACCOUNT.iban));
    // The order was for the old account: it is void, the checks stay.
    expect((await statuses(assignmentId)).sort()).toEqual(['ARITHMETICALLY_CHECKED', 'DUE', 'DUE', 'DUE', 'DUE']);
    const { items } = await world.app.rpc(listBankAccountChanges, { payeeId: payee.id }, AUDITOR);
    expect(items).toMatchObject([
      { status: 'EFFECTIVE', proposedBy: 'fritz', previousBankAccount: { iban: 'DE75512108001245126199' } },
    ]);
  });

  it('that is rejected lets the payouts go on with their order', async () => {
    const { payee, assignmentId } = await frozenWorld();
    const proposed = await propose(payee);
    await expect(reject(proposed, FINANCE)).rejects.toMatchObject({ code: 'FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES' });
    const rejected = await reject(proposed);
    expect((await statuses(assignmentId)).sort()).toEqual(['DUE', 'DUE', 'DUE', 'DUE', 'ORDERED']);
    await expect(confirm(rejected)).rejects.toMatchObject({
      code: 'FINANCE_BANK_ACCOUNT_CHANGE_TRANSITION_NOT_ALLOWED',
    });
  });

  it('is decided by another person only, and once, as its actions say', async () => {
    const { payee } = await frozenWorld();
    const proposed = await propose(payee);
    const actions = (as: TestCaller, payeeId = payee.id) =>
      world.app.rpc(listBankAccountChangeActions, { payeeId, changeId: proposed.id }, as);
    expect(possibleActs(await actions(ORDERER))).toEqual(['bank-account-change_confirm', 'bank-account-change_reject']);
    expect(refusalOf(await actions(FINANCE), confirmBankAccountChange)).toBe('FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES');
    expect(possibleActs(await actions(AUDITOR))).toEqual([]);
    await expect(actions(ORDERER, proposed.id)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    const stale = { ...proposed, version: proposed.version + 1 };
    await expect(confirm(stale)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await reject(proposed);
    expect(possibleActs(await actions(ORDERER))).toEqual([]);
    await expect(confirm(proposed)).rejects.toMatchObject({
      code: 'FINANCE_BANK_ACCOUNT_CHANGE_TRANSITION_NOT_ALLOWED',
    });
  });

  it('takes effect at once when it is confirmed after the quarantine', async () => {
    const { payee } = await frozenWorld();
    const proposed = await propose(payee);
    world.clock.set('2027-02-12T09:00:00Z');
    await expect(confirm(proposed)).resolves.toMatchObject({ status: 'EFFECTIVE' });
  });

  it('is refused beside an open one, without a difference, with a wrong account, and to others', async () => {
    const { payee } = await frozenWorld();
    const same = { iban: 'DE75 5121 0800 1245 1261 99', bic: 'SOGEDEFF', holder: 'Jürgen Müller' };
    await expect(propose(payee, same)).rejects.toMatchObject({ code: 'FINANCE_BANK_ACCOUNT_UNCHANGED' });
    const wrong = { ...NEW_ACCOUNT, iban: 'DE89370400440532013001' };
    await expect(propose(payee, wrong)).rejects.toMatchObject({ code: 'FINANCE_IBAN_INVALID' });
    const unreadable = { ...NEW_ACCOUNT, holder: 'Київ' };
    await expect(propose(payee, unreadable)).rejects.toMatchObject({ code: 'FINANCE_PAYEE_TEXT_NOT_PAYABLE' });
    await expect(propose(payee, NEW_ACCOUNT, CASHIER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const proposed = await propose(payee);
    await expect(propose(payee)).rejects.toMatchObject({ code: 'FINANCE_BANK_ACCOUNT_CHANGE_PENDING' });
    await expect(confirm({ ...proposed, version: 9 })).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    const elsewhere = { payeeId: proposed.id, changeId: proposed.id };
    await expect(world.app.rpc(getBankAccountChange, elsewhere, AUDITOR)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('cannot be shortened, decided by one person, or written past by SQL under the role of the service', async () => {
    const { payee } = await frozenWorld();
    const proposed = await propose(payee);
    const sql = (set: string) =>
      world.app.asServiceRole(`UPDATE bank_account_change SET ${set} WHERE id = $1`, [proposed.id]);
    for (const by of ['confirmed_by', 'rejected_by']) {
      await expect(sql(`${by} = proposed_by`)).rejects.toMatchObject({ code: '23514' });
    }
    const early = `status = 'EFFECTIVE', confirmed_by = 'x', call_back_note = 'x', effective_at = proposed_at`;
    await expect(sql(early)).rejects.toMatchObject({ code: '23514', constraint: 'ck_bank_account_change_quarantine' });
    await expect(sql('quarantine_ends_at = proposed_at')).rejects.toMatchObject({ code: '23514' });
    await expect(sql(`iban = 'DE02120300000000202051'`)).rejects.toMatchObject({ code: '23514' });
    const direct = world.app.asServiceRole(`UPDATE payee SET iban = 'DE02120300000000202051' WHERE id = $1`, [
      payee.id,
    ]);
    await expect(direct).rejects.toMatchObject({ code: '23514', constraint: 'ck_payee_account_change' });
    await reject(proposed, caller('finance-officer', { subject: 'frida' }));
  });
});
