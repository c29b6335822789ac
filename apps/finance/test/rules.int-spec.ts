import { toMinor } from '#contracts';
import {
  confirmFinanceRuleProposal,
  estimateCost,
  listInstrumentRules,
  listPaymentRules,
  proposeFinanceRule,
} from '#contracts/finance';
import { newId } from '#platform';
import { caller, startTestService, type TestService } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({ module: FinanceModule, dataSource: financeDataSource });
});
afterAll(() => app.close());

const officer = caller('finance-officer', { subject: 'officer' });
const colleague = caller('budget-officer', { subject: 'colleague' });
const ROW = { validFrom: '2027-07-01', source: 'Instruction 5/2026 of the fund' };

async function confirmed(row: { ruleSet: string; key: string; value: string; unit: string }): Promise<void> {
  const { id } = await app.rpc(proposeFinanceRule, { ...row, ...ROW }, officer, { idempotencyKey: newId() });
  const decision = { proposalId: id, reason: 'As instructed' };
  await app.rpc(confirmFinanceRuleProposal, decision, colleague, { expectedVersion: 1, idempotencyKey: newId() });
}

describe('a rule of finance that two persons confirmed', () => {
  it('decides what a plan costs from its day on, and the plan names it', async () => {
    const request = {
      costInputs: { instrument: 'DEVELOPMENT_WORKER' as const },
      period: { from: '2027-06-01', to: '2028-06-01' },
    };
    const before = await app.rpc(estimateCost, request, officer);
    // What ends when the row begins to hold.
    const earlier = { ...request, period: { from: '2026-07-01', to: '2027-07-01' } };
    const beforeEarlier = await app.rpc(estimateCost, earlier, officer);
    await confirmed({ ruleSet: 'DEVELOPMENT_WORKER', key: 'base-allowance', value: '900.50', unit: 'EUR_PER_MONTH' });
    const after = await app.rpc(estimateCost, request, officer);
    // 880.00 for June, 900.50 for the eleven months after it.
    expect(toMinor(after.total).amountMinor - toMinor(before.total).amountMinor).toBe(11n * 20_50n);
    expect(after.ruleIds).toEqual(
      expect.arrayContaining(['EH-BASE-2021', 'DEVELOPMENT-WORKER-BASE-ALLOWANCE-2027-07-01']),
    );
    expect(await app.rpc(estimateCost, earlier, officer)).toEqual(beforeEarlier);
  });

  it('of the purchasing power decides the months of its quarter, and none is computed without one', async () => {
    const costInputs = { instrument: 'DEVELOPMENT_WORKER' as const, costOfLivingPlace: 'TZ-MOSHI' };
    const request = { costInputs, period: { from: '2027-07-01', to: '2028-07-01' } };
    await expect(app.rpc(estimateCost, request, officer)).rejects.toMatchObject({ code: 'FINANCE_RULE_MISSING' });
    await confirmed({ ruleSet: 'COST_OF_LIVING', key: 'TZ', value: '10', unit: 'PERCENT' });
    const { byItem } = await app.rpc(estimateCost, request, officer);
    expect(byItem.filter(({ item }) => item === 'KKA').map(({ year }) => year)).toEqual([2027, 2028]);
  });

  it('stands in the lists of its kind with the mark CONFIRMED', async () => {
    await confirmed({ ruleSet: 'PAYMENT', key: 'second-signature-from', value: '10000.00', unit: 'EUR' });
    const on = (day: string) => app.rpc(listPaymentRules, { on: day }, officer);
    const second = async (day: string) => (await on(day)).items.find(({ key }) => key === 'second-signature-from');
    expect(await second('2027-06-30')).toMatchObject({ value: '25000.00', validTo: '2027-07-01', mark: 'PROPOSAL' });
    expect(await second('2027-07-01')).toMatchObject({ value: '10000.00', validTo: null, mark: 'CONFIRMED' });
    const { items } = await app.rpc(listInstrumentRules, { instrument: ['DEVELOPMENT_WORKER'] }, officer);
    expect(items.filter(({ key }) => key === 'base-allowance').map(({ value }) => value)).toEqual([
      '850',
      '880',
      '900.50',
    ]);
  });

  it('is not one that staffing works by, though it stands in the same file', async () => {
    const row = { ruleSet: 'DEVELOPMENT_WORKER', key: 'term-months-min', value: '6', unit: 'MONTHS', ...ROW };
    await expect(app.rpc(proposeFinanceRule, row, officer, { idempotencyKey: newId() })).rejects.toMatchObject({
      code: 'PLATFORM_RULE_NOT_KNOWN',
    });
  });
});
