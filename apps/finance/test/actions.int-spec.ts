import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import type { Role } from '#contracts';
import {
  bookPaymentRun,
  CLAIM_STATUSES,
  createClaim,
  createDrawdown,
  createPaymentRun,
  createProofOfUse,
  createWebhook,
  getBudgetChange,
  getClaim,
  getDrawdown,
  getExchangeRateProposal,
  getPaymentRun,
  getPayout,
  getProofOfUse,
  getWebhook,
  listBudgetChangeActions,
  listClaimActions,
  listDrawdownActions,
  listExchangeRateProposalActions,
  listPaymentRunActions,
  listPayoutActions,
  listProofOfUseActions,
  listWebhookActions,
  type PayoutView,
  proposeBudgetChange,
  PROOF_STATUSES,
  recordExchangeRate,
  sendPaymentRun,
} from '#contracts/finance';
import { caller, type TestCaller, type WalkedActions, walkActions } from '#testing';
import { BankLoop, EXECUTION_ON } from './bank-loop';
import { AUDITOR, BUDGET, CASHIER, FINANCE, FinanceWorld, OFFICER, ORDERER } from './finance-world';

/** Where nobody listens: what is sent to it fails and is tried again. */
const NOBODY = '127.0.0.1:9';
let world: FinanceWorld;
let bank: BankLoop;

beforeAll(async () => {
  world = await FinanceWorld.start({ WEBHOOK_ALLOWED_HOSTS: NOBODY });
  bank = new BankLoop(world);
}, 60_000);
afterAll(() => world.app.close());

/** Who decides on what `FINANCE` drafted. */
const DECIDER = caller('finance-officer', { subject: 'dora' });
const OFFICES: Partial<Record<Role, TestCaller>> = {
  'programme-officer': OFFICER,
  'finance-officer': DECIDER,
  'payment-orderer': ORDERER,
  cashier: CASHIER,
  'budget-officer': BUDGET,
  auditor: AUDITOR,
};
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const reason = () => ({ reason: 'A reason.' });
const text = () => ({ text: 'A text.' });

function told({ cells, statuses, faults }: WalkedActions): { statuses: string[]; cells: number } {
  expect(faults).toEqual([]);
  return { statuses: [...statuses].sort(), cells: cells.size };
}

it('tells of a payout what its acts do', async () => {
  const due: PayoutView[] = [];
  let starts = 0;
  const payoutOf = (payoutId: string) => world.app.rpc(getPayout, { payoutId }, AUDITOR);
  const runOf = async (payoutId: string) =>
    world.app.rpc(getPaymentRun, { paymentRunId: (await payoutOf(payoutId)).paymentRunId ?? '' }, AUDITOR);
  const walked = await walkActions({
    app: world.app,
    actions: listPayoutActions,
    walks: 20,
    async start() {
      if (due.length === 0) due.push(...(await world.duePayouts()));
      const payout = due.pop();
      assert(payout);
      // Every other one begins as ordered: few walks come so far by themselves.
      if ((starts += 1) % 2 === 0) await world.order(payout);
      return { id: payout.id, callers: OFFICES };
    },
    status: async (payoutId) => {
      const { status, blocked } = await world.app.rpc(getPayout, { payoutId }, AUDITOR);
      return blocked ? `${status} ${blocked}` : status;
    },
    requests: {
      payout_block: reason,
      payout_cancel: reason,
      payout_release: reason,
      'payout_give-back': () => ({}),
      payout_reissue: () => ({}),
      'payout_check-arithmetically': () => ({}),
      'payout_check-factually': () => ({}),
      payout_order: () => ({}),
    },
    outside: {
      async ORDERED({ id }) {
        const { fundId } = await payoutOf(id);
        await world.app.rpc(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn: '2027-02-12' }, CASHIER);
      },
      async IN_RUN({ id }) {
        const run = await runOf(id);
        await world.app.rpc(sendPaymentRun, { paymentRunId: run.id }, CASHIER, { expectedVersion: run.version });
      },
      async SENT({ id }) {
        const run = await runOf(id);
        const booking = { paymentRunId: run.id, bookedOn: '2027-02-10', statementReference: '2027/41' };
        await world.app.rpc(bookPaymentRun, booking, CASHIER, { expectedVersion: run.version });
      },
    },
  });
  const { statuses, cells } = told(walked);
  // RETURNED and REJECTED need an answer of the bank; they are walked beside the bank messages.
  expect(statuses).toEqual(
    expect.arrayContaining(['DUE', 'BLOCKED MANUAL', 'CANCELLED', 'ORDERED', 'IN_RUN', 'BOOKED']),
  );
  expect(cells).toBeGreaterThanOrEqual(384);
}, 120_000);

