import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { addDays, addMonths, toMinor, toMoney } from '#contracts';
import {
  changeCommitmentRate,
  CostInputs,
  type FundOutlook,
  type FundSimulation,
  type Instrument,
  listPayouts,
  runDue,
  type SimulatedChange,
  simulateFund,
} from '#contracts/finance';
import { assignmentCancelled } from '#contracts/staffing';
import { RecurringTasks } from '#messaging';
import { caller, eventually } from '#testing';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { AUDITOR, BUDGET, FINANCE, FinanceWorld, type FundingData } from '../../../test/finance-world';

/** `npm run test:property` asks for 1,000. */
const RUNS = Math.min(Number(process.env['PROPERTY_RUNS'] ?? 12), 200);
const YEARS = [2027, 2028, 2029, 2030, 2031];

const INPUTS: Readonly<Record<Instrument, CostInputs>> = {
  INTEGRATED_EXPERT: CostInputs.parse({
    instrument: 'INTEGRATED_EXPERT',
    localSalaryMonth: { amount: '1400000.00', currency: 'TZS' },
    hasSpouse: true,
  }),
  DEVELOPMENT_WORKER: CostInputs.parse({ instrument: 'DEVELOPMENT_WORKER', costOfLivingPercent: '7.5' }),
  LOCAL_EXPERT: CostInputs.parse({
    instrument: 'LOCAL_EXPERT',
    salaryMonth: { amount: '1333.33', currency: 'EUR' },
    employerContributionPercent: '9.5',
  }),
};

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
  await recordRate('2027-01-05', '2815.25');
  // Nothing happens between a simulation and the act but the act.
  await world.app.app.get(RecurringTasks).onModuleDestroy();
}, 60_000);
afterAll(() => world?.app.close());

function simulate(fundId: string, changes: SimulatedChange[], more: SimulatedChange[][] = []): Promise<FundSimulation> {
  const scenarios = [changes, ...more].map((each, index) => ({ name: `${index}`, changes: each }));
  return world.app.rpc(simulateFund, { fundId, scenarios }, BUDGET);
}

const reality = async (fundId: string): Promise<FundOutlook> => (await simulate(fundId, [])).reality;

function outlookOf({ years, months, firstUncoveredMonth }: FundOutlook): FundOutlook {
  return { years, months, firstUncoveredMonth };
}

async function recordRate(rateOn: string, rate: string): Promise<void> {
  await world.app.asServiceRole(
    `INSERT INTO exchange_rate (id, currency, rate_on, rate, direction, source)
     VALUES (gen_random_uuid(), 'TZS', $1, $2, 'LOCAL_PER_EUR', $3)`,
    [rateOn, rate, `test ${randomUUID()}`],
  );
}

/** A fund with an expert who departed, one who is confirmed and one who asks for cover, each of another instrument. */
async function livelyFund(budget = '400000.00') {
  const fund = await world.fund(Object.fromEntries(YEARS.map((year) => [year, budget])));
  const employerMunicipalityId = randomUUID();
  await world.municipalityPayee(employerMunicipalityId);
  const departed = await world.departed(fund.id, { costInputs: INPUTS.INTEGRATED_EXPERT, employerMunicipalityId });
  await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-02-28' }, FINANCE);
  const later = { from: '2027-06-15', to: '2028-12-15' };
  const confirmed = world.fundingRequest(fund.id, {
    costInputs: INPUTS.DEVELOPMENT_WORKER,
    period: later,
    employerMunicipalityId,
  });
  await world.requestFunding(confirmed);
  await world.confirm(confirmed);
  await world.commitment(confirmed.assignmentId, 'COMMITTED');
  const reserved = world.fundingRequest(fund.id, {
    costInputs: INPUTS.LOCAL_EXPERT,
    period: { from: '2027-09-01', to: '2029-03-01' },
    employerMunicipalityId,
  });
  await world.requestFunding(reserved);
  await world.commitment(reserved.assignmentId, 'RESERVED');
  return { fundId: fund.id, departed, confirmed, reserved, employerMunicipalityId };
}

type Lively = Awaited<ReturnType<typeof livelyFund>>;

/** The real acts that a change stands for. */
async function really(fund: Lively, change: SimulatedChange): Promise<void> {
  switch (change.kind) {
    case 'BUDGET':
      return moveBudget(fund.fundId, change.year, toMinor(change.amount).amountMinor);
    case 'EXCHANGE_RATE':
      await recordRate(change.from, change.rate);
      return refix(fund, change.from);
    case 'LATER_START':
      return startLater(fund, change.months);
    case 'EXPERTS':
      for (let number = 0; number < change.count; number += 1) {
        const { fundId, employerMunicipalityId } = fund;
        const costInputs = INPUTS[change.instrument];
        const data = world.fundingRequest(fundId, { costInputs, period: change.period, employerMunicipalityId });
        await world.requestFunding(data);
        await world.commitment(data.assignmentId, 'RESERVED');
      }
  }
}

