import { randomUUID } from 'node:crypto';
import { toMinor } from '#contracts';
import { assignmentCancelled, assignmentCompleted } from '#contracts/staffing';
import { fundCoverGranted, fundCoverRefused, getCommitment, payoutCancelled } from '#contracts/finance';
import { caller, eventually } from '#testing';
import { AUDITOR, FinanceWorld, type FundingData, LOCAL_INPUTS } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const granted = async (it: FundingData) =>
  (await world.app.published(fundCoverGranted)).filter((data) => data.assignmentId === it.assignmentId);
const refused = async (it: FundingData) =>
  (await world.app.published(fundCoverRefused)).filter((data) => data.assignmentId === it.assignmentId);

describe('a request for fund cover', () => {
  it('reserves every budget year and tells so', async () => {
    const fund = await world.fund({ 2027: '9000.00', 2028: '6000.00' });
    const data = world.fundingRequest(fund.id, { period: { from: '2027-07-01', to: '2028-07-01' } });
    await world.requestFunding(data);
    const commitment = await world.commitment(data.assignmentId, 'RESERVED');
    expect(commitment).toMatchObject({ total: eur('12000.00'), expiresAt: '2027-02-24T09:00:00.000Z' });
    expect(
      (await world.balances(fund.id)).years.map((it) => [it.year, it.available.amount, it.reserved.amount]),
    ).toEqual([
      [2027, '3000.00', '6000.00'],
      [2028, '0.00', '6000.00'],
    ]);
    await eventually(async () => expect(await granted(data)).toHaveLength(1));
    expect((await granted(data))[0]).toMatchObject({
      commitmentId: commitment.id,
      byYear: [{ year: 2027 }, { year: 2028 }],
    });
  });

  it('is refused as a whole when one year lacks money, and tells how much', async () => {
    const fund = await world.fund({ 2027: '9000.00', 2028: '5999.99' });
    const data = world.fundingRequest(fund.id, { period: { from: '2027-07-01', to: '2028-07-01' } });
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'REFUSED');
    await eventually(async () =>
      expect(await refused(data)).toMatchObject([
        { reason: 'INSUFFICIENT_FUNDS', shortfalls: [{ year: 2028, missing: eur('0.01') }] },
      ]),
    );
    expect((await world.balances(fund.id)).total.reserved).toEqual(eur('0.00'));
  });

  it('is refused when a year is not opened, closed, the fund unknown, or no rate known', async () => {
    const fund = await world.fund({ 2027: '90000.00', 2028: '90000.00' });
    const closed = await world.fund({ 2027: '90000.00' });
    await world.app.asServiceRole(`UPDATE budget_year SET status = 'CLOSED' WHERE fund_id = $1`, [closed.id]);
    const cases = [
      {
        data: world.fundingRequest(fund.id, { period: { from: '2028-07-01', to: '2029-07-01' } }),
        reason: 'INSUFFICIENT_FUNDS',
      },
      { data: world.fundingRequest(closed.id), reason: 'YEAR_CLOSED' },
      { data: world.fundingRequest(randomUUID()), reason: 'FUND_UNKNOWN' },
      {
        data: world.fundingRequest(fund.id, {
          costInputs: {
            instrument: 'INTEGRATED_EXPERT',
            localSalaryMonth: { amount: '500.00', currency: 'XCD' },
            hasSpouse: false,
            children: 0,
          },
        }),
        reason: 'PLAN_INVALID',
      },
    ];
    for (const { data } of cases) await world.requestFunding(data);
    for (const { data, reason } of cases) {
      await eventually(async () => expect(await refused(data)).toMatchObject([{ reason }]));
    }
  });

  it('has no effect when the message comes twice', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    const id = await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    await world.requestFunding(data, 2, id);
    await world.requestFunding(data, 2);
    await settled();
    expect((await world.balances(fund.id)).total.reserved).toEqual(eur('12000.00'));
    await eventually(async () => expect(await granted(data)).toHaveLength(1));
  });

  it('makes a new attempt after a refusal', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data, 2);
    await world.commitment(data.assignmentId, 'REFUSED');
    const shorter = { ...data, period: { from: '2027-01-01', to: '2027-07-01' } };
    await world.requestFunding(shorter, 5);
    await world.commitment(data.assignmentId, 'RESERVED');
    expect((await world.commitments(data.assignmentId)).map((it) => [it.attempt, it.status])).toEqual([
      [1, 'REFUSED'],
      [2, 'RESERVED'],
    ]);
  });

  it('replaces a reservation that was not confirmed, when it is newer', async () => {
    const fund = await world.fund({ 2027: '13000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data, 2);
    await world.commitment(data.assignmentId, 'RESERVED');
    await world.requestFunding({ ...data, period: { from: '2027-01-01', to: '2027-07-01' } }, 4);
    await eventually(async () =>
      expect((await world.commitments(data.assignmentId)).map((it) => it.status)).toEqual(['RELEASED', 'RESERVED']),
    );
    expect((await world.balances(fund.id)).total.reserved).toEqual(eur('6000.00'));
  });

  it('is ignored when it is older than the one decided', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data, 4);
    await world.commitment(data.assignmentId, 'RESERVED');
    await taken(await world.requestFunding({ ...data, period: { from: '2027-01-01', to: '2027-02-01' } }, 2));
    expect(await world.commitments(data.assignmentId)).toHaveLength(1);
    expect((await world.balances(fund.id)).total.reserved).toEqual(eur('12000.00'));
  });

  it('is ignored when it comes after the cancellation', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await cancel(data, 3);
    await taken(await world.requestFunding(data, 2));
    expect(await world.commitments(data.assignmentId)).toEqual([]);
  });

  it('is set aside when it is malformed, and the next one is decided', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const js = await world.app.broker.as('staffing');
    js.publish('evt.staffing.assignment.funding-requested.v1', '{"assignmentId":"no uuid"}');
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await world.commitment(data.assignmentId, 'RESERVED');
    await eventually(async () => {
      const [row] = await world.app.asServiceRole<{ count: string }>('SELECT count(*) FROM dead_letter');
      expect(Number(row?.count)).toBeGreaterThan(0);
    });
  });
});

