import fc from 'fast-check';
import { decode } from 'iconv-lite';
import { addDays, parseMinor } from '#contracts';
import {
  exportDatev,
  type FundBalancesView,
  getFund,
  getReconciliation,
  LEDGER_STAGES,
  type ReconciliationView,
} from '#contracts/finance';
import { BankLoop, EXECUTION_ON, newIban, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FinanceWorld, PERIOD, TODAY } from '../../../test/finance-world';
import { FUND_STEPS, FundHistory, minorOf } from '../../../test/fund-history';
import { closingOf } from '../../budget/fund-statements/fund-movements.reader';
import type { FundStatement } from './fund-statement';
import { FundStatementService } from './fund-statement.service';

/** `npm run test:property` asks for 1,000. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 12);

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
}, 60_000);
afterAll(() => world?.app.close());

describe('the reconciliation fund = journal = bank', () => {
  const wrong = async (fundId: string) =>
    (await report(fundId)).checks
      .filter((check) => !check.isEqual)
      .map(({ name, difference }) => [name, difference.amount]);

  it('agrees after the bank booked the run', async () => {
    const { fundId, run } = await bookedRun();
    expect(await wrong(fundId)).toEqual([]);
    expect((await report(fundId)).bank.debits).toEqual(run.total);
  });

  it('says that the journal paid what no payout and no statement knows, and how much', async () => {
    const { fundId } = await bookedRun();
    await world.app.asServiceRole(
      `WITH entry AS (INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
         VALUES (gen_random_uuid(), $1, 'PAYMENT_BOOKED', 'by hand', '2027-02-12', 'x') RETURNING id),
       line AS (INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
         SELECT id, line, $1, 2027, stage, amount FROM entry, (VALUES (1, 'committed', -700), (2, 'paid', 700)) AS l (line, stage, amount))
       UPDATE ledger_account SET balance_minor = balance_minor + CASE stage WHEN 'paid' THEN 700 ELSE -700 END
       WHERE fund_id = $1 AND budget_year = 2027 AND stage IN ('committed', 'paid')`,
      [fundId],
    );
    expect(await wrong(fundId)).toEqual([
      [expect.stringContaining('paid = booked payouts'), '7.00'],
      [expect.stringContaining('paid = bank debits'), '7.00'],
    ]);
    expect((await report(fundId)).isReconciled).toBe(false);
  });

  it('says that a payout changed its amount after the bank booked it', async () => {
    const { fundId, payouts } = await bookedRun();
    // Past the trigger that keeps what an order binds.
    await world.app.testDatabase.asAdmin(
      `SET session_replication_role = replica; UPDATE payout SET amount_minor = amount_minor - 1 WHERE id = '${payouts[0]?.id}'`,
    );
    expect(await wrong(fundId)).toContainEqual([expect.stringContaining('paid = booked payouts'), '0.01']);
  });
});

function report(fundId: string, more: object = {}): Promise<ReconciliationView> {
  return world.app.rpc(getReconciliation, { fundId, ...more }, AUDITOR);
}

async function bookedRun(): Promise<SentRun> {
  const run = await bank.sentRun();
  await bank.importFile(bank.statement(run.payouts.map((it) => single(it))));
  return run;
}

const anyStep = fc.record({
  kind: fc.constantFrom(...FUND_STEPS),
  // Few payouts: what happens to one happens to it again.
  index: fc.nat({ max: 2 }),
  cents: fc.integer({ min: 1, max: 90_000 }),
});
/** Each payout by itself, or all of them by one transfer. */
const anyPayments = fc.constantFrom('APART' as const, 'TOGETHER' as const);
const anyPeriod = fc.constantFrom(PERIOD, { from: '2026-10-01', to: '2027-10-01' });

describe('statement, journal, DATEV batch and bank', () => {
  it(`are of one mind to the cent after any history (${RUNS} histories)`, async () => {
    const statements = world.app.app.get(FundStatementService, { strict: false });
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        anyPeriod,
        anyPayments,
        fc.array(anyStep, { minLength: 3, maxLength: 12 }),
        async (period, payments, steps) => {
          world.clock.set(`${TODAY}T09:00:00Z`);
          const sent = await bank.sentRun(newIban(), period, payments);
          const history = new FundHistory(world, bank, sent);
          const answers: Answer[] = [];
          for (const [index, step] of steps.entries()) {
            // Each step on a day of its own, from the one on which the bank carries the run out.
            const day = addDays(EXECUTION_ON, index);
            world.clock.set(`${day}T09:00:00Z`);
            const outcome = `${step.kind} ${(await history.take(step)) ?? 'done'}`;
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
            answers.push({ day, held: history.heldAmount, report: await report(sent.fundId) });
          }
          await expectAgreement(statements, sent.fundId);
          await expectFormerDays(statements, sent.fundId, answers);
        },
      ),
      { numRuns: RUNS },
    );
    const done = [...outcomes].filter(([outcome]) => outcome.endsWith(' done'));
    process.stdout.write(
      `${RUNS} histories: ${done.map(([outcome, count]) => `${outcome.replace(' done', '')} ${count}`).join(', ')}; ` +
        `refused ${[...outcomes].filter(([outcome]) => !outcome.endsWith(' done')).reduce((sum, [, count]) => sum + count, 0)}\n`,
    );
  }, 3_600_000);
});

