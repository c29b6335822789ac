import type { RequestInputOf } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import { createPayee, createPaymentRun, getPayout, listPaymentRuns, type PayoutView } from '#contracts/finance';
import { eventually } from '#testing';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';

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

const payAbroad = (fundId: string, payoutIds?: string[]) =>
  world.app.rpc(createPaymentRun, { fundId, paymentType: 'FOREIGN', executionOn: '2027-02-12', payoutIds }, CASHIER);

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
