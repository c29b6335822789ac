import { randomUUID } from 'node:crypto';
import { getExchangeRate, importExchangeRates, listExchangeRates, recordExchangeRate } from '#contracts/finance';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const EXISTS = { code: 'FINANCE_EXCHANGE_RATE_EXISTS' };
const day = (source: string, rates: Readonly<Record<string, string>>) => ({
  source,
  rateOn: '2027-02-01',
  rates: Object.entries(rates).map(([currency, rate]) => ({ currency, rate })),
});
const importRates = (source: string, rates: Readonly<Record<string, string>>, as = FINANCE) =>
  world.app.rpc(importExchangeRates, day(source, rates), as);

describe('an exchange rate', () => {
  it('keeps source, day, direction and every decimal', async () => {
    const request = { currency: 'TZS', rateOn: '2027-02-01', rate: '2891.123456789012345', source: 'Bank of Tanzania' };
    const recorded = await world.app.rpc(recordExchangeRate, request, FINANCE);
    expect(recorded).toMatchObject({ ...request, direction: 'LOCAL_PER_EUR', correctsId: null, version: 1 });
    expect(await world.app.rpc(getExchangeRate, { exchangeRateId: recorded.id }, AUDITOR)).toEqual(recorded);
    const { items } = await world.app.rpc(listExchangeRates, { currency: ['TZS'] }, AUDITOR);
    expect(items[0]).toMatchObject({ id: recorded.id, rate: request.rate, source: 'Bank of Tanzania' });
  });

  it('is refused twice, for EUR, for zero and by a cashier; one that is unknown does not exist', async () => {
    const request = { currency: 'GHS', rateOn: '2027-02-01', rate: '16.2', source: 'Bank of Ghana' };
    await world.app.rpc(recordExchangeRate, request, FINANCE);
    await expect(world.app.rpc(recordExchangeRate, { ...request, rate: '16.3' }, FINANCE)).rejects.toMatchObject(
      EXISTS,
    );
    for (const wrong of [{ currency: 'EUR' }, { rate: '0.000' }, { rate: '1e3' }]) {
      await expect(world.app.rpc(recordExchangeRate, { ...request, ...wrong }, FINANCE)).rejects.toMatchObject({
        code: 'PLATFORM_REQUEST_INVALID',
      });
    }
    await expect(world.app.rpc(recordExchangeRate, request, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(world.app.rpc(getExchangeRate, { exchangeRateId: randomUUID() }, AUDITOR)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});

describe('an import of rates', () => {
  it('leaves alone what is there with the same value, however it is written', async () => {
    const source = `InforEuro ${randomUUID()}`;
    expect(await importRates(source, { KES: '139.50', UGX: '4012' })).toEqual({
      recorded: 2,
      unchanged: 0,
      waiting: 0,
    });
    expect(await importRates(source, { KES: '139.5', UGX: '4012.000', ZMW: '28.1' })).toEqual({
      recorded: 1,
      unchanged: 2,
      waiting: 0,
    });
  });

  it('is refused as a whole for another value, until that rate was corrected', async () => {
    const source = `InforEuro ${randomUUID()}`;
    await importRates(source, { KES: '139.50' });
    await expect(importRates(source, { MWK: '1800', KES: '140' })).rejects.toMatchObject(EXISTS);
    const ofSource = async () =>
      (await world.app.rpc(listExchangeRates, { currency: ['KES', 'MWK'] }, AUDITOR)).items.filter(
        (it) => it.source === source,
      );
    const [wrong] = await ofSource();
    expect(await ofSource()).toHaveLength(1);
    const correction = { currency: 'KES', rateOn: '2027-02-01', rate: '140', source, correctsId: wrong?.id };
    await world.app.rpc(recordExchangeRate, correction, FINANCE);
    expect(await importRates(source, { MWK: '1800', KES: '140' })).toMatchObject({ recorded: 1, unchanged: 1 });
    await expect(importRates(source, { NGN: '1' }, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
