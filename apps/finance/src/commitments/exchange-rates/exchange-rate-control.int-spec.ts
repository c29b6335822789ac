import { randomUUID } from 'node:crypto';
import {
  changeCommitmentRate,
  confirmExchangeRateProposal,
  confirmFinanceRuleProposal,
  estimateCost,
  type ExchangeRateProposalView,
  getExchangeRate,
  getExchangeRateProposal,
  importExchangeRates,
  listExchangeRateProposals,
  listExchangeRates,
  listOutdatedRates,
  listRateRefixings,
  proposeFinanceRule,
  recordExchangeRate,
  rejectExchangeRateProposal,
} from '#contracts/finance';
import { newId } from '#platform';
import { AUDITOR, BUDGET, CASHIER, FINANCE, FinanceWorld, OFFICER, PERIOD, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());
afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));

const record = (rate: string, more: object = {}) =>
  world.app.rpc(
    recordExchangeRate,
    { currency: 'TZS', rateOn: TODAY, rate, source: `Bank ${randomUUID()}`, ...more },
    FINANCE,
  );
const decide = (operation: typeof confirmExchangeRateProposal, id: string, as = BUDGET) =>
  world.app.rpc(operation, { proposalId: id, reason: 'Compared with the bulletin of the bank' }, as, {
    expectedVersion: 1,
  });
const costInputs = (currency: string) => ({
  instrument: 'INTEGRATED_EXPERT' as const,
  localSalaryMonth: { amount: '2000000', currency },
  hasSpouse: false,
  children: 0,
});
const estimate = (currency: string, period = PERIOD) =>
  world.app.rpc(estimateCost, { costInputs: costInputs(currency), period }, OFFICER);
const from = (day: string) => ({ from: day, to: '2028-06-01' });