async function expectAgreement(statements: FundStatementService, fundId: string): Promise<void> {
  const balances = await world.balances(fundId);
  const all = await statements.read({ fundId, from: '2020-01-01', to: '2040-01-01' });
  expectBalances(all, balances);
  // However the time is cut into periods: what one closes with the next one opens with.
  const [before, after] = [
    await statements.read({ fundId, from: '2020-01-01', to: '2027-02-12' }),
    await statements.read({ fundId, from: '2027-02-12', to: '2040-01-01' }),
  ];
  for (const row of after.movements) {
    const former = before.movements.find((it) => it.year === row.year && it.stage === row.stage);
    expect(row.opening).toBe(former ? closingOf(former) : 0n);
  }
  expectBalances(after, balances);
  const fund = await world.app.rpc(getFund, { fundId }, AUDITOR);
  for (const { year, released, cut, carriedOver } of all.sources) {
    const known = fund.budgetYears.find((it) => it.year === year);
    expect(known && [minorOf(known.released), minorOf(known.carriedOver)]).toEqual([
      released + cut,
      carriedOver < 0n ? 0n : carriedOver,
    ]);
  }
  const paid = minorOf(balances.total.paid);
  expect(sum(all.totals.map(({ amountMinor }) => amountMinor))).toBe(paid);
  expect(sum(all.bookings.map(({ amountMinor }) => amountMinor))).toBe(paid);
  // Whom each amount went to is known.
  expect(all.bookings.filter(({ kind }) => kind === 'OTHER')).toEqual([]);
  const repaid = sum(all.sources.map((it) => it.repaid));
  expect(sum(await Promise.all([2026, 2027, 2028].map((year) => datevOf(fundId, year))))).toBe(paid - repaid);
  const { checks } = await report(fundId);
  expect(checks.filter((check) => !check.isEqual)).toEqual([]);
}

interface Answer {
  readonly day: string;
  readonly held: string;
  readonly report: ReconciliationView;
}

/** Asked later for a day, the answer is the one of that day; over a period it is what the statement of the fund and the bank say. */
async function expectFormerDays(
  statements: FundStatementService,
  fundId: string,
  answers: readonly Answer[],
): Promise<void> {
  for (const { day, held, report: then } of answers) {
    const { asOf: _, day: on, ...later } = await report(fundId, { asOf: day });
    const { asOf: __, day: ___, ...before } = then;
    expect(on).toBe(day);
    // What lay open then and was matched since counts from its booking day on: then the sides only agree with each other.
    const isSettledSince = openOf(later) !== openOf(before);
    if (isSettledSince) expect(later.checks.filter((check) => !check.isEqual)).toEqual([]);
    else expect(later).toEqual(before);
    // A history need not begin with an entry of the bank.
    expect(later.balance?.amount.amount ?? '1000000.00').toBe(held);
  }
  const [middle, last] = [answers[Math.floor(answers.length / 2)], answers.at(-1)];
  if (!middle || !last) return;
  const [from, to] = [middle.day, addDays(last.day, 1)];
  const { period, journal } = await report(fundId, { from, to });
  const { movements } = await statements.read({ fundId, from, to });
  for (const { stage, ...row } of period?.stages ?? []) {
    const of = movements.filter((it) => it.stage === stage);
    const { opening, additions, deductions, closing } = row;
    expect([opening, additions, deductions, closing].map(minorOf)).toEqual([
      sum(of.map((it) => it.opening)),
      sum(of.map((it) => it.additions)),
      sum(of.map((it) => it.deductions)),
      sum(of.map(closingOf)),
    ]);
  }
  expect(period?.stages.find(({ stage }) => stage === 'paid')?.closing).toEqual(journal.paid);
  expect(period?.difference?.amount ?? '0.00').toBe('0.00');
  const moved = sum([...(period?.split ?? []).map((it) => minorOf(it.moved)), minorOf(period?.ofNoFund ?? ZERO)]);
  expect(moved).toBe(minorOf(period?.credits ?? ZERO) - minorOf(period?.debits ?? ZERO));
}

function openOf({ bank: { unmatchedCredits, unmatchedDebits } }: Pick<ReconciliationView, 'bank'>): string {
  return `${unmatchedCredits.amount} ${unmatchedDebits.amount}`;
}

const ZERO = { amount: '0.00', currency: 'EUR' };

function expectBalances({ movements, sources }: FundStatement, { years }: FundBalancesView): void {
  for (const year of years) {
    const of = movements.filter((it) => it.year === year.year);
    if (of.length === 0) continue;
    expect(of.map((it) => [it.stage, closingOf(it)])).toEqual(LEDGER_STAGES.map((it) => [it, minorOf(year[it])]));
    expect(sources.find((it) => it.year === year.year)?.total).toBe(minorOf(year.released));
  }
}

/** What left the bank account in a year, as the batch of that year says. */
async function datevOf(fundId: string, year: number): Promise<bigint> {
  const request = { fundId, from: `${year}-01-01`, to: `${year + 1}-01-01`, consultantNumber: 1001, clientNumber: 1 };
  const { body, nextOffset } = await world.app.rpc(exportDatev, request, AUDITOR);
  expect(nextOffset).toBeNull();
  const rows = decode(Buffer.from(body, 'base64'), 'win1252').trimEnd().split('\r\n').slice(2);
  return sum(
    rows.map((row) => {
      const [amount = '', side] = row.split(';');
      return (parseMinor(amount.replace(',', '.'), 'EUR') ?? 0n) * (side === '"S"' ? 1n : -1n);
    }),
  );
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
