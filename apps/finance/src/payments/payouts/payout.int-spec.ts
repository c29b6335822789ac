import { randomUUID } from 'node:crypto';
import { toMinor } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import { reportAccepted } from '#contracts/staffing';
import {
  checkPayoutArithmetically,
  checkPayoutFactually,
  getPayout,
  listPayouts,
  createPayee,
  getCommitment,
  orderPayout,
  payoutBlocked,
  payoutDue,
  payoutOrdered,
  type PayoutView,
  runDue,
} from '#contracts/finance';
import { caller, eventually } from '#testing';
import { AUDITOR, FINANCE, FinanceWorld, type FundingData, OFFICER, ORDERER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const EXPERT_INPUTS = {
  costInputs: {
    instrument: 'INTEGRATED_EXPERT' as const,
    localSalaryMonth: { amount: '1000.00', currency: 'EUR' },
    hasSpouse: false,
    children: 0,
  },
};
const about = <T extends { assignmentId: string | null }>(messages: T[], it: FundingData) =>
  messages.filter((data) => data.assignmentId === it.assignmentId);

/** An expert with payee whose January and February instalments are due. */
async function expertWithDuePayouts(): Promise<{ data: FundingData; due: PayoutView[]; fundId: string }> {
  const fund = await world.fund({ 2027: '100000.00' });
  const data = world.fundingRequest(fund.id, EXPERT_INPUTS);
  await world.expertPayee(data.expertId);
  await world.departed(fund.id, data);
  const due = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
  return { data, due, fundId: fund.id };
}

async function first(): Promise<PayoutView> {
  const [payout] = (await expertWithDuePayouts()).due;
  if (!payout) throw new Error('nothing is due');
  return payout;
}

describe('a departure', () => {
  it('plans one payout per instalment and makes due what the day has reached', async () => {
    const { data, due } = await expertWithDuePayouts();
    expect(due.map((it) => [it.dueOn, it.category, it.amount.amount]).sort()).toEqual(
      [
        ['2027-01-01', 'PERSONAL', '3000.00'],
        ['2027-01-01', 'SOZIALES', '900.00'],
        ['2027-01-01', 'MOBILITAET', '4000.00'],
        ['2027-02-01', 'PERSONAL', '3000.00'],
        ['2027-02-01', 'SOZIALES', '900.00'],
      ].sort(),
    );
    expect(await world.payouts(data.assignmentId)).toHaveLength(26);
    await eventually(async () => expect(about(await world.app.published(payoutDue), data)).toHaveLength(5));
  });

  it('has no second effect when the message comes again', async () => {
    const { data } = await expertWithDuePayouts();
    await world.depart(data, 6);
    await world.requestFunding(world.fundingRequest(randomUUID()));
    expect(await world.payouts(data.assignmentId)).toHaveLength(26);
  });
});

describe('an instalment without payee', () => {
  it('is blocked, and due as soon as the payee is registered', async () => {
    const fund = await world.fund({ 2027: '100000.00' });
    const data = await world.departed(fund.id, EXPERT_INPUTS);
    const blocked = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'BLOCKED');
    expect(blocked.map((it) => it.blocked)).toEqual(Array(5).fill('PAYEE_MISSING'));
    await eventually(async () => expect(about(await world.app.published(payoutBlocked), data)).toHaveLength(5));
    const payee = await world.expertPayee(data.expertId);
    const due = (await world.payouts(data.assignmentId)).filter((it) => it.status === 'DUE');
    expect(due.map((it) => it.payeeId)).toEqual(Array(5).fill(payee.id));
  });
});

describe('the second instalment of a local expert', () => {
  it('waits for an accepted report, which counts once', async () => {
    const fund = await world.fund({ 2027: '100000.00' });
    const data = await world.departed(fund.id);
    await municipalityPayee(data);
    await world.app.rpc(runDue, { fundId: fund.id, upTo: '2027-12-31' }, FINANCE);
    expect((await world.payouts(data.assignmentId)).map((it) => [it.status, it.blocked])).toEqual([
      ['DUE', null],
      ['BLOCKED', 'REPORT_MISSING'],
    ]);
    const reportId = randomUUID();
    await accept(data, reportId);
    await accept(data, reportId);
    // What it waits for then is in proof-gate.int-spec.ts.
    await eventually(async () =>
      expect((await world.payouts(data.assignmentId)).map((it) => [it.status, it.blocked])).toEqual([
        ['DUE', null],
        ['BLOCKED', 'PROOF_MISSING'],
      ]),
    );
  });
});