describe('a rate that differs much from the one before it', () => {
  it('waits for another person, and nothing is computed with it until then', async () => {
    await record('2700');
    const jump = await record('27.2');
    expect(jump).toMatchObject({ isWaiting: true, rate: '27.2' });
    expect(await world.app.rpc(getExchangeRate, { exchangeRateId: jump.id }, AUDITOR)).toEqual(jump);
    const proposal = await world.app.rpc(getExchangeRateProposal, { proposalId: jump.id }, AUDITOR);
    expect(proposal).toMatchObject({ status: 'PROPOSED', former: { rate: '2700' }, differsBy: '-99.0' });
    expect((await estimate('TZS', from('2027-03-01'))).exchangeRate?.rate).toBe('2700');
    await expect(decide(confirmExchangeRateProposal, jump.id, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_EXCHANGE_RATE_FOUR_EYES',
    });
    await expect(decide(confirmExchangeRateProposal, jump.id, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    expect(await decide(rejectExchangeRateProposal, jump.id, FINANCE)).toMatchObject({ status: 'REJECTED' });
    await expect(
      world.app.rpc(confirmExchangeRateProposal, { proposalId: jump.id, reason: 'late' }, BUDGET, {
        expectedVersion: 2,
      }),
    ).rejects.toMatchObject({ code: 'FINANCE_EXCHANGE_RATE_PROPOSAL_DECIDED' });
    expect((await estimate('TZS', from('2027-03-01'))).exchangeRate?.rate).toBe('2700');
  });

  it('is converted with from the moment another person confirms it', async () => {
    const jump = await record('3100', { rateOn: '2027-02-11' });
    await decide(confirmExchangeRateProposal, jump.id);
    expect(await world.app.rpc(getExchangeRate, { exchangeRateId: jump.id }, AUDITOR)).toMatchObject({
      isWaiting: false,
      rate: '3100',
    });
    expect((await estimate('TZS', from('2027-03-01'))).exchangeRate?.rate).toBe('3100');
    const { items } = await world.app.rpc(listExchangeRateProposals, { status: ['CONFIRMED'] }, AUDITOR);
    expect(items.map(({ id }: ExchangeRateProposalView) => id)).toContain(jump.id);
  });

  it('is recorded at once within ten percent, and where no rate was before', async () => {
    expect(await record('3400', { rateOn: '2027-02-12' })).toMatchObject({ isWaiting: false });
    expect(await record('0.7', { currency: 'FKP' })).toMatchObject({ isWaiting: false });
  });

  it('waits in an import, too, which proposes nothing twice', async () => {
    const request = {
      source: `InforEuro ${randomUUID()}`,
      rateOn: '2027-02-12',
      rates: [
        { currency: 'TZS', rate: '3.4' },
        { currency: 'SHP', rate: '0.9' },
      ],
    };
    const first = await world.app.rpc(importExchangeRates, request, FINANCE);
    expect(first).toEqual({ recorded: 2, unchanged: 0, waiting: 1 });
    const again = await world.app.rpc(importExchangeRates, request, FINANCE);
    expect(again).toEqual({ recorded: 0, unchanged: 2, waiting: 0 });
  });
});

describe('a correction', () => {
  it('stands at both rates', async () => {
    const wrong = await record('1.5', { currency: 'GIP' });
    const more = { currency: 'GIP', source: wrong.source, correctsId: wrong.id };
    const right = await record('1.51', more);
    expect(right).toMatchObject({ correctsId: wrong.id, correctedById: null });
    const { items } = await world.app.rpc(listExchangeRates, { currency: ['GIP'] }, AUDITOR);
    expect(items.find(({ id }) => id === wrong.id)).toMatchObject({ correctedById: right.id });
    await expect(record('3', more)).rejects.toMatchObject({ code: 'FINANCE_EXCHANGE_RATE_EXISTS' });
  });
});

describe('the age of a rate', () => {
  it('is limited by the rule, save for a fixed parity', async () => {
    await record('1.35', { currency: 'BMD', rateOn: '2024-01-01' });
    await expect(estimate('BMD')).rejects.toMatchObject({ code: 'FINANCE_EXCHANGE_RATE_OUTDATED' });
    await record('1.36', { currency: 'BMD', rateOn: '2027-02-01' });
    await expect(estimate('BMD', from('2027-02-02'))).resolves.toMatchObject({ currency: 'EUR' });
    await expect(estimate('XOF')).resolves.toMatchObject({ exchangeRate: { rateOn: '1999-01-01' } });
  });

  it('is the one that two persons confirmed, from its day on', async () => {
    await record('1.37', { currency: 'KYD', rateOn: '2026-12-01' });
    await expect(estimate('KYD')).resolves.toBeDefined();
    const row = { ruleSet: 'EXCHANGE_RATES', key: 'rate-age-max', value: '45', unit: 'DAYS', validFrom: '2027-02-11' };
    const { id } = await world.app.rpc(
      proposeFinanceRule,
      { ...row, source: 'Instruction 5/2026 of the fund' },
      FINANCE,
      {
        idempotencyKey: newId(),
      },
    );
    await world.app.rpc(confirmFinanceRuleProposal, { proposalId: id, reason: 'As instructed' }, BUDGET, {
      expectedVersion: 1,
      idempotencyKey: newId(),
    });
    await expect(estimate('KYD', from('2027-02-10'))).resolves.toBeDefined();
    world.clock.set('2027-02-11T09:00:00Z');
    await expect(estimate('KYD', from('2027-02-10'))).rejects.toMatchObject({ code: 'FINANCE_EXCHANGE_RATE_OUTDATED' });
  });
});

describe('the list of currencies whose rate is too old', () => {
  it('names what commitments in force need, and no longer what has a newer rate', async () => {
    await record('119', { currency: 'VUV', rateOn: '2026-12-31' });
    await record('120', { currency: 'VUV', rateOn: '2027-02-01' });
    await record('2', { currency: 'TOP', rateOn: '2027-02-01' });
    const fund = await world.fund({ 2027: '500000.00', 2028: '500000.00' });
    for (const currency of ['VUV', 'XOF']) {
      const data = world.fundingRequest(fund.id, {
        costInputs: { ...costInputs(currency), localSalaryMonth: { amount: '100000', currency } },
      });
      await world.requestFunding(data);
      await world.confirm(data);
      await world.commitment(data.assignmentId, 'COMMITTED');
    }
    const listed = async () => (await world.app.rpc(listOutdatedRates, {}, FINANCE)).items;
    expect((await listed()).map(({ latest }) => latest.currency)).not.toContain('VUV');
    // 45 days, as two persons have confirmed above.
    world.clock.set('2027-03-18T09:00:00Z');
    expect((await listed()).map(({ latest }) => latest.currency)).not.toContain('VUV');
    world.clock.set('2027-03-19T09:00:00Z');
    const items = await listed();
    expect(items).toContainEqual({
      latest: expect.objectContaining({ currency: 'VUV', rateOn: '2027-02-01' }),
      outdatedSince: '2027-03-19',
      commitments: 1,
    });
    expect(items.filter(({ latest }) => ['XOF', 'TOP'].includes(latest.currency))).toEqual([]);
    await record('121', { currency: 'VUV', rateOn: '2027-03-18' });
    expect((await listed()).map(({ latest }) => latest.currency)).not.toContain('VUV');
    await expect(world.app.rpc(listOutdatedRates, {}, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});

describe('the list of top-ups to fix anew', () => {
  it('names what a rate has moved away from, and no longer what was fixed anew', async () => {
    await record('1000', { currency: 'LAK', rateOn: '2026-12-31' });
    const fund = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
    const data = world.fundingRequest(fund.id, {
      costInputs: { ...costInputs('LAK'), localSalaryMonth: { amount: '1000000.00', currency: 'LAK' } },
    });
    await world.requestFunding(data);
    await world.confirm(data);
    const commitment = await world.commitment(data.assignmentId, 'COMMITTED');
    const listed = async () =>
      (await world.app.rpc(listRateRefixings, {}, FINANCE)).items.filter(({ fundId }) => fundId === fund.id);
    await record('1100', { currency: 'LAK', rateOn: '2027-01-15' });
    expect(await listed()).toEqual([]);
    const { id } = await record('900', { currency: 'LAK', rateOn: '2027-02-01' });
    await decide(confirmExchangeRateProposal, id);
    await record('899', { currency: 'LAK', rateOn: '2027-02-02' });
    expect(await listed()).toMatchObject([
      {
        commitmentId: commitment.id,
        assignmentId: data.assignmentId,
        period: PERIOD,
        fixed: { rate: '1000' },
        latest: { rate: '899' },
        differsBy: '-10.1',
      },
    ]);
    await world.app.rpc(changeCommitmentRate, { commitmentId: commitment.id, from: '2027-03-01' }, FINANCE, {
      expectedVersion: commitment.version,
    });
    expect(await listed()).toEqual([]);
    await expect(world.app.rpc(listRateRefixings, {}, OFFICER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
