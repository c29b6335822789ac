import { createHash, randomUUID } from 'node:crypto';
import { reportAccepted } from '#contracts/staffing';
import {
  acceptProofOfUse,
  checkPayoutFactually,
  createProofOfUse,
  decideClaim,
  makeClaimDue,
  openClaimHearing,
  payoutBlocked,
  payoutDue,
  type PayoutView,
  type ProofOfUseView,
  recordClaimPayment,
  recordClaimStatement,
  rejectProofOfUse,
  runDue,
  startProofCheck,
  submitProofOfUse,
} from '#contracts/finance';
import { caller, eventually } from '#testing';
import { FINANCE, FinanceWorld, type FundingData, OFFICER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A local expert: 6,000.00 are due, and the second 6,000.00 wait for what is about to be tested. */
async function localExpert(): Promise<FundingData> {
  const { id: fundId } = await world.fund({ 2027: '100000.00' });
  const data = world.fundingRequest(fundId);
  await world.municipalityPayee(data.employerMunicipalityId);
  await world.departed(fundId, data);
  await world.app.rpc(runDue, { fundId, upTo: '2027-12-31' }, FINANCE);
  return data;
}

async function second({ assignmentId }: FundingData): Promise<PayoutView> {
  const payout = (await world.payouts(assignmentId)).at(-1);
  if (!payout) throw new Error('there is no second instalment');
  return payout;
}

const state = async (data: FundingData): Promise<(string | null)[]> => {
  const { status, blocked } = await second(data);
  return [status, blocked];
};

async function acceptReport({ assignmentId }: FundingData): Promise<void> {
  const reportId = randomUUID();
  await world.app.publish(
    reportAccepted.of({
      aggregateId: reportId,
      aggregateVersion: 3,
      data: { reportId, assignmentId, kind: 'START', sequence: 1, acceptedOn: '2027-02-01' },
    }),
  );
}

const reportArrived = (data: FundingData) =>
  eventually(async () => expect(await state(data)).not.toEqual(['BLOCKED', 'REPORT_MISSING']));

/** A proof of use of the commitment that shows this amount as spent, submitted and in check. */
async function proofInCheck(data: FundingData, amount: string): Promise<ProofOfUseView> {
  const [commitment] = await world.commitments(data.assignmentId);
  const proof = await world.app.rpc(
    createProofOfUse,
    {
      fundId: data.fundId,
      commitmentId: commitment?.id,
      kind: 'INTERIM',
      ruleSet: 'BENGO',
      period: { from: '2027-01-01', to: '2027-07-01' },
      plan: [{ category: 'PERSONAL', planned: eur('6000.00') }],
    },
    OFFICER,
  );
  const owner = caller('municipality-partner', { subject: 'mara', municipalityId: data.employerMunicipalityId });
  const receipt = {
    number: randomUUID(),
    sha256: createHash('sha256').update(randomUUID()).digest('hex'),
    payee: 'Amina',
    category: 'PERSONAL' as const,
    paidOn: '2027-06-01',
    amount: eur(amount),
  };
  const submitted = await world.app.rpc(
    submitProofOfUse,
    {
      proofOfUseId: proof.id,
      narrative: 'The water office works.',
      actual: [{ category: 'PERSONAL', actual: eur(amount) }],
      receipts: [receipt],
    },
    owner,
    { expectedVersion: proof.version },
  );
  return world.app.rpc(startProofCheck, { proofOfUseId: proof.id }, FINANCE, { expectedVersion: submitted.version });
}

const accept = ({ id, version }: ProofOfUseView) =>
  world.app.rpc(acceptProofOfUse, { proofOfUseId: id }, FINANCE, { expectedVersion: version });

async function acceptWithClaim({ id, version }: ProofOfUseView, amount: string): Promise<string> {
  const claim = {
    debtorName: 'Commune de Kongoussi',
    ground: 'UNSPENT' as const,
    reason: 'Half of the instalment was not spent',
    amount: eur(amount),
    interestFrom: '2027-01-01',
  };
  const accepted = await world.app.rpc(acceptProofOfUse, { proofOfUseId: id, claim }, FINANCE, {
    expectedVersion: version,
  });
  return accepted.claimId ?? '';
}

/** Takes a claim through hearing and decision; answers its version. */
async function claimDue(claimId: string): Promise<number> {
  const decider = caller('finance-officer', { subject: 'dora' });
  await world.app.rpc(openClaimHearing, { claimId, until: '2027-03-01' }, FINANCE, { expectedVersion: 1 });
  await world.app.rpc(recordClaimStatement, { claimId, statement: 'We agree.' }, FINANCE, { expectedVersion: 2 });
  const decision = { claimId, decidedOn: '2027-02-10', reference: 'AZ 1' };
  await world.app.rpc(decideClaim, decision, decider, { expectedVersion: 3 });
  const due = { claimId, dueOn: '2027-03-15' };
  return (await world.app.rpc(makeClaimDue, due, FINANCE, { expectedVersion: 4 })).version;
}

async function prove(data: FundingData, amount: string): Promise<void> {
  await accept(await proofInCheck(data, amount));
}

describe('the second instalment of a local expert', () => {
  it('waits until 80 % of the first is proven by accepted proofs of use, to the cent', async () => {
    const data = await localExpert();
    expect(await state(data)).toEqual(['BLOCKED', 'REPORT_MISSING']);
    await acceptReport(data);
    await reportArrived(data);
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
    const blocked = await second(data);
    const check = world.app.rpc(checkPayoutFactually, { payoutId: blocked.id }, OFFICER, {
      expectedVersion: blocked.version,
    });
    await expect(check).rejects.toMatchObject({ code: 'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED' });
    await prove(data, '4799.99');
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
    await prove(data, '0.01');
    expect(await state(data)).toEqual(['DUE', null]);
    await eventually(async () => {
      const told = (await world.app.published(payoutBlocked)).filter((it) => it.payoutId === blocked.id);
      expect(told.map((it) => it.reason)).toEqual(['REPORT_MISSING', 'PROOF_MISSING']);
      expect((await world.app.published(payoutDue)).some((it) => it.payoutId === blocked.id)).toBe(true);
    });
  });

  it('does not go on with a proof that is only submitted, or rejected', async () => {
    const data = await localExpert();
    await acceptReport(data);
    await reportArrived(data);
    const { id, version } = await proofInCheck(data, '6000.00');
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
    await world.app.rpc(rejectProofOfUse, { proofOfUseId: id, reason: 'The receipts are copies' }, FINANCE, {
      expectedVersion: version,
    });
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
  });

  it('goes on when what was not spent has been paid back on the claim', async () => {
    const data = await localExpert();
    await acceptReport(data);
    await reportArrived(data);
    const claimId = await acceptWithClaim(await proofInCheck(data, '3000.00'), '3000.00');
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
    let expectedVersion = await claimDue(claimId);
    const pay = async (amount: string): Promise<void> => {
      const payment = { claimId, amount: eur(amount), paidOn: '2027-02-10', reference: 'S 1' };
      ({ version: expectedVersion } = await world.app.rpc(recordClaimPayment, payment, FINANCE, { expectedVersion }));
    };
    await pay('1799.99');
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
    await pay('0.01');
    expect(await state(data)).toEqual(['DUE', null]);
  });

  it('still waits for the report when the proof comes first', async () => {
    const data = await localExpert();
    await prove(data, '6000.00');
    expect(await state(data)).toEqual(['BLOCKED', 'REPORT_MISSING']);
    await acceptReport(data);
    await reportArrived(data);
    expect(await state(data)).toEqual(['DUE', null]);
  });

  it('is not helped by the proof of another commitment', async () => {
    const data = await localExpert();
    await acceptReport(data);
    await reportArrived(data);
    await prove(await localExpert(), '6000.00');
    expect(await state(data)).toEqual(['BLOCKED', 'PROOF_MISSING']);
  });

  it('waits as well when both fell due before the departure was told', async () => {
    const { id: fundId } = await world.fund({ 2026: '100000.00', 2027: '100000.00' });
    const data = world.fundingRequest(fundId, { period: { from: '2026-07-01', to: '2027-07-01' } });
    await world.municipalityPayee(data.employerMunicipalityId);
    await acceptReport(data);
    await eventually(async () => {
      const rows = await world.app.asServiceRole('SELECT FROM accepted_report_copy WHERE assignment_id = $1', [
        data.assignmentId,
      ]);
      expect(rows).toHaveLength(1);
    });
    await world.departed(fundId, data);
    const states = (await world.payouts(data.assignmentId)).map((it) => [it.status, it.blocked]);
    expect(states).toEqual([
      ['DUE', null],
      ['BLOCKED', 'PROOF_MISSING'],
    ]);
  });
});
