import {
  bookPaymentRun,
  cancelPayout,
  closeBudgetYear,
  type CostInputs,
  createPaymentRun,
  getFund,
  giveBackPayout,
  type JournalEntryKind,
  sendPaymentRun,
} from '#contracts/finance';
import { eventually } from '#testing';
import { AssignmentMessages } from '../../../test/assignment-changes';
import { BankLoop, idOf, single } from '../../../test/bank-loop';
import { AUDITOR, BUDGET, CASHIER, FINANCE, FinanceWorld, type FundingData, TODAY } from '../../../test/finance-world';
import { ReservationExpiry } from '../../commitments/commitments/reservation-expiry.service';

/** Money that is not for anything yet, or that no cost category of the fund names. */
const WITHOUT: readonly JournalEntryKind[] = [
  'BUDGET_RELEASED',
  'RELEASE_REVERSED',
  'BANK_CHARGE_BOOKED',
  'BANK_CHARGE_REVERSED',
  'UNORDERED_PAYMENT_BOOKED',
  'UNORDERED_PAYMENT_REVERSED',
  'CLAIM_PAID',
  'CLAIM_PAYMENT_REVERSED',
  'CLAIM_GIVEN_BACK',
  'CLAIM_REMITTED',
  'YEAR_LAPSED',
];

const INSTRUMENTS: readonly CostInputs[] = [
  {
    instrument: 'LOCAL_EXPERT',
    salaryMonth: { amount: '1000.00', currency: 'EUR' },
    employerContributionPercent: '20',
  },
  {
    instrument: 'INTEGRATED_EXPERT',
    localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
    hasSpouse: true,
    children: 2,
  },
  { instrument: 'DEVELOPMENT_WORKER', hasSpouse: true, children: 1, costOfLivingPercent: '10' },
];

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterEach(async () => {
  world.clock.set(`${TODAY}T09:00:00Z`);
  expect(await withoutCategory()).toEqual([]);
  expect(await belowZero()).toEqual([]);
});
afterAll(() => world?.app.close());

/** Lines that should say what their money is for and do not. */
async function withoutCategory(): Promise<unknown[]> {
  return world.app.asServiceRole(
    `SELECT entry.kind, line.stage, line.amount_minor FROM journal_line line JOIN journal_entry entry ON entry.id = line.entry_id
     WHERE line.category IS NULL AND entry.kind <> ALL ($1) AND NOT (entry.kind = 'YEAR_CARRIED_OVER' AND EXISTS (
       SELECT FROM carry_over granted WHERE granted.fund_id = entry.fund_id AND granted.amount_minor = abs(line.amount_minor)))`,
    [WITHOUT],
  );
}

/** What a category gave in a stage without ever having had it: a sign of a category that is stated wrongly. */
async function belowZero(): Promise<unknown[]> {
  return world.app.asServiceRole(
    `SELECT budget_year, stage, category, sum(amount_minor) FROM journal_line
     WHERE stage IN ('reserved', 'committed', 'payable', 'paid', 'returned') AND category IS NOT NULL
     GROUP BY fund_id, budget_year, stage, category HAVING sum(amount_minor) < 0`,
  );
}

const fund = () => world.fund({ 2027: '500000.00', 2028: '500000.00', 2029: '500000.00' });
const kindsOf = async (fundId: string) =>
  (
    await world.app.asServiceRole<{ kind: string }>('SELECT DISTINCT kind FROM journal_entry WHERE fund_id = $1', [
      fundId,
    ])
  ).map(({ kind }) => kind);

async function departed(costInputs: CostInputs): Promise<FundingData> {
  const { id } = await fund();
  const data = world.fundingRequest(id, { costInputs });
  if (costInputs.instrument === 'LOCAL_EXPERT') await world.municipalityPayee(data.employerMunicipalityId);
  else await world.expertPayee(data.expertId);
  return world.departed(id, data);
}