async function moveBudget(fundId: string, year: number, minor: bigint): Promise<void> {
  const [from, to, kind] =
    minor < 0n
      ? (['available', 'external', 'RELEASE_REVERSED'] as const)
      : (['external', 'available', 'BUDGET_RELEASED'] as const);
  await world.app.database.transaction((tx) =>
    world.app.app.get(Ledger, { strict: false }).post(tx, {
      fundId,
      kind,
      reference: randomUUID(),
      effectiveOn: '2027-02-10',
      correlationId: 'simulation',
      lines: move(year, minor < 0n ? -minor : minor, { from, to }),
    }),
  );
}

async function refix({ departed }: Lively, from: string): Promise<void> {
  const commitment = await world.commitment(departed.assignmentId, 'COMMITTED');
  await world.app.rpc(changeCommitmentRate, { commitmentId: commitment.id, from }, FINANCE, {
    expectedVersion: commitment.version,
  });
}

/** What is only reserved is asked for anew; what is confirmed is cancelled and asked for as another assignment. */
async function startLater(fund: Lively, months: number): Promise<void> {
  const moved = ({ period }: FundingData) => ({
    from: addMonths(period.from, months),
    to: addMonths(period.to, months),
  });
  const { confirmed, reserved } = fund;
  const { assignmentId } = confirmed;
  await world.app.publish(
    assignmentCancelled.of({
      aggregateId: assignmentId,
      aggregateVersion: 9,
      data: { assignmentId },
    }),
  );
  await world.commitment(assignmentId, 'RELEASED');
  const again = { ...confirmed, assignmentId: randomUUID(), period: moved(confirmed) };
  await world.requestFunding(again);
  await world.commitment(again.assignmentId, 'RESERVED');
  await world.requestFunding({ ...reserved, period: moved(reserved) }, 3);
  await eventually(async () => {
    const latest = (await world.commitments(reserved.assignmentId)).at(-1);
    expect([latest?.attempt, latest?.status]).toEqual([2, 'RESERVED']);
  });
}

const anyChange: fc.Arbitrary<SimulatedChange> = fc.oneof(
  fc.record({
    kind: fc.constant('BUDGET' as const),
    year: fc.constantFrom(...YEARS),
    amount: fc
      .bigInt({ min: -20_000_000n, max: 20_000_000n })
      .filter((minor) => minor !== 0n)
      .map((minor) => toMoney(minor, 'EUR')),
  }),
  fc.record({ kind: fc.constant('LATER_START' as const), months: fc.integer({ min: 1, max: 14 }) }),
  fc.record({
    kind: fc.constant('EXPERTS' as const),
    count: fc.integer({ min: 1, max: 3 }),
    instrument: fc.constantFrom<Instrument>('INTEGRATED_EXPERT', 'DEVELOPMENT_WORKER', 'LOCAL_EXPERT'),
    country: fc.constant('BF'),
    period: fc
      .record({ start: fc.integer({ min: 1, max: 20 }), months: fc.integer({ min: 2, max: 24 }) })
      .map(({ start, months }) => ({
        from: addMonths('2027-03-10', start),
        to: addMonths('2027-03-10', start + months),
      })),
  }),
);
/** Any order of changes; a rate is fixed once at most, as the next one needs a later day. */
const anyChanges = fc
  .tuple(
    fc.array(anyChange, { minLength: 1, maxLength: 3 }),
    fc.option(
      fc.record({
        kind: fc.constant('EXCHANGE_RATE' as const),
        currency: fc.constant('TZS'),
        rate: fc.integer({ min: 2600, max: 3000 }).map((rate) => `${rate}.5`),
        from: fc.constant('2027-03-01'),
      }),
    ),
    fc.nat(3),
  )
  .map(([changes, rate, at]): SimulatedChange[] => (rate ? changes.toSpliced(at, 0, rate) : changes))
  .filter((changes) => changes.filter(({ kind }) => kind === 'LATER_START').length <= 1);

