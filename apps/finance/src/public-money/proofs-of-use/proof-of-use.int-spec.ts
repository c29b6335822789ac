import { createHash, randomUUID } from 'node:crypto';
import {
  acceptProofOfUse,
  answerProofQuery,
  createProofOfUse,
  decideClaim,
  getClaim,
  getClaimInterest,
  getProofOfUse,
  listProofOfUseActions,
  listProofsOfUse,
  makeClaimDue,
  openClaimHearing,
  type ProofOfUseView,
  queryProofOfUse,
  recordClaimPayment,
  recordClaimStatement,
  recordExchangeRate,
  rejectProofOfUse,
  startProofCheck,
  submitProofOfUse,
  waiveClaim,
} from '#contracts/finance';
import { caller, possibleActs, refusalOf } from '#testing';
import { AUDITOR, FINANCE, FinanceWorld, OFFICER } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const DECIDER = caller('finance-officer', { subject: 'dora' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fileHash = () => createHash('sha256').update(randomUUID()).digest('hex');

/** A proof over one commitment's year; the plan is 1,000.00 for salary and 500.00 for equipment. */
async function open(): Promise<ProofOfUseView & { owner: ReturnType<typeof caller> }> {
  const fund = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
  const data = world.fundingRequest(fund.id);
  await world.requestFunding(data);
  const commitment = await world.commitment(data.assignmentId, 'RESERVED');
  const proof = await world.app.rpc(
    createProofOfUse,
    {
      fundId: fund.id,
      commitmentId: commitment.id,
      kind: 'INTERIM',
      ruleSet: 'BENGO',
      period: { from: '2026-01-01', to: '2027-01-01' },
      plan: [
        { category: 'PERSONAL', planned: eur('1000.00') },
        { category: 'AUSSTATTUNG', planned: eur('500.00') },
      ],
      ownSharePlanned: eur('100.00'),
    },
    OFFICER,
  );
  const municipalityId = data.employerMunicipalityId;
  return { ...proof, owner: caller('municipality-partner', { subject: 'mara', municipalityId }) };
}

const receipt = (category: 'PERSONAL' | 'AUSSTATTUNG', amount: string, more: object = {}) => ({
  number: randomUUID(),
  sha256: fileHash(),
  payee: 'Amina',
  category,
  paidOn: '2026-06-01',
  amount: eur(amount),
  ...more,
});

function content(more: object = {}) {
  return {
    narrative: 'The water office works.',
    actual: [
      { category: 'PERSONAL' as const, actual: eur('1000.00') },
      { category: 'AUSSTATTUNG' as const, actual: eur('500.00') },
    ],
    ownShareActual: eur('100.00'),
    receipts: [receipt('PERSONAL', '1000.00'), receipt('AUSSTATTUNG', '500.00')],
    ...more,
  };
}

async function submit(proof: Awaited<ReturnType<typeof open>>, more: object = {}): Promise<ProofOfUseView> {
  const request = { proofOfUseId: proof.id, ...content(more) };
  return world.app.rpc(submitProofOfUse, request, proof.owner, { expectedVersion: proof.version });
}

describe('a proof of use', () => {
  it('goes from the request through queries to acceptance', async () => {
    const proof = await open();
    expect(proof).toMatchObject({ status: 'OPEN', dueOn: '2027-02-28' });
    const { items } = await world.app.rpc(listProofsOfUse, {}, proof.owner);
    expect(items.map(({ id }) => id)).toEqual([proof.id]);
    const proofOfUseId = proof.id;
    const submitted = await submit(proof);
    expect(submitted.checks.every(({ verdict }) => verdict === 'PASSED')).toBe(true);
    let version = submitted.version;
    const step = () => ({ expectedVersion: version++ });
    await world.app.rpc(startProofCheck, { proofOfUseId }, FINANCE, step());
    await world.app.rpc(queryProofOfUse, { proofOfUseId, text: 'Which pump?' }, FINANCE, step());
    await world.app.rpc(answerProofQuery, { proofOfUseId, text: 'The second.' }, proof.owner, step());
    const accepted = await world.app.rpc(acceptProofOfUse, { proofOfUseId }, FINANCE, step());
    expect(accepted).toMatchObject({ status: 'ACCEPTED', claimId: null, checkedBy: 'fritz' });
    expect(accepted.dialogue.map(({ kind }) => kind)).toEqual(['QUERY', 'ANSWER', 'DECISION']);
    expect(await world.app.rpc(getProofOfUse, { proofOfUseId }, AUDITOR)).toEqual(accepted);
    await expect(
      world.app.rpc(rejectProofOfUse, { proofOfUseId, reason: 'late' }, FINANCE, step()),
    ).rejects.toMatchObject({ code: 'FINANCE_PROOF_TRANSITION_NOT_ALLOWED' });
  });

  it('says what can be done with it to whom it concerns, which is what the acts answer', async () => {
    const proof = await open();
    const asked = (as: ReturnType<typeof caller>) =>
      world.app.rpc(listProofOfUseActions, { proofOfUseId: proof.id }, as);
    expect(possibleActs(await asked(proof.owner))).toEqual(['proof-of-use_submit']);
    expect(refusalOf(await asked(proof.owner), answerProofQuery)).toBe('FINANCE_PROOF_TRANSITION_NOT_ALLOWED');
    await expect(submit({ ...proof, version: proof.version + 1 })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    await submit(proof);
    expect(possibleActs(await asked(FINANCE))).toEqual(['proof-of-use_start-check']);
    expect(refusalOf(await asked(caller('finance-officer', { subject: 'mara' })), startProofCheck)).toBe(
      'FINANCE_PROOF_FOUR_EYES',
    );
    await expect(submit(proof)).rejects.toMatchObject({ code: 'FINANCE_PROOF_TRANSITION_NOT_ALLOWED' });
    const stranger = caller('municipality-partner', { subject: 'eve', municipalityId: randomUUID() });
    await expect(asked(stranger)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it('does not exist for another municipality', async () => {
    const proof = await open();
    const stranger = caller('municipality-partner', { subject: 'eve', municipalityId: randomUUID() });
    const foreign = { ...proof, owner: stranger };
    await expect(submit(foreign)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    const read = world.app.rpc(getProofOfUse, { proofOfUseId: proof.id }, stranger);
    await expect(read).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it.each([
    [
      'FINANCE_PROOF_RECEIPTS_MISMATCH',
      { receipts: [receipt('PERSONAL', '999.99'), receipt('AUSSTATTUNG', '500.00')] },
    ],
    [
      'FINANCE_PROOF_RECEIPT_OUTSIDE_PERIOD',
      { receipts: [receipt('PERSONAL', '1000.00', { paidOn: '2027-01-01' }), receipt('AUSSTATTUNG', '500.00')] },
    ],
    ['FINANCE_PROOF_ACTUAL_INVALID', { actual: [{ category: 'PERSONAL', actual: eur('1000.00') }] }],
    [
      'FINANCE_PROOF_EXPLANATION_MISSING',
      {
        actual: [
          { category: 'PERSONAL', actual: eur('800.00') },
          { category: 'AUSSTATTUNG', actual: eur('600.01') },
        ],
        receipts: [receipt('PERSONAL', '800.00'), receipt('AUSSTATTUNG', '600.01')],
      },
    ],
    [
      'FINANCE_PROOF_RECEIPT_RATE_INVALID',
      { receipts: [receipt('PERSONAL', '1', { amount: { amount: '655957', currency: 'XOF' } })] },
    ],
  ])('is refused with %s', async (code, more) => {
    await expect(submit(await open(), more)).rejects.toMatchObject({ code });
  });

  it('takes 20 percent more of an item without explanation, and no receipt twice', async () => {
    const receipts = [receipt('PERSONAL', '900.00'), receipt('AUSSTATTUNG', '600.00')];
    const actual = [
      { category: 'PERSONAL', actual: eur('900.00') },
      { category: 'AUSSTATTUNG', actual: eur('600.00') },
    ];
    await submit(await open(), { actual, receipts });
    const sameFile = receipts.map((it) => ({ ...it, number: randomUUID() }));
    const sameContent = receipts.map((it) => ({ ...it, sha256: fileHash() }));
    for (const repeated of [sameFile, sameContent]) {
      await expect(submit(await open(), { actual, receipts: repeated })).rejects.toMatchObject({
        code: 'FINANCE_PROOF_RECEIPT_DUPLICATE',
      });
    }
  });

  it('converts a receipt by the recorded rate; a correction is a new row', async () => {
    const rate = { currency: 'XOF', rateOn: '2026-06-01', rate: '655.9', source: `BCEAO ${randomUUID()}` };
    const wrong = await world.app.rpc(recordExchangeRate, rate, FINANCE);
    const right = { ...rate, rate: '655.957', correctsId: wrong.id };
    const corrected = await world.app.rpc(recordExchangeRate, right, FINANCE);
    for (const again of [rate, right]) {
      await expect(world.app.rpc(recordExchangeRate, again, FINANCE)).rejects.toMatchObject({
        code: 'FINANCE_EXCHANGE_RATE_EXISTS',
      });
    }
    const other = { ...right, currency: 'XAF' };
    await expect(world.app.rpc(recordExchangeRate, other, FINANCE)).rejects.toMatchObject({
      code: 'FINANCE_EXCHANGE_RATE_CORRECTION_MISMATCH',
    });
    const local = receipt('PERSONAL', '1', {
      amount: { amount: '655957', currency: 'XOF' },
      exchangeRateId: corrected.id,
    });
    const proof = await submit(await open(), { receipts: [local, receipt('AUSSTATTUNG', '500.00')] });
    expect(proof.receipts[0]).toMatchObject({ amountEur: eur('1000.00'), exchangeRateId: corrected.id });
  });
});

describe('a claim', () => {
  it('comes with the proof, is decided after the hearing by another person, and ends when it is paid', async () => {
    const proof = await open();
    const submitted = await submit(proof, { ownShareActual: eur('0.00') });
    const proofOfUseId = proof.id;
    const checked = await world.app.rpc(startProofCheck, { proofOfUseId }, FINANCE, {
      expectedVersion: submitted.version,
    });
    const accept = (more: object) =>
      world.app.rpc(acceptProofOfUse, { proofOfUseId, ...more }, FINANCE, { expectedVersion: checked.version });
    await expect(accept({})).rejects.toMatchObject({ code: 'FINANCE_PROOF_CHECK_FAILED' });
    const accepted = await accept({
      claim: {
        debtorName: 'Kommune',
        ground: 'CONDITION_BREACHED',
        reason: 'No own share.',
        amount: eur('100.00'),
        interestFrom: '2025-07-01',
      },
    });
    expect(accepted.status).toBe('ACCEPTED_WITH_CLAIM');
    const claimId = accepted.claimId ?? '';

    await world.app.rpc(openClaimHearing, { claimId, until: '2027-03-01' }, FINANCE, { expectedVersion: 1 });
    const decision = { claimId, decidedOn: '2027-02-10', reference: 'AZ 1' };
    const decide = (as: typeof FINANCE, expectedVersion: number) =>
      world.app.rpc(decideClaim, decision, as, { expectedVersion });
    await expect(decide(FINANCE, 2)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_FOUR_EYES' });
    await expect(decide(DECIDER, 2)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_HEARING_OPEN' });
    await world.app.rpc(recordClaimStatement, { claimId, statement: 'We agree.' }, FINANCE, { expectedVersion: 2 });
    await decide(DECIDER, 3);
    await world.app.rpc(makeClaimDue, { claimId, dueOn: '2027-03-15' }, FINANCE, { expectedVersion: 4 });
    const waive = { claimId, reason: 'no prospect' };
    await expect(world.app.rpc(waiveClaim, waive, DECIDER, { expectedVersion: 5 })).rejects.toMatchObject({
      code: 'FINANCE_CLAIM_CONSENT_MISSING',
    });
    const pay = (amount: string, expectedVersion: number) =>
      world.app.rpc(
        recordClaimPayment,
        { claimId, amount: eur(amount), paidOn: '2027-02-10', reference: 'S 1' },
        FINANCE,
        {
          expectedVersion,
        },
      );
    await expect(pay('100.01', 5)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_PAYMENT_TOO_HIGH' });
    expect(await pay('40.00', 5)).toMatchObject({ status: 'DUE', open: eur('60.00') });
    expect(await pay('60.00', 6)).toMatchObject({ status: 'PAID', open: eur('0.00') });
    const claim = await world.app.rpc(getClaim, { claimId }, AUDITOR);
    expect(claim).toMatchObject({ proofOfUseId, payments: [{ amount: eur('40.00') }, { amount: eur('60.00') }] });
    // 100.00 at 1.27 + 5 points for 365 days = 6.27; nothing changes after the payment.
    const interest = (asOf: string) => world.app.rpc(getClaimInterest, { claimId, asOf }, AUDITOR);
    expect((await interest('2026-07-01')).interest.amount).toEqual(eur('6.27'));
    expect((await interest('2030-01-01')).interest.amount).toEqual((await interest('2027-02-10')).interest.amount);
  });
});
