import { createHash, randomUUID } from 'node:crypto';
import {
  acceptProofOfUse,
  answerProofQuery,
  createProofOfUse,
  getProofOfUse,
  listClaims,
  listProofsOfUse,
  type ProofCheck,
  type ProofOfUseView,
  queryProofOfUse,
  rejectProofOfUse,
  startProofCheck,
  submitProofOfUse,
} from '#contracts/finance';
import { type TestCaller, somePdf } from '#testing';
import { kept } from '../../../test/documents';
import { AUDITOR, FINANCE, FinanceWorld, OFFICER } from '../../../test/finance-world';

let world: FinanceWorld;
let fundId: string;
beforeAll(async () => {
  world = await FinanceWorld.start();
  fundId = (await world.fund({ 2027: '1000.00' })).id;
});
afterAll(() => world?.app.close());

/** One person with both roles: what four eyes are for. */
const BOTH: TestCaller = { subject: 'olga', roles: ['programme-officer', 'finance-officer'] };
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const line = (category: 'PERSONAL' | 'AUSSTATTUNG', amount: string, explanation?: string) => ({
  category,
  actual: eur(amount),
  ...(explanation === undefined ? {} : { explanation }),
});

function open(more: object = {}): Promise<ProofOfUseView> {
  const request = {
    fundId,
    kind: 'FINAL' as const,
    ruleSet: 'BENGO' as const,
    period: { from: '2026-01-01', to: '2027-01-01' },
    plan: [
      { category: 'PERSONAL' as const, planned: eur('1000.00') },
      { category: 'AUSSTATTUNG' as const, planned: eur('2000.00') },
    ],
    ownSharePlanned: eur('100.00'),
    ...more,
  };
  return world.app.rpc(createProofOfUse, request, OFFICER);
}

const receipt = (category: 'PERSONAL' | 'AUSSTATTUNG', amount: string, number: string = randomUUID()) => ({
  number,
  sha256: createHash('sha256').update(randomUUID()).digest('hex'),
  payee: 'Amina',
  category,
  paidOn: '2026-06-01',
  amount: eur(amount),
});

/** Submits amounts with a receipt for each. */
async function submit(personal: string, equipment: string, more: object = {}): Promise<ProofOfUseView> {
  const proof = await open();
  const request = {
    proofOfUseId: proof.id,
    narrative: 'The water office works.',
    actual: [line('PERSONAL', personal), line('AUSSTATTUNG', equipment)],
    ownShareActual: eur('100.00'),
    receipts: [receipt('PERSONAL', personal), receipt('AUSSTATTUNG', equipment)],
    ...more,
  };
  return world.app.rpc(submitProofOfUse, request, OFFICER, { expectedVersion: proof.version });
}

const failed = ({ checks }: ProofOfUseView) =>
  checks.filter(({ verdict }) => verdict === 'FAILED').map(({ check }) => check);
const start = ({ id, version }: ProofOfUseView, as: TestCaller = FINANCE) =>
  world.app.rpc(startProofCheck, { proofOfUseId: id }, as, { expectedVersion: version });
const accept = ({ id, version }: ProofOfUseView, more: object = {}, as: TestCaller = FINANCE) =>
  world.app.rpc(acceptProofOfUse, { proofOfUseId: id, ...more }, as, { expectedVersion: version });
const reject = ({ id, version }: ProofOfUseView, as: TestCaller = FINANCE) =>
  world.app.rpc(rejectProofOfUse, { proofOfUseId: id, reason: 'Nothing fits.' }, as, { expectedVersion: version });
const query = ({ id, version }: ProofOfUseView, as: TestCaller = FINANCE) =>
  world.app.rpc(queryProofOfUse, { proofOfUseId: id, text: 'Which pump?' }, as, { expectedVersion: version });
const answer = ({ id, version }: ProofOfUseView) =>
  world.app.rpc(answerProofQuery, { proofOfUseId: id, text: 'The second.' }, OFFICER, { expectedVersion: version });

const REFUSED = { code: 'FINANCE_PROOF_TRANSITION_NOT_ALLOWED' };
const FOUR_EYES = { code: 'FINANCE_PROOF_FOUR_EYES' };