describe('a fund under a scenario', () => {
  it('is the fund as it is, to the cent, where nothing is changed', async () => {
    const { fundId } = await livelyFund();
    const { reality: real, scenarios } = await simulate(fundId, []);
    expect(scenarios).toEqual([{ name: '0', ...real, changes: [] }]);
    const { years } = await world.balances(fundId);
    for (const { year, available, bound, spent } of real.years) {
      const ledger = years.find((it) => it.year === year);
      const of = (...stages: string[]) =>
        stages.reduce((sum, stage) => sum + toMinor((ledger as never)[stage]).amountMinor, 0n);
      expect([available, bound, spent].map((it) => toMinor(it).amountMinor)).toEqual([
        of('available'),
        of('reserved', 'committed'),
        of('payable', 'paid', 'returned'),
      ]);
      expect(real.months.findLast(({ month }) => month.startsWith(String(year)))?.left).toEqual(available);
    }
  });

  it(`is what the real acts then make of it, to the cent (${RUNS} scenarios)`, async () => {
    const seen = new Map<string, number>();
    // Rates are never deleted: that of each scenario is newer than those of the others.
    let rateOn = '2027-02-15';
    await fc.assert(
      fc.asyncProperty(anyChanges, async (drawn) => {
        rateOn = addDays(rateOn, 1);
        const changes = drawn.map((it) => (it.kind === 'EXCHANGE_RATE' ? { ...it, from: rateOn } : it));
        const fund = await livelyFund();
        const { scenarios } = await simulate(fund.fundId, changes);
        const [scenario] = scenarios;
        if (!scenario) throw new Error('no scenario');
        const refusedAt = scenario.changes.findIndex(({ isPossible }) => !isPossible);
        for (const change of refusedAt < 0 ? changes : changes.slice(0, refusedAt)) await really(fund, change);
        if (refusedAt < 0) expect(await reality(fund.fundId)).toEqual(outlookOf(scenario));
        for (const { kind } of changes) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
    expect(seen.size).toBeGreaterThan(2);
  }, 600_000);

  it('shows the first month that money lacks, and that the fund would refuse it', async () => {
    const { fundId } = await livelyFund('200000.00');
    const experts: SimulatedChange = {
      kind: 'EXPERTS',
      count: 20,
      instrument: 'LOCAL_EXPERT',
      country: 'BF',
      period: { from: '2028-01-01', to: '2029-01-01' },
    };
    const cut: SimulatedChange = { kind: 'BUDGET', year: 2027, amount: { amount: '-190000.00', currency: 'EUR' } };
    const { reality: real, scenarios } = await simulate(fundId, [experts], [[cut]]);
    expect(real.firstUncoveredMonth).toBeNull();
    expect(scenarios[0]).toMatchObject({ changes: [{ kind: 'EXPERTS', affected: 20, isPossible: false }] });
    expect(scenarios[0]?.changes[0]?.covered).toBeLessThan(20);
    expect(scenarios.map(({ firstUncoveredMonth }) => firstUncoveredMonth?.slice(0, 4))).toEqual(['2028', '2027']);
    expect(scenarios[1]?.changes).toEqual([{ kind: 'BUDGET', affected: 0, covered: 0, isPossible: false }]);
    for (const scenario of scenarios) {
      const month = scenario.months.find((it) => it.month === scenario.firstUncoveredMonth);
      expect(month?.left.amount).toMatch(/^-/);
    }
  });

  it('writes nothing: neither rows nor messages', async () => {
    const { fundId, departed } = await livelyFund();
    const state = async () => ({
      real: await reality(fundId),
      payouts: await world.app.rpc(listPayouts, { assignmentId: departed.assignmentId }, AUDITOR),
      outbox: await world.app.asServiceRole('SELECT count(*) FROM outbox_message', []),
    });
    const before = await state();
    await simulate(fundId, [
      { kind: 'LATER_START', months: 3 },
      { kind: 'EXCHANGE_RATE', currency: 'TZS', rate: '2000', from: '2027-03-01' },
    ]);
    expect(await state()).toEqual(before);
  });

  it.each<[string, SimulatedChange, string]>([
    [
      'a year that the fund has not',
      { kind: 'BUDGET', year: 2050, amount: { amount: '1.00', currency: 'EUR' } },
      'FINANCE_BUDGET_YEAR_UNKNOWN',
    ],
    [
      'another currency than its own',
      { kind: 'BUDGET', year: 2027, amount: { amount: '1.00', currency: 'USD' } },
      'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    ],
    [
      'an instrument that nobody ever had in the country',
      {
        kind: 'EXPERTS',
        count: 1,
        instrument: 'DEVELOPMENT_WORKER',
        country: 'CL',
        period: { from: '2027-06-01', to: '2028-06-01' },
      },
      'FINANCE_SIMULATION_WITHOUT_EXAMPLE',
    ],
  ])('is refused for %s', async (_, change, code) => {
    const { id } = await world.fund({ 2027: '1000.00' });
    await expect(simulate(id, [change])).rejects.toMatchObject({ code });
  });

  it('is shown to nobody who does not see the whole of the money', async () => {
    const { id: fundId } = await world.fund({ 2027: '1000.00' });
    const asked = world.app.rpc(simulateFund, { fundId, scenarios: [{ name: 'x', changes: [] }] }, caller('expert'));
    await expect(asked).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});