describe('taking instalments due', () => {
  it('changes nothing when it is repeated', async () => {
    const { fundId } = await expertWithDuePayouts();
    const request = { fundId, upTo: '2027-03-31' };
    const run = await world.app.rpc(runDue, request, FINANCE);
    expect(run).toMatchObject({ blockedPayoutIds: [], remaining: 0 });
    expect(run.duePayoutIds).toHaveLength(2);
    expect(await world.app.rpc(runDue, request, FINANCE)).toMatchObject({ duePayoutIds: [], remaining: 0 });
  });

  it('is refused to a cashier and for an unknown fund', async () => {
    const request = { fundId: randomUUID(), upTo: '2027-03-31' };
    await expect(world.app.rpc(runDue, request, caller('cashier'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
    await expect(world.app.rpc(runDue, request, FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});

describe('ordering a payout', () => {
  it('makes committed money payable and tells so', async () => {
    const payout = await first();
    const order = await world.order(payout);
    expect(order).toMatchObject({
      status: 'ORDERED',
      factualCheck: { by: 'olga' },
      arithmeticalCheck: { by: 'fritz' },
      order: { by: 'anna' },
    });
    expect((await world.balances(payout.fundId)).total.payable).toEqual(payout.amount);
    await eventually(async () =>
      expect((await world.app.published(payoutOrdered)).filter((it) => it.payoutId === payout.id)).toMatchObject([
        { status: 'ORDERED', amount: payout.amount },
      ]),
    );
  });

  it('takes the money out of what the commitment has open, once', async () => {
    const payout = await first();
    const openOfYear = async (): Promise<bigint | undefined> => {
      const { byYear } = await world.app.rpc(getCommitment, { commitmentId: payout.commitmentId }, AUDITOR);
      const year = byYear.find((it) => it.year === payout.budgetYear);
      return year && toMinor(year.open).amountMinor;
    };
    const before = await openOfYear();
    await world.order(payout);
    expect(await openOfYear()).toBe((before ?? 0n) - toMinor(payout.amount).amountMinor);
  });

  it('is refused to a role that may not, and in another state whatever version is named', async () => {
    const payout = await first();
    const by = (as: typeof FINANCE, version = payout.version) =>
      world.app.rpc(orderPayout, { payoutId: payout.id }, as, { expectedVersion: version });
    await expect(by(FINANCE)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    for (const version of [payout.version, payout.version + 1]) {
      await expect(by(ORDERER, version)).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED' });
    }
  });

  it('is refused with a stale version while it can still be ordered', async () => {
    const checked = await world.check(await first());
    const stale = world.app.rpc(orderPayout, { payoutId: checked.id }, ORDERER, {
      expectedVersion: checked.version - 1,
    });
    await expect(stale).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
      details: { currentVersion: checked.version },
    });
  });
});

describe('one person with two roles', () => {
  const both = { ...OFFICER, roles: ['programme-officer', 'finance-officer', 'payment-orderer'] as const };

  it('cannot carry out two acts on one payout', async () => {
    const payout = await first();
    const factual = await world.app.rpc(checkPayoutFactually, { payoutId: payout.id }, both, {
      expectedVersion: payout.version,
    });
    const second = world.app.rpc(checkPayoutArithmetically, { payoutId: payout.id }, both, {
      expectedVersion: factual.version,
    });
    await expect(second).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_FOUR_EYES' });
  });

  it('cannot do so by SQL under the role of the service either', async () => {
    const payout = await first();
    await world.order(payout);
    for (const column of ['factually_checked_by', 'arithmetically_checked_by']) {
      const update = world.app.asServiceRole(`UPDATE payout SET ${column} = ordered_by WHERE id = $1`, [payout.id]);
      await expect(update).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_four_eyes' });
    }
    const pay = world.app.asServiceRole('UPDATE payout SET paid_by = ordered_by WHERE id = $1', [payout.id]);
    await expect(pay).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_four_eyes' });
    const skip = world.app.asServiceRole(`UPDATE payout SET status = 'SENT' WHERE id = $1`, [payout.id]);
    await expect(skip).rejects.toMatchObject({ code: '23514', constraint: 'ck_payout_acts' });
  });
});

describe('the payouts of an assignment', () => {
  it('are seen by their expert and employer only', async () => {
    const { data, due } = await expertWithDuePayouts();
    const expert = caller('expert', { expertId: data.expertId });
    const [payout] = due;
    await expect(world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, expert)).resolves.toMatchObject({
      id: payout?.id,
    });
    expect((await world.app.rpc(listPayouts, { status: ['DUE'] }, expert)).items).toHaveLength(5);
    const other = caller('expert', { expertId: randomUUID() });
    await expect(world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, other)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    expect((await world.app.rpc(listPayouts, {}, other)).items).toEqual([]);
  });
});

describe('registering a payee', () => {
  it('is refused a second time for one expert, and for a municipality nobody recorded', async () => {
    const expertId = randomUUID();
    await world.expertPayee(expertId);
    await expect(world.expertPayee(expertId)).rejects.toMatchObject({ code: 'FINANCE_PAYEE_EXISTS' });
    const unknown = world.app.rpc(createPayee, municipality(randomUUID()), FINANCE);
    await expect(unknown).rejects.toMatchObject({
      code: 'FINANCE_PAYEE_MUNICIPALITY_UNKNOWN',
      errors: [{ pointer: '#/municipalityId' }],
    });
  });

  it('is refused when kind and owner do not fit', async () => {
    const wrong = world.app.rpc(createPayee, { ...municipality(randomUUID()), kind: 'EXPERT' }, FINANCE);
    await expect(wrong).rejects.toMatchObject({ code: 'FINANCE_PAYEE_OWNER_MISMATCH' });
  });
});

function municipality(municipalityId: string) {
  return {
    kind: 'MUNICIPALITY' as const,
    municipalityId,
    name: 'Commune de Kongoussi',
    address: { town: 'Kongoussi', country: 'BF' },
    bankAccount: { accountNumber: '0123456789', bic: 'BICBBFBX', holder: 'Commune de Kongoussi' },
  };
}

async function municipalityPayee({ employerMunicipalityId }: FundingData): Promise<void> {
  await world.app.publish(
    municipalityRecorded.of({
      aggregateId: employerMunicipalityId,
      aggregateVersion: 1,
      data: {
        municipalityId: employerMunicipalityId,
        name: 'Kongoussi',
        kind: 'MUNICIPALITY',
        country: 'BF',
        side: 'PARTNER',
        population: null,
      },
    }),
  );
  await eventually(() => world.app.rpc(createPayee, municipality(employerMunicipalityId), FINANCE));
}

function accept({ assignmentId }: FundingData, reportId: string): Promise<string> {
  return world.app.publish(
    reportAccepted.of({
      aggregateId: reportId,
      aggregateVersion: 3,
      data: { reportId, assignmentId, kind: 'START', sequence: 1, acceptedOn: '2027-02-01' },
    }),
  );
}