describe('100 requests at once on a fund with money for 50', () => {
  it('are granted exactly 50 times', async () => {
    const fund = await world.fund({ 2027: '600000.00' });
    const requests = Array.from({ length: 100 }, () => world.fundingRequest(fund.id));
    await Promise.all(requests.map((data) => world.requestFunding(data)));
    const ids = new Set(requests.map((it) => it.assignmentId));
    await eventually(async () => {
      const answers = [
        ...(await world.app.published(fundCoverGranted)),
        ...(await world.app.published(fundCoverRefused)),
      ];
      expect(answers.filter((it) => ids.has(it.assignmentId))).toHaveLength(100);
    }, 30_000);
    const all = await world.app.published(fundCoverGranted);
    expect(all.filter((it) => ids.has(it.assignmentId))).toHaveLength(50);
    expect((await world.balances(fund.id)).total).toMatchObject({ available: eur('0.00'), reserved: eur('600000.00') });
  }, 40_000);
});

describe('a reservation', () => {
  it('becomes a commitment when the assignment is confirmed', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await world.confirm(data);
    const commitment = await world.commitment(data.assignmentId, 'COMMITTED');
    expect(commitment.expiresAt).toBeNull();
    expect((await world.balances(fund.id)).total).toMatchObject({ reserved: eur('0.00'), committed: eur('12000.00') });
  });

  it('gives back everything when the assignment is cancelled', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    await cancel(data, 3);
    await world.commitment(data.assignmentId, 'RELEASED');
    expect((await world.balances(fund.id)).total).toMatchObject({ reserved: eur('0.00'), available: eur('30000.00') });
  });
});

