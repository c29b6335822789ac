import { estimateCost } from '#contracts/finance';
import { OFFICER, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const period = { from: '2027-01-01', to: '2028-01-01' };
const euro = (amount: string) => ({ amount, currency: 'EUR' });
const estimate = (costInputs: object) => world.app.rpc(estimateCost, { costInputs, period } as never, OFFICER);

it('a cost below zero is refused at its field, and nothing is a cost that may be', async () => {
  const local = { instrument: 'LOCAL_EXPERT', salaryMonth: euro('820.00') };
  const worker = { instrument: 'DEVELOPMENT_WORKER' };
  for (const [costInputs, pointer] of [
    [{ ...local, otherCosts: euro('-2400.00') }, '#/costInputs/otherCosts/amount'],
    [{ ...local, salaryMonth: euro('-1.00') }, '#/costInputs/salaryMonth/amount'],
    [{ ...worker, rentMonth: euro('-0.01') }, '#/costInputs/rentMonth/amount'],
  ] as const) {
    await expect(estimate(costInputs)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [expect.objectContaining({ pointer })],
    });
  }
  expect((await estimate({ ...local, otherCosts: euro('0.00') })).total).toEqual(euro('9840.00'));
});