describe('asking for a proof', () => {
  it('sets the due date by kind and rule set', async () => {
    expect(await open()).toMatchObject({ status: 'OPEN', dueOn: '2027-04-30' });
    expect((await open({ kind: 'INTERIM' })).dueOn).toBe('2027-02-28');
    const { items } = await world.app.rpc(
      listProofsOfUse,
      { fundId, status: ['OPEN'], dueOnTo: '2027-03-01' },
      AUDITOR,
    );
    expect(items.map(({ kind }) => kind)).toEqual(['INTERIM']);
  });

  it('is refused for a plan that names a category twice or in another currency, and for a foreign commitment', async () => {
    const twice = [1, 2].map(() => ({ category: 'PERSONAL', planned: eur('1.00') }));
    await expect(open({ plan: twice })).rejects.toMatchObject({ code: 'FINANCE_PROOF_PLAN_REPEATED' });
    const dollars = [{ category: 'PERSONAL', planned: { amount: '1.00', currency: 'USD' } }];
    await expect(open({ plan: dollars })).rejects.toMatchObject({ code: 'FINANCE_AMOUNT_CURRENCY_MISMATCH' });
    const MISMATCH = { code: 'FINANCE_PROOF_COMMITMENT_MISMATCH' };
    await expect(open({ commitmentId: randomUUID() })).rejects.toMatchObject(MISMATCH);
    const other = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
    const data = world.fundingRequest(other.id);
    await world.requestFunding(data);
    const { id: commitmentId } = await world.commitment(data.assignmentId, 'RESERVED');
    await expect(open({ commitmentId })).rejects.toMatchObject(MISMATCH);
    const early = { from: '1990-01-01', to: '1991-01-01' };
    await expect(open({ period: early })).rejects.toMatchObject({ code: 'FINANCE_PUBLIC_MONEY_RULE_MISSING' });
  });
});

describe('the checks of a proof', () => {
  it('hold plan against actual, line by line and in total', async () => {
    const proof = await submit('1000.00', '700.00');
    expect(proof.lines).toEqual([
      { category: 'PERSONAL', planned: eur('1000.00'), actual: eur('1000.00'), explanation: null },
      { category: 'AUSSTATTUNG', planned: eur('2000.00'), actual: eur('700.00'), explanation: null },
    ]);
    expect(proof.ownShare).toEqual({ planned: eur('100.00'), actual: eur('100.00') });
    expect(failed(proof)).toEqual([]);
  });

  it.each<[string, ProofCheck['verdict'] | 'refused']>([
    ['1200.00', 'PASSED'],
    ['1200.01', 'refused'],
  ])('take 20 percent more of one item, saved elsewhere: %s is %s', async (personal, outcome) => {
    const submitted = submit(personal, '700.00');
    if (outcome === 'refused') {
      await expect(submitted).rejects.toMatchObject({ code: 'FINANCE_PROOF_EXPLANATION_MISSING' });
      const explained = await submit(personal, '700.00', {
        actual: [line('PERSONAL', personal, 'Inflation'), line('AUSSTATTUNG', '700.00')],
      });
      const item = explained.checks.find(
        ({ check, category }) => check === 'ITEM_WITHIN_TOLERANCE' && category === 'PERSONAL',
      );
      expect(item).toMatchObject({ verdict: 'EXPLAINED', category: 'PERSONAL' });
      return;
    }
    expect(failed(await submitted)).toEqual([]);
  });

  it('fail when the total is above the plan, though no item is beyond its tolerance', async () => {
    expect(failed(await submit('1100.00', '2000.00'))).toEqual(['TOTAL_WITHIN_PLAN', 'INVENTORY']);
  });

  it('fail when the own share is missing', async () => {
    expect(failed(await submit('1000.00', '700.00', { ownShareActual: eur('99.99') }))).toEqual(['OWN_SHARE']);
  });

  it('ask for equipment above 800.00 in the inventory, by the number of its receipt', async () => {
    expect(failed(await submit('1000.00', '800.00'))).toEqual([]);
    expect(failed(await submit('1000.00', '800.01'))).toEqual(['INVENTORY']);
    const number = randomUUID();
    const item = {
      number: 'INV-1',
      name: 'Pump',
      value: eur('800.01'),
      acquiredOn: '2026-06-01',
      receiptNumber: number,
      location: 'Kongoussi',
    };
    const listed = await submit('1000.00', '800.01', {
      receipts: [receipt('PERSONAL', '1000.00'), receipt('AUSSTATTUNG', '800.01', number)],
      inventory: [item],
    });
    expect(failed(listed)).toEqual([]);
    expect(listed.inventory).toEqual([item]);
  });

  it('fail after the due date', async () => {
    world.clock.set('2027-05-01T09:00:00Z');
    try {
      expect(failed(await submit('1000.00', '700.00'))).toEqual(['IN_TIME']);
    } finally {
      world.clock.set('2027-02-10T09:00:00Z');
    }
  });

  it('let a proof through in spite of a failure only with a reason or a claim', async () => {
    const late = await start(await submit('1000.00', '700.00', { ownShareActual: eur('0.00') }));
    await expect(accept(late)).rejects.toMatchObject({ code: 'FINANCE_PROOF_CHECK_FAILED' });
    const reasoned = await accept(late, { reason: 'The own share was given in kind.' });
    expect(reasoned).toMatchObject({ status: 'ACCEPTED', claimId: null });
    expect(reasoned.dialogue.at(-1)).toMatchObject({ kind: 'DECISION', text: 'The own share was given in kind.' });
  });
});