describe.each(INSTRUMENTS)('every line of $instrument names its cost category', (costInputs) => {
  it('when the assignment is cancelled before and after it was confirmed, or never confirmed in time', async () => {
    for (const isConfirmed of [false, true]) {
      const { id } = await fund();
      const data = world.fundingRequest(id, { costInputs });
      await world.requestFunding(data);
      if (isConfirmed) await world.confirm(data);
      await world.commitment(data.assignmentId, isConfirmed ? 'COMMITTED' : 'RESERVED');
      await world.app.publish(new AssignmentMessages(data).cancelled(4));
      await world.commitment(data.assignmentId, 'RELEASED');
      expect((await world.balances(id)).total.available.amount).toBe('1500000.00');
    }
    const { id } = await fund();
    const data = world.fundingRequest(id, { costInputs });
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    world.clock.set('2027-04-10T09:00:00Z');
    await world.app.app.get(ReservationExpiry, { strict: false }).sweep();
    await world.commitment(data.assignmentId, 'EXPIRED');
  });

  it('when it is extended, interrupted, resumed and ends early', async () => {
    const data = await departed(costInputs);
    const messages = new AssignmentMessages(data);
    const seen = async (kind: string, times: number) =>
      eventually(async () => {
        const [row] = await world.app.asServiceRole<{ count: string }>(
          'SELECT count(*) FROM journal_entry WHERE fund_id = $1 AND kind = $2',
          [data.fundId, kind],
        );
        expect(Number(row?.count)).toBeGreaterThanOrEqual(times);
      });
    await world.app.publish(messages.extensionRequested('2028-07-01', 6));
    await seen('COMMITMENT_REPLANNED', 1);
    await world.app.publish(messages.interrupted('2027-05-11', 7));
    await world.app.publish(messages.resumed('2027-05-11', '2027-08-21', 8));
    await seen('COMMITMENT_REPLANNED', 2);
    await world.app.publish(messages.endedEarly('2027-11-16', 9));
    await world.commitment(data.assignmentId, 'RELEASED');
  });

  it('when it is paid by hand, and an instalment is cancelled', async () => {
    const data = await departed(costInputs);
    const due = (await world.payouts(data.assignmentId)).filter(({ status }) => status === 'DUE');
    for (const payout of due) await world.order(payout);
    const paymentType = costInputs.instrument === 'LOCAL_EXPERT' ? 'FOREIGN' : 'SEPA';
    const request = { fundId: data.fundId, paymentType, executionOn: '2027-02-12' } as const;
    const run = await world.app.rpc(createPaymentRun, request, CASHIER);
    const paymentRunId = run.id;
    const sent = await world.app.rpc(sendPaymentRun, { paymentRunId }, CASHIER, { expectedVersion: run.version });
    const booking = { paymentRunId, bookedOn: '2027-02-10', statementReference: 'S 1' };
    await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: sent.version });
    const planned = (await world.payouts(data.assignmentId)).find(
      ({ status }) => status === 'PLANNED' || status === 'BLOCKED',
    );
    if (planned) {
      const cancel = { payoutId: planned.id, reason: 'Not needed' };
      await world.app.rpc(cancelPayout, cancel, FINANCE, { expectedVersion: planned.version });
    }
    expect(await kindsOf(data.fundId)).toEqual(
      expect.arrayContaining(['PAYOUT_ORDERED', 'PAYMENT_BOOKED', 'PAYOUT_CANCELLED']),
    );
    await world.app.publish(new AssignmentMessages(data).endedEarly('2027-06-16', 9));
    await world.commitment(data.assignmentId, 'RELEASED');
  });

  it('when the year is closed over it', async () => {
    const data = await departed(costInputs);
    for (const to of ['CLOSING', 'CLOSED'] as const) {
      world.clock.set('2028-01-10T09:00:00Z');
      const { version } = await world.app.rpc(getFund, { fundId: data.fundId }, AUDITOR);
      const granted = to === 'CLOSED' ? { carryOver: { amount: '7.00', currency: 'EUR' }, reason: 'Delayed' } : {};
      const request = { fundId: data.fundId, year: 2027, to, ...granted };
      await world.app.rpc(closeBudgetYear, request, BUDGET, { expectedVersion: version });
    }
    expect(await kindsOf(data.fundId)).toContain('YEAR_CARRIED_OVER');
  });
});

describe('every line of the bank’s way back names its cost category', () => {
  it('when payments are booked, come back and are given back', async () => {
    const { payouts, fundId } = await bank.sentRun();
    await bank.importFile(bank.statement(payouts.map((it) => single(it))));
    const [first] = payouts;
    const amount = first?.amount.amount ?? '';
    const back = { amount, endToEndId: idOf(first), returnReason: 'AC04' };
    await bank.importFile(bank.statement([{ amount, direction: 'CRDT', on: '2027-02-20', transactions: [back] }]));
    const returned = (await world.payouts(first?.assignmentId ?? '')).find(({ id }) => id === first?.id);
    const giveBack = { payoutId: first?.id ?? '' };
    await world.app.rpc(giveBackPayout, giveBack, FINANCE, { expectedVersion: returned?.version ?? 0 });
    expect(await kindsOf(fundId)).toEqual(
      expect.arrayContaining(['PAYMENT_BOOKED', 'PAYMENT_RETURNED', 'PAYOUT_GIVEN_BACK']),
    );
  });
});