it('tells of a payment run what its acts do', async () => {
  const walked = await walkActions({
    app: world.app,
    actions: listPaymentRunActions,
    walks: 4,
    async start() {
      const [ordered] = await world.orderedPayouts();
      const request = { fundId: ordered?.fundId ?? '', paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
      return { id: (await world.app.rpc(createPaymentRun, request, CASHIER)).id, callers: OFFICES };
    },
    status: async (paymentRunId) => {
      const { status, reinstatement } = await world.app.rpc(getPaymentRun, { paymentRunId }, AUDITOR);
      return reinstatement && !reinstatement.confirmation ? `${status} PROPOSED` : status;
    },
    requests: {
      'payment-run_book': () => ({ bookedOn: '2027-02-10', statementReference: randomUUID().slice(0, 20) }),
      'payment-run_cancel': reason,
      'payment-run_send': () => ({}),
      'payment-run_propose-reinstatement': reason,
      'payment-run_confirm-reinstatement': reason,
      'payment-run_reject-reinstatement': reason,
    },
    outside: {
      async CANCELLED({ id }) {
        const { file, total, debtorAccount } = await world.app.rpc(getPaymentRun, { paymentRunId: id }, AUDITOR);
        const debit = {
          amount: total.amount,
          on: EXECUTION_ON,
          batch: file.messageId,
          reference: randomUUID().slice(0, 30),
        };
        await bank.importFile(bank.statement([debit], { iban: debtorAccount.iban }));
      },
    },
  });
  // 5 states x 6 acts x 6 roles.
  const statuses = ['BOOKED', 'CANCELLED', 'CANCELLED PROPOSED', 'CREATED', 'SENT'];
  expect(told(walked)).toEqual({ statuses, cells: 180 });
}, 120_000);

it('tells of a change of the budget what its acts do', async () => {
  const fund = await world.fund({ 2027: '1000.00' });
  const walked = await walkActions({
    app: world.app,
    actions: listBudgetChangeActions,
    walks: 4,
    async start() {
      const request = { fundId: fund.id, year: 2027, kind: 'SUPPLEMENT' as const, amount: eur('1.00') };
      const proposer = caller('budget-officer', { subject: 'bruno' });
      return {
        id: (await world.app.rpc(proposeBudgetChange, { ...request, ...reason() }, proposer)).id,
        callers: OFFICES,
      };
    },
    status: async (changeId) => (await world.app.rpc(getBudgetChange, { changeId }, AUDITOR)).status,
    requests: { 'budget-change_confirm': reason, 'budget-change_reject': reason },
  });
  // 3 states x 2 acts x 6 roles.
  expect(told(walked)).toEqual({ statuses: ['CONFIRMED', 'PROPOSED', 'REJECTED'], cells: 36 });
}, 120_000);

it('tells of an exchange rate that waits what its acts do', async () => {
  let rate = 1;
  const walked = await walkActions({
    app: world.app,
    actions: listExchangeRateProposalActions,
    walks: 4,
    async start() {
      // Ten times the one before it.
      const request = { currency: 'TZS', rateOn: '2027-02-01', rate: String((rate *= 10)), source: randomUUID() };
      return { id: (await world.app.rpc(recordExchangeRate, request, FINANCE)).id, callers: OFFICES };
    },
    status: async (proposalId) => (await world.app.rpc(getExchangeRateProposal, { proposalId }, AUDITOR)).status,
    requests: {
      'exchange-rate-proposal_confirm': reason,
      'exchange-rate-proposal_reject': reason,
    },
  });
  // 3 states x 2 acts x 6 roles.
  expect(told(walked)).toEqual({ statuses: ['CONFIRMED', 'PROPOSED', 'REJECTED'], cells: 36 });
}, 120_000);

it('tells of a drawdown what its acts do', async () => {
  let bankEntryId = '';
  const walked = await walkActions({
    app: world.app,
    actions: listDrawdownActions,
    walks: 2,
    async start() {
      const fund = await world.fund({ 2027: '1000.00' });
      const request = {
        fundId: fund.id,
        approvalReference: randomUUID(),
        ruleSet: 'BENGO' as const,
        parts: [{ place: 'SEPA' as const, amount: eur('5000.00') }],
        justification: 'Instalments of February.',
        requestedOn: '2026-12-01',
      };
      const credit = {
        amount: '5000.00',
        direction: 'CRDT' as const,
        on: '2026-12-09',
        reference: randomUUID().slice(0, 20),
      };
      const [entry] = await bank.entriesOf(await bank.importFile(bank.statement([credit])));
      bankEntryId = entry?.id ?? '';
      return { id: (await world.app.rpc(createDrawdown, request, FINANCE)).id, callers: OFFICES };
    },
    status: async (drawdownId) => (await world.app.rpc(getDrawdown, { drawdownId }, AUDITOR)).status,
    requests: { drawdown_receive: () => ({ receivedOn: '2026-12-10' }), drawdown_match: () => ({ bankEntryId }) },
  });
  // 2 states x 2 acts x 6 roles.
  expect(told(walked)).toEqual({ statuses: ['RECEIVED', 'REQUESTED'], cells: 24 });
}, 120_000);

it('tells of a claim what its acts do', async () => {
  const consent = () => ({ reason: 'The municipality was flooded.', consentReference: 'BMF 2027/17' });
  const walked = await walkActions({
    app: world.app,
    actions: listClaimActions,
    walks: 24,
    async start() {
      const fund = await world.fund({ 2027: '100000.00' });
      const request = {
        fundId: fund.id,
        debtorName: 'Commune de Kongoussi',
        ruleSet: 'BENGO' as const,
        ground: 'IMPROPER_USE' as const,
        reason: 'The pump was sold.',
        amount: eur('100.00'),
        interestFrom: '2025-07-01',
      };
      return {
        id: (await world.app.rpc(createClaim, request, FINANCE)).id,
        callers: OFFICES,
        besides: { paymentNumber: 1 },
      };
    },
    status: async (claimId) => (await world.app.rpc(getClaim, { claimId }, AUDITOR)).status,
    requests: {
      'claim_open-hearing': () => ({ until: '2027-03-01' }),
      'claim_record-statement': () => ({ statement: 'We need it no more.' }),
      claim_decide: () => ({ decidedOn: '2027-02-10', reference: 'Bescheid 4' }),
      claim_object: () => ({ objectedOn: '2027-02-10', text: 'Widerspruch' }),
      'claim_make-due': () => ({ dueOn: '2027-03-10' }),
      claim_defer: () => ({ ...consent(), instalments: [{ dueOn: '2027-06-01', amount: eur('100.00') }] }),
      claim_waive: consent,
      'claim_write-off': consent,
      'claim_record-payment': () => ({ amount: eur('10.00'), paidOn: '2027-02-10', reference: randomUUID() }),
      'claim_reverse-payment': reason,
      'claim_demand-interest': () => ({ until: '2025-12-31', dueOn: '2027-03-31' }),
      'claim_settle-payment': () => ({ ...reason(), as: 'GIVEN_BACK' }),
    },
  });
  const { statuses, cells } = told(walked);
  // PAID takes the interest to the cent, too.
  expect(CLAIM_STATUSES.filter((status) => !statuses.includes(status))).toEqual(['PAID']);
  // 8 states x 12 acts x 6 roles.
  expect(cells).toBe(576);
}, 120_000);

it('tells of a proof of use what its acts do', async () => {
  const receipt = (category: 'PERSONAL', amount: string) => ({
    number: randomUUID(),
    sha256: createHash('sha256').update(randomUUID()).digest('hex'),
    payee: 'Amina',
    category,
    paidOn: '2026-06-01',
    amount: eur(amount),
  });
  const walked = await walkActions({
    app: world.app,
    actions: listProofOfUseActions,
    walks: 10,
    async start() {
      const fund = await world.fund({ 2027: '100000.00', 2028: '100000.00' });
      const data = world.fundingRequest(fund.id);
      await world.requestFunding(data);
      const { id: commitmentId } = await world.commitment(data.assignmentId, 'RESERVED');
      const request = {
        fundId: fund.id,
        commitmentId,
        kind: 'INTERIM' as const,
        ruleSet: 'BENGO' as const,
        period: { from: '2026-01-01', to: '2027-01-01' },
        plan: [{ category: 'PERSONAL' as const, planned: eur('1000.00') }],
        ownSharePlanned: eur('100.00'),
      };
      const { id } = await world.app.rpc(createProofOfUse, request, OFFICER);
      const municipalityId = data.employerMunicipalityId;
      const owner = caller('municipality-partner', { subject: 'mara', municipalityId });
      return { id, callers: { ...OFFICES, 'municipality-partner': owner } };
    },
    status: async (proofOfUseId) => (await world.app.rpc(getProofOfUse, { proofOfUseId }, AUDITOR)).status,
    requests: {
      'proof-of-use_submit': () => ({
        narrative: 'The water office works.',
        actual: [{ category: 'PERSONAL', actual: eur('1000.00') }],
        ownShareActual: eur('100.00'),
        receipts: [receipt('PERSONAL', '1000.00')],
      }),
      'proof-of-use_start-check': () => ({}),
      'proof-of-use_query': text,
      'proof-of-use_answer': text,
      'proof-of-use_accept': () => ({}),
      'proof-of-use_reject': reason,
    },
  });
  const { statuses, cells } = told(walked);
  expect(PROOF_STATUSES.filter((status) => !statuses.includes(status))).toEqual(['ACCEPTED_WITH_CLAIM']);
  // 6 states x 6 acts x 7 roles.
  expect(cells).toBe(252);
}, 120_000);

it('tells of a webhook what its acts do', async () => {
  const walked = await walkActions({
    app: world.app,
    actions: listWebhookActions,
    walks: 2,
    async start() {
      const request = { name: 'ERP', url: `http://${NOBODY}/payouts` };
      const { id } = await world.app.rpc(createWebhook, request, FINANCE);
      return { id, callers: { 'finance-officer': DECIDER, auditor: AUDITOR } };
    },
    status: async (webhookId) => (await world.app.rpc(getWebhook, { webhookId }, FINANCE)).status,
    requests: {
      webhook_activate: () => ({}),
      webhook_disable: () => ({}),
      webhook_replay: () => ({ fromPosition: '1', toPosition: '1' }),
      'webhook_rotate-secret': () => ({}),
    },
  });
  // 2 states x 4 acts x 2 roles.
  expect(told(walked)).toEqual({ statuses: ['ACTIVE', 'DISABLED'], cells: 16 });
}, 120_000);
