import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { AppError } from '#contracts';
import { type JournalEntryKind, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import { FinanceWorld, GERMAN_ACCOUNT } from '../../../test/finance-world';
import { Ledger, move, type StageBalance } from './ledger.service';

/** `npm run test:property` asks for 1,000 and more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 60);

let world: FinanceWorld;
let ledger: Ledger;
beforeAll(async () => {
  world = await FinanceWorld.start();
  ledger = world.app.app.get(Ledger, { strict: false });
}, 60_000);
afterAll(() => world?.app.close());

/** The ways that money takes, as the service books them. */
const WAYS: readonly (readonly [JournalEntryKind, LedgerStage, LedgerStage])[] = [
  ['BUDGET_RELEASED', 'external', 'available'],
  ['BUDGET_CUT', 'available', 'external'],
  ['BUDGET_BLOCKED', 'available', 'blocked'],
  ['BUDGET_BLOCK_LIFTED', 'blocked', 'available'],
  ['COMMITMENT_RESERVED', 'available', 'reserved'],
  ['COMMITMENT_CONFIRMED', 'reserved', 'committed'],
  ['COMMITMENT_RELEASED', 'reserved', 'available'],
  ['COMMITMENT_REPLANNED', 'available', 'committed'],
  ['COMMITMENT_REPLANNED', 'committed', 'available'],
  ['PAYOUT_ORDERED', 'committed', 'payable'],
  ['PAYMENT_BOOKED', 'payable', 'paid'],
  ['YEAR_LAPSED', 'available', 'external'],
];
const YEARS = [2027, 2028];
const anyStep = fc.record({
  way: fc.constantFrom(...WAYS),
  year: fc.constantFrom(...YEARS),
  amount: fc.bigInt({ min: 1n, max: 9_000n }),
});

async function emptyFund(): Promise<string> {
  const id = randomUUID();
  await world.app.asServiceRole(
    `WITH f AS (INSERT INTO fund (id, version, name, currency, account_holder, account_iban, account_bic, reservation_days, created_at)
       VALUES ($1::uuid, 1, $1::uuid::text, 'EUR', 'Fonds', $2, $3, 14, now()) RETURNING id),
     y AS (INSERT INTO budget_year (fund_id, year, status, plan_minor) SELECT f.id, year, 'OPEN', 1000000 FROM f, unnest($4::int[]) AS year
       RETURNING fund_id, year)
     INSERT INTO ledger_account (fund_id, budget_year, stage, currency) SELECT y.fund_id, y.year, stage, 'EUR' FROM y, unnest($5::text[]) AS stage`,
    [id, GERMAN_ACCOUNT.iban, GERMAN_ACCOUNT.bic, YEARS, LEDGER_STAGES],
  );
  return id;
}

/** What the books must say, kept in memory. */
class Model {
  private readonly balances = new Map<string, bigint>();

  take(year: number, amount: bigint, from: LedgerStage, to: LedgerStage): boolean {
    const isCovered = from === 'external' || this.of(year, from) >= amount;
    if (!isCovered) return false;
    this.balances.set(`${year} ${from}`, this.of(year, from) - amount);
    this.balances.set(`${year} ${to}`, this.of(year, to) + amount);
    return true;
  }

  of(year: number, stage: LedgerStage): bigint {
    return this.balances.get(`${year} ${stage}`) ?? 0n;
  }
}

const sorted = (balances: readonly StageBalance[]) =>
  balances.map((it) => `${it.year} ${it.stage} ${it.balanceMinor}`).sort();

describe('every history of a fund', () => {
  it(`agrees with the model at each step, and with its replay to each instant (${RUNS} histories)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 14 }), async (steps) => {
        const fundId = await emptyFund();
        const model = new Model();
        const snapshots: { at: Date; balances: string[] }[] = [];
        for (const { way, year, amount } of steps) {
          const [kind, from, to] = way;
          const isTaken = await world.app.database
            .transaction((tx) =>
              ledger.post(tx, {
                fundId,
                kind,
                reference: randomUUID(),
                effectiveOn: '2027-01-01',
                correlationId: 'history',
                lines: move(year, amount, { from, to }),
              }),
            )
            .then(
              () => true,
              (error: unknown) => {
                expect(error instanceof AppError && error.code).toBe('FINANCE_LEDGER_NOT_COVERED');
                return false;
              },
            );
          expect(isTaken).toBe(model.take(year, amount, from, to));
          const balances = await ledger.balances(fundId);
          expect(balances.reduce((sum, it) => sum + it.balanceMinor, 0n)).toBe(0n);
          for (const it of balances) expect(it.balanceMinor).toBe(model.of(it.year, it.stage));
          for (const each of YEARS) expectWithinBudget(model, each);
          // An instant of JavaScript has milliseconds, the journal microseconds.
          const at = new Date(Date.now() + 1);
          snapshots.push({ at, balances: sorted(balances) });
          while (Date.now() <= at.getTime()) await nextTurn();
        }
        for (const { at, balances } of snapshots) {
          expect(sorted(await ledger.balancesAsOf(fundId, at))).toEqual(balances);
        }
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});

function expectWithinBudget(model: Model, year: number): void {
  const stages = ['blocked', 'reserved', 'committed', 'payable', 'paid', 'returned'] as const;
  const bound = stages.reduce((sum, stage) => sum + model.of(year, stage), 0n);
  expect(bound <= -model.of(year, 'external')).toBe(true);
  for (const stage of stages) expect(model.of(year, stage) >= 0n).toBe(true);
}
