import type { RequestInputOf } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import {
  confirmFinanceRuleProposal,
  createPayee,
  createPaymentRun,
  getPayout,
  listPaymentRuns,
  type PayoutView,
  proposeFinanceRule,
} from '#contracts/finance';
import { newId } from '#platform';
import { eventually } from '#testing';
import { AUDITOR, BUDGET, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

/** An ordered payout to a municipality abroad whose payee record lacks what this sets; as an older import might have left it. */
async function orderedAbroad(fundId: string, missing: { town?: string; country?: string }): Promise<PayoutView> {
  const data = world.fundingRequest(fundId);
  const payee = await world.municipalityPayee(data.employerMunicipalityId);
  await world.app.asServiceRole(
    'UPDATE payee SET town = coalesce($2, town), country = coalesce($3, country) WHERE id = $1',
    [payee.id, missing.town ?? null, missing.country ?? null],
  );
  await world.departed(fundId, data);
  const [due] = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
  if (!due) throw new Error('nothing is due');
  return world.order(due);
}

const ABROAD = { paymentType: 'FOREIGN' as const, executionOn: '2027-02-12' };
const payAbroad = (fundId: string, payoutIds?: string[]) =>
  world.app.rpc(createPaymentRun, { ...ABROAD, fundId, payoutIds }, CASHIER);

async function fileOf(paymentRunId: string): Promise<string> {
  const [file] = await world.app.asServiceRole<{ xml: string }>(
    `SELECT convert_from(bytes, 'UTF8') AS xml FROM payment_run_file WHERE payment_run_id = $1`,
    [paymentRunId],
  );
  return file?.xml ?? '';
}

it('a payment abroad shares the charges, until a rule of two persons says otherwise for its country from a day on', async () => {
  const { id: fundId } = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
  const [first, second] = [await orderedAbroad(fundId, {}), await orderedAbroad(fundId, {})];
  // Their accounts lie in Burkina Faso.
  const row = { ruleSet: 'CHARGE_BEARER', key: 'BF', value: 'DEBT', unit: 'CHARGE_BEARER' };
  const from = { validFrom: '2027-02-12', source: 'Instruction 7/2027 of the fund' };
  const { id } = await world.app.rpc(proposeFinanceRule, { ...row, ...from }, FINANCE, { idempotencyKey: newId() });
  const shared = await world.app.rpc(createPaymentRun, { ...ABROAD, fundId, payoutIds: [first.id] }, CASHIER);
  expect(await fileOf(shared.id)).toContain('<ChrgBr>SHAR</ChrgBr>');
  await world.app.rpc(confirmFinanceRuleProposal, { proposalId: id, reason: 'As instructed' }, BUDGET, {
    expectedVersion: 1,
    idempotencyKey: newId(),
  });
  const borne = await world.app.rpc(createPaymentRun, { ...ABROAD, fundId, payoutIds: [second.id] }, CASHIER);
  expect(await fileOf(borne.id)).toContain('<ChrgBr>DEBT</ChrgBr>');
  expect(await fileOf(borne.id)).not.toContain('SHAR');
});

describe('a foreign payee without town or country', () => {
  it('keeps a payment run from being made, with a pointer to each field of each payout', async () => {
    const { id: fundId } = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
    const fit = await orderedAbroad(fundId, {});
    const nowhere = await orderedAbroad(fundId, { town: ' - ', country: '--' });
    const illegible = await orderedAbroad(fundId, { town: '...' });
    const code = 'FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE';
    const faults = [
      { pointer: `#/payouts/${nowhere.id}/payee/address/town`, code, detail: `payee ${nowhere.payeeId} has no town` },
      {
        pointer: `#/payouts/${nowhere.id}/payee/address/country`,
        code,
        detail: `payee ${nowhere.payeeId} has no country`,
      },
      {
        pointer: `#/payouts/${illegible.id}/payee/address/town`,
        code,
        detail: `payee ${illegible.payeeId} has no town`,
      },
    ];
    const refusal = payAbroad(fundId);
    // The kind is what the gateway makes 422 of.
    await expect(refusal).rejects.toMatchObject({
      kind: 'unprocessable',
      code,
      errors: expect.arrayContaining(faults),
    });
    await expect(refusal).rejects.toMatchObject({ details: { faults: faults.length } });

    // Before release: no run, no file, and every payout is as ordered as before.
    expect((await world.app.rpc(listPaymentRuns, { fundId }, AUDITOR)).items).toEqual([]);
    for (const payout of [fit, nowhere, illegible]) {
      expect(await world.app.rpc(getPayout, { payoutId: payout.id }, AUDITOR)).toMatchObject(payout);
    }
    await expect(payAbroad(fundId, [fit.id])).resolves.toMatchObject({ payouts: 1 });
  });

  it('is not registered in the first place', async () => {
    const { employerMunicipalityId: municipalityId } = world.fundingRequest('');
    await world.app.publish(
      municipalityRecorded.of({
        aggregateId: municipalityId,
        aggregateVersion: 1,
        data: { municipalityId, name: 'Kyjiw', kind: 'CITY', country: 'UA', side: 'PARTNER', population: null },
      }),
    );
    const register = (address: object) =>
      world.app.rpc(
        createPayee,
        {
          kind: 'MUNICIPALITY',
          municipalityId,
          name: 'Misto Kyjiw',
          address,
          bankAccount: { accountNumber: '0123456789', bic: 'BICBBFBX', holder: 'Misto Kyjiw' },
        } as RequestInputOf<typeof createPayee>,
        FINANCE,
      );
    await expect(register({ country: 'UA' })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/address/town' }],
    });
    await expect(register({ town: 'Kyjiw' })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/address/country' }],
    });
    await expect(register({ town: '...', country: 'UA' })).rejects.toMatchObject({
      code: 'FINANCE_PAYEE_TEXT_NOT_PAYABLE',
      errors: [{ pointer: '#/address/town' }],
    });
    await eventually(() => register({ town: 'Kyjiw', country: 'UA' }));
  });
});