describe('the decision on a proof', () => {
  const claim = {
    debtorName: 'Kommune',
    ground: 'UNSPENT',
    reason: 'Left over',
    amount: eur('5.00'),
    interestFrom: '2026-07-01',
  };

  it('drafts the claim with it, or neither', async () => {
    const checked = await start(await submit('1000.00', '700.00'));
    const dollars = { ...claim, amount: { amount: '5.00', currency: 'USD' } };
    await expect(accept(checked, { claim: dollars })).rejects.toMatchObject({
      code: 'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    });
    const claims = async () => (await world.app.rpc(listClaims, { proofOfUseId: checked.id }, AUDITOR)).items;
    expect(await claims()).toEqual([]);
    const accepted = await accept(checked, { claim });
    expect(accepted.status).toBe('ACCEPTED_WITH_CLAIM');
    expect(await claims()).toMatchObject([{ id: accepted.claimId, status: 'DRAFT', proofOfUseId: checked.id }]);
  });

  it('may be a rejection, which ends it', async () => {
    const rejected = await reject(await start(await submit('1000.00', '700.00')));
    expect(rejected).toMatchObject({ status: 'REJECTED', dialogue: [{ kind: 'DECISION', text: 'Nothing fits.' }] });
    await expect(start(rejected)).rejects.toMatchObject(REFUSED);
    await expect(accept(rejected)).rejects.toMatchObject(REFUSED);
  });

  it('is not by who submitted: neither check, query, acceptance nor rejection', async () => {
    const submitted = await submit('1000.00', '700.00');
    await expect(start(submitted, BOTH)).rejects.toMatchObject(FOUR_EYES);
    const checked = await start(submitted);
    await expect(query(checked, BOTH)).rejects.toMatchObject(FOUR_EYES);
    await expect(accept(checked, {}, BOTH)).rejects.toMatchObject(FOUR_EYES);
    await expect(reject(checked, BOTH)).rejects.toMatchObject(FOUR_EYES);
    const past = world.app.asServiceRole(`UPDATE proof_of_use SET checked_by = submitted_by WHERE id = $1`, [
      checked.id,
    ]);
    await expect(past).rejects.toMatchObject({ code: '23514', constraint: 'ck_proof_of_use_four_eyes' });
  });

  it('follows the order: no check before submission, no answer without query, no acceptance while one is open', async () => {
    const opened = await open();
    await expect(start(opened)).rejects.toMatchObject(REFUSED);
    await expect(reject(opened)).rejects.toMatchObject(REFUSED);
    const submitted = await submit('1000.00', '700.00');
    await expect(query(submitted)).rejects.toMatchObject(REFUSED);
    await expect(accept(submitted)).rejects.toMatchObject(REFUSED);
    const checked = await start(submitted);
    await expect(answer(checked)).rejects.toMatchObject(REFUSED);
    const asked = await query(checked);
    // The work list of whoever has to answer.
    const waiting = async () =>
      (await world.app.rpc(listProofsOfUse, { fundId, status: ['QUERIES'] }, OFFICER)).items.map(({ id }) => id);
    expect(await waiting()).toEqual([asked.id]);
    await expect(accept(asked)).rejects.toMatchObject(REFUSED);
    expect(await answer(asked)).toMatchObject({ status: 'IN_CHECK' });
    expect(await waiting()).toEqual([]);
    const twice = { proofOfUseId: submitted.id, narrative: 'x', actual: [line('PERSONAL', '1.00')], receipts: [] };
    await expect(
      world.app.rpc(submitProofOfUse, twice, OFFICER, { expectedVersion: asked.version + 1 }),
    ).rejects.toMatchObject(REFUSED);
  });

  it('is for the finance officer', async () => {
    const submitted = await submit('1000.00', '700.00');
    await expect(start(submitted, OFFICER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    const unknown = world.app.rpc(getProofOfUse, { proofOfUseId: randomUUID() }, AUDITOR);
    await expect(unknown).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });
});

describe('the scan of a receipt', () => {
  it('stays with the proof, and is no receipt of another one', async () => {
    const scan = await kept(world.app, somePdf(), OFFICER);
    const scanned = { ...receipt('PERSONAL', '1000.00'), sha256: scan.sha256, documentId: scan.id };
    const proof = await submit('1000.00', '2000.00', { receipts: [scanned, receipt('AUSSTATTUNG', '2000.00')] });
    expect(proof.receipts.map(({ documentId }) => documentId)).toEqual([scan.id, null]);
    const again = { receipts: [{ ...scanned, number: 'another' }, receipt('AUSSTATTUNG', '2000.00')] };
    await expect(submit('1000.00', '2000.00', again)).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_IN_USE' });
  });

  it('is refused where its sha256 is another one than the receipt states, and where it does not exist', async () => {
    const scan = await kept(world.app, somePdf(), OFFICER);
    const other = receipt('AUSSTATTUNG', '2000.00');
    const wrong = { receipts: [{ ...receipt('PERSONAL', '1000.00'), documentId: scan.id }, other] };
    await expect(submit('1000.00', '2000.00', wrong)).rejects.toMatchObject({
      code: 'FINANCE_PROOF_RECEIPT_DOCUMENT_MISMATCH',
      errors: [expect.objectContaining({ pointer: '#/receipts/0/sha256' })],
    });
    const unknown = { receipts: [{ ...receipt('PERSONAL', '1000.00'), documentId: randomUUID() }, other] };
    await expect(submit('1000.00', '2000.00', unknown)).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_UNKNOWN' });
  });
});
