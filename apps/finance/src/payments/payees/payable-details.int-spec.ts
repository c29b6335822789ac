import { randomUUID } from 'node:crypto';
import {
  createFund,
  createPayee,
  createPaymentRun,
  getPaymentRunFile,
  proposeBankAccountChange,
} from '#contracts/finance';
import { AUDITOR, BUDGET, CASHIER, FINANCE, FinanceWorld, GERMAN_ACCOUNT } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const ADDRESS = { street: 'Neckargasse', buildingNumber: '1', postCode: '72070', town: 'Tübingen', country: 'DE' };
const WRONG_IBAN = 'DE88370400440532013000';

const register = (more: { name?: string; address?: object; bankAccount?: object }) =>
  world.app.rpc(
    createPayee,
    {
      kind: 'EXPERT',
      expertId: randomUUID(),
      name: 'Erika Musterfrau',
      address: ADDRESS,
      bankAccount: { ...GERMAN_ACCOUNT, holder: 'Erika Musterfrau' },
      ...more,
    } as never,
    FINANCE,
  );

describe('a payee', () => {
  it.each(['UK', 'XX', 'ZZ', 'EU'])('in %s, which is no country, is refused', async (country) => {
    await expect(register({ address: { town: 'London', country } })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [expect.objectContaining({ pointer: '#/address/country' })],
    });
  });

  it('whose name no bank carries as it is written is refused at the field', async () => {
    const refused = (pointer: string) => ({ code: 'FINANCE_PAYEE_TEXT_NOT_PAYABLE', errors: [{ pointer }] });
    await expect(register({ name: 'Эрика Фонд' })).rejects.toMatchObject(refused('#/name'));
    const holder = 'Erika Муster';
    await expect(register({ bankAccount: { ...GERMAN_ACCOUNT, holder } })).rejects.toMatchObject(
      refused('#/bankAccount/holder'),
    );
    await expect(register({ address: { ...ADDRESS, street: '. .' } })).rejects.toMatchObject(
      refused('#/address/street'),
    );
    await expect(register({ address: { ...ADDRESS, town: '—' } })).rejects.toMatchObject(refused('#/address/town'));
  });

  it('with an IBAN as another account number is refused, also as a change of the account', async () => {
    const bankAccount = { accountNumber: WRONG_IBAN, bic: 'COBADEFF', holder: 'Erika Musterfrau' };
    const refused = {
      code: 'FINANCE_ACCOUNT_NUMBER_IS_IBAN',
      errors: [{ pointer: '#/bankAccount/accountNumber' }],
    };
    await expect(register({ bankAccount })).rejects.toMatchObject(refused);
    const { id: payeeId } = await world.expertPayee(randomUUID());
    const change = { payeeId, bankAccount, reason: 'new bank' };
    await expect(world.app.rpc(proposeBankAccountChange, change as never, FINANCE)).rejects.toMatchObject(refused);
  });
});

it('a fund whose account holder no bank carries is refused: every run of it would be', async () => {
  const fund = { name: 'M22', debtorAccount: { holder: 'Фонд', ...GERMAN_ACCOUNT } };
  await expect(world.app.rpc(createFund, fund, BUDGET)).rejects.toMatchObject({
    code: 'FINANCE_PAYEE_TEXT_NOT_PAYABLE',
    errors: [{ pointer: '#/debtorAccount/holder' }],
  });
});

it('an address in another script stands transliterated in the bank file', async () => {
  const fund = await world.fund({ 2027: '100000.00' });
  const data = world.fundingRequest(fund.id, {
    costInputs: {
      instrument: 'INTEGRATED_EXPERT',
      localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
      hasSpouse: false,
      children: 0,
    },
    period: { from: '2027-01-01', to: '2027-12-01' },
  });
  await world.app.rpc(
    createPayee,
    {
      kind: 'EXPERT',
      expertId: data.expertId,
      name: 'Erika Musterfrau',
      address: { street: 'ул. Ленина', buildingNumber: '5', postCode: '734000', town: 'Душанбе', country: 'TJ' },
      bankAccount: { ...GERMAN_ACCOUNT, holder: 'Erika Musterfrau', currency: 'EUR' },
    },
    FINANCE,
  );
  await world.departed(fund.id, data);
  const [due] = (await world.payouts(data.assignmentId)).filter(({ status }) => status === 'DUE');
  if (due) await world.order(due);
  const request = { fundId: fund.id, paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
  const run = await world.app.rpc(createPaymentRun, request, CASHIER);
  const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, AUDITOR);
  expect(body).toContain('<StrtNm>ul. Lenina</StrtNm>');
  expect(body).toContain('<TwnNm>Dushanbe</TwnNm>');
});