describe('a commitment', () => {
  it('gives back the exact rest when the assignment is completed', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = await world.departed(fund.id);
    await complete(data, '2027-07-01');
    const commitment = await world.commitment(data.assignmentId, 'RELEASED');
    expect(commitment.byYear).toMatchObject([
      { amount: eur('12000.00'), released: eur('6000.00'), open: eur('6000.00') },
    ]);
    expect((await world.balances(fund.id)).total).toMatchObject({
      committed: eur('6000.00'),
      available: eur('24000.00'),
    });
    const [left, cancelled] = await world.payouts(data.assignmentId);
    expect([left, cancelled]).toMatchObject([{ status: 'BLOCKED' }, { status: 'CANCELLED' }]);
    await eventually(async () =>
      expect(
        (await world.app.published(payoutCancelled)).filter((it) => it.assignmentId === data.assignmentId),
      ).toEqual([expect.objectContaining({ payoutId: cancelled?.id, status: 'CANCELLED', amount: cancelled?.amount })]),
    );
  });

  it('comes to the same when the messages arrive in another order', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await complete(data, '2027-07-01');
    await world.depart(data);
    await settled();
    await world.requestFunding(data);
    await world.confirm(data);
    await world.commitment(data.assignmentId, 'RELEASED');
    expect((await world.balances(fund.id)).total).toMatchObject({
      committed: eur('6000.00'),
      available: eur('24000.00'),
    });
  });

  it('shows its plan, whose instalments add up to it', async () => {
    const fund = await world.fund({ 2027: '300000.00' });
    const data = world.fundingRequest(fund.id, {
      costInputs: {
        instrument: 'INTEGRATED_EXPERT',
        localSalaryMonth: { amount: '2000000.00', currency: 'TZS' },
        hasSpouse: true,
        children: 2,
      },
    });
    await world.requestFunding(data);
    const { id, total } = await world.commitment(data.assignmentId, 'RESERVED');
    const { plan } = await world.app.rpc(getCommitment, { commitmentId: id }, AUDITOR);
    const sum = plan?.instalments.reduce((minor, it) => minor + toMinor(it.amount).amountMinor, 0n);
    expect(sum).toBe(toMinor(total).amountMinor);
    expect(plan?.exchangeRate).toMatchObject({ currency: 'TZS', direction: 'LOCAL_PER_EUR', rateOn: '2024-12-31' });
  });

  it('is seen by its expert and employer only', async () => {
    const fund = await world.fund({ 2027: '30000.00' });
    const data = world.fundingRequest(fund.id);
    await world.requestFunding(data);
    const { id } = await world.commitment(data.assignmentId, 'RESERVED');
    const read = (as: Parameters<typeof caller>) => world.app.rpc(getCommitment, { commitmentId: id }, caller(...as));
    await expect(read(['expert', { expertId: data.expertId }])).resolves.toMatchObject({ id });
    await expect(
      read(['municipality-partner', { municipalityId: data.employerMunicipalityId }]),
    ).resolves.toMatchObject({ id });
    await expect(read(['expert', { expertId: randomUUID() }])).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await expect(read(['municipality-partner', {}])).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });
});

function cancel({ assignmentId }: FundingData, aggregateVersion: number): Promise<string> {
  return world.app.publish(
    assignmentCancelled.of({ aggregateId: assignmentId, aggregateVersion, data: { assignmentId } }),
  );
}

function complete({ assignmentId, partnershipIds }: FundingData, endedOn: string): Promise<string> {
  return world.app.publish(
    assignmentCompleted.of({
      aggregateId: assignmentId,
      aggregateVersion: 9,
      data: { assignmentId, partnershipIds, endedOn },
    }),
  );
}

/** All messages before are worked off once a request sent after them is answered. */
/** Until this very message has had its effect: messages of other assignments may be faster. */
async function taken(messageId: string): Promise<void> {
  await eventually(async () =>
    expect(await world.app.database.query('SELECT FROM inbox_message WHERE message_id = $1', [messageId])).toHaveLength(
      1,
    ),
  );
}

async function settled(): Promise<void> {
  const data = world.fundingRequest(randomUUID(), { costInputs: LOCAL_INPUTS });
  await world.requestFunding(data);
  await eventually(async () => expect(await refused(data)).toHaveLength(1));
}
