import {
  type ClaimView,
  createClaim,
  decideClaim,
  deferClaim,
  getClaim,
  getClaimInterest,
  getReconciliation,
  listClaimActions,
  listClaims,
  listFundJournal,
  openClaimHearing,
  waiveClaim,
} from '#contracts/finance';
import { possibleActs, refusalOf } from '#testing';
import { Claims, on, consent, DECIDER } from '../../../test/claims';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, OFFICER, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const { draft, hear, state, decide, object, makeDue, pay, settle, reverse, defer, waive, writeOff, decided, due } =
  new Claims(() => world);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const REFUSED = { code: 'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED' };
const WRONG_DATE = { code: 'FINANCE_CLAIM_DATE_INVALID' };
const FOUR_EYES = { code: 'FINANCE_CLAIM_FOUR_EYES' };
const NO_CONSENT = { code: 'FINANCE_CLAIM_CONSENT_MISSING' };

describe('drafting a claim', () => {
  it('keeps the ground, and says whether the claim is a minor one', async () => {
    const claim = await draft();
    expect(claim).toMatchObject({ status: 'DRAFT', draftedBy: 'fritz', open: eur('10000.00'), isMinor: false });
    expect((await draft({ amount: eur('25.00') })).isMinor).toBe(true);
    expect(await world.app.rpc(getClaim, { claimId: claim.id }, AUDITOR)).toEqual(claim);
    const { items } = await world.app.rpc(listClaims, { fundId: claim.fundId, status: ['DRAFT'] }, AUDITOR);
    const { reason: _reason, statement: _statement, objection: _objection, instalments: _instalments, ...rest } = claim;
    const { payments: _payments, closing: _closing, interestDemands: _demands, waivers: _waivers, ...more } = rest;
    const { paymentReference: _reference, ...summary } = more;
    expect(items).toEqual([summary]);
  });

  it('is refused in another currency than the fund’s, for an unknown fund and by a cashier', async () => {
    await expect(draft({ amount: { amount: '1.00', currency: 'USD' } })).rejects.toMatchObject({
      code: 'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    });
    await expect(draft({ fundId: '01890000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    const { fundId, ruleSet, ground, interestFrom, amount } = await draft();
    const request = { fundId, debtorName: 'x', ruleSet, ground, reason: 'x', amount, interestFrom };
    await expect(world.app.rpc(createClaim, request, CASHIER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});

describe('the hearing (VwVfG 28)', () => {
  it('comes before the decision, and ends it: with a statement or with its last day', async () => {
    const heard = await hear(await draft());
    expect(heard).toMatchObject({ status: 'HEARING', hearingUntil: '2027-03-01' });
    await expect(decide(heard)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_HEARING_OPEN' });
    const stated = await state(heard);
    expect(stated.statement).toBe('We need it no more.');
    expect(await decide(stated)).toMatchObject({
      status: 'DECIDED',
      decision: { by: 'dora', reference: 'Bescheid 4' },
    });
  });

  it('may pass without a statement', async () => {
    const heard = await hear(await draft(), TODAY);
    await expect(decide(heard)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_HEARING_OPEN' });
    world.clock.set('2027-02-11T09:00:00Z');
    try {
      expect(await decide(heard, { decidedOn: '2027-02-11' })).toMatchObject({ status: 'DECIDED', statement: null });
    } finally {
      world.clock.set(`${TODAY}T09:00:00Z`);
    }
  });

  it('does not end in the past, is not held twice, and no statement comes without it', async () => {
    const claim = await draft();
    await expect(hear(claim, '2027-02-09')).rejects.toMatchObject(WRONG_DATE);
    await expect(state(claim)).rejects.toMatchObject(REFUSED);
    await expect(hear(await hear(claim))).rejects.toMatchObject(REFUSED);
  });
});

describe('the decision', () => {
  it('is refused without hearing, by the drafter, and for a day to come', async () => {
    const claim = await draft();
    await expect(decide(claim)).rejects.toMatchObject(REFUSED);
    const stated = await state(await hear(claim));
    await expect(decide(stated, {}, FINANCE)).rejects.toMatchObject(FOUR_EYES);
    await expect(decide(stated, { decidedOn: '2027-02-11' })).rejects.toMatchObject(WRONG_DATE);
  });

  it('can be objected to until the claim is due, not before it was made nor in the future', async () => {
    const claim = await decided();
    await expect(object(claim, '2027-02-09')).rejects.toMatchObject(WRONG_DATE);
    await expect(object(claim, '2027-02-11')).rejects.toMatchObject(WRONG_DATE);
    const objected = await object(claim);
    expect(objected).toMatchObject({ status: 'OBJECTED', objection: { objectedOn: TODAY, text: 'Widerspruch' } });
    expect(await makeDue(objected)).toMatchObject({ status: 'DUE', dueOn: '2027-03-10' });
    await expect(object(await due())).rejects.toMatchObject(REFUSED);
  });

  it('makes due from its own day at the earliest, and not a draft', async () => {
    await expect(makeDue(await decided(), '2027-02-09')).rejects.toMatchObject(WRONG_DATE);
    await expect(makeDue(await draft())).rejects.toMatchObject(REFUSED);
  });
});

describe('a payment of the debtor', () => {
  const balances = async ({ fundId }: ClaimView) => {
    const { external, available, returned, paid } = (await world.balances(fundId)).total;
    return [external, available, returned, paid].map(({ amount }) => amount);
  };
  const returnedCheck = async ({ fundId }: ClaimView) => {
    const { checks, payouts } = await world.app.rpc(getReconciliation, { fundId }, AUDITOR);
    const check = checks.find(({ name }) => name.startsWith('returned'));
    return [check?.isEqual, check?.journal.amount, payouts.repaidClaims.amount];
  };

  it('stands in the ledger as income of the year, and goes to the budget or on to the financier', async () => {
    const claim = await due();
    const first = await pay(claim, '4000.00');
    expect(first).toMatchObject({ status: 'DUE', paid: eur('4000.00'), open: eur('6000.00') });
    const second = await pay(first, '6000.00', { reference: 'Eingang 13' });
    expect(second).toMatchObject({ status: 'PAID', open: eur('0.00') });
    expect(await balances(claim)).toEqual(['-110000.00', '100000.00', '10000.00', '0.00']);
    expect(await returnedCheck(claim)).toEqual([true, '10000.00', '10000.00']);

    const given = await settle(second, 1, 'GIVEN_BACK');
    const remitted = await settle(given, 2, 'REMITTED');
    expect(remitted.payments.map(({ number, budgetYear, outcome }) => [number, budgetYear, outcome?.kind])).toEqual([
      [1, 2027, 'GIVEN_BACK'],
      [2, 2027, 'REMITTED'],
    ]);
    expect(await balances(claim)).toEqual(['-104000.00', '104000.00', '0.00', '0.00']);
    expect(await returnedCheck(claim)).toEqual([true, '0.00', '0.00']);
  });

  it('is reversed by another entry that names it and why; what it settled is open again', async () => {
    const paid = await pay(await due(), '10000.00');
    const reversed = await reverse(paid, 1);
    expect(reversed).toMatchObject({
      status: 'DUE',
      open: eur('10000.00'),
      payments: [{ outcome: { kind: 'REVERSED' } }],
    });
    expect(await balances(paid)).toEqual(['-100000.00', '100000.00', '0.00', '0.00']);
    expect((await returnedCheck(paid))[0]).toBe(true);
    const { items } = await world.app.rpc(listFundJournal, { fundId: paid.fundId, limit: 2 }, AUDITOR);
    expect(items.map(({ kind, reference }) => [kind, reference])).toEqual([
      ['CLAIM_PAYMENT_REVERSED', `${paid.id}:1`],
      ['CLAIM_PAID', `${paid.id}:1`],
    ]);
    expect(items[0]?.reverses).toEqual({ entryId: items[1]?.id, reason: 'Returned debit' });
    expect(await pay(reversed, '10000.00')).toMatchObject({ status: 'PAID', payments: [{ number: 1 }, { number: 2 }] });
  });

  it('ends once: what was settled is neither reversed nor settled again', async () => {
    const settled = await settle(await pay(await due(), '10000.00'), 1, 'GIVEN_BACK');
    const ENDED = { code: 'FINANCE_CLAIM_PAYMENT_ENDED' };
    await expect(reverse(settled, 1)).rejects.toMatchObject(ENDED);
    await expect(settle(settled, 1, 'REMITTED')).rejects.toMatchObject(ENDED);
    await expect(settle(settled, 2, 'REMITTED')).rejects.toMatchObject({ code: 'FINANCE_CLAIM_PAYMENT_UNKNOWN' });
    await expect(settle(settled, 1, 'REMITTED', FINANCE)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('shows where the ledger does not know of it', async () => {
    const paid = await pay(await due(), '10000.00');
    await world.app.asServiceRole(
      `INSERT INTO claim_payment (claim_id, number, amount_minor, paid_on, reference, fund_id, budget_year) VALUES ($1, 2, 500, $2, 'x', $3, 2027)`,
      [paid.id, TODAY, paid.fundId],
    );
    expect(await returnedCheck(paid)).toEqual([false, '10000.00', '10005.00']);
  });

  it('is refused above what is open, before the decision, in the future, in another currency and of a draft', async () => {
    const claim = await due();
    await expect(pay(claim, '10000.01')).rejects.toMatchObject({ code: 'FINANCE_CLAIM_PAYMENT_TOO_HIGH' });
    await expect(pay(claim, '1.00', { paidOn: '2027-02-09' })).rejects.toMatchObject(WRONG_DATE);
    await expect(pay(claim, '1.00', { paidOn: '2027-02-11' })).rejects.toMatchObject(WRONG_DATE);
    await expect(pay(claim, '1.00', { amount: { amount: '1.00', currency: 'USD' } })).rejects.toMatchObject({
      code: 'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    });
    await expect(pay(await draft(), '1.00')).rejects.toMatchObject(REFUSED);
  });

  it('is refused in a year whose books are closed, and goes to the year that is named instead', async () => {
    const claim = await due();
    await expect(pay(claim, '1.00', { budgetYear: 2029 })).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    });
    await world.app.asServiceRole(`UPDATE budget_year SET status = 'CLOSED' WHERE fund_id = $1`, [claim.fundId]);
    await expect(pay(claim, '1.00')).rejects.toMatchObject({ code: 'FINANCE_BUDGET_YEAR_CLOSED' });
    await world.app.asServiceRole(
      `WITH y AS (INSERT INTO budget_year (fund_id, year, status, plan_minor) VALUES ($1, 2028, 'OPEN', 1) RETURNING fund_id, year)
       INSERT INTO ledger_account (fund_id, budget_year, stage, currency)
       SELECT fund_id, year, stage, 'EUR' FROM y, unnest(ARRAY['external', 'returned', 'available']) AS stage`,
      [claim.fundId],
    );
    expect((await pay(claim, '1.00', { budgetYear: 2028 })).payments[0]?.budgetYear).toBe(2028);
  });

  it('lowers the interest from its day on; one that was reversed never did', async () => {
    const claim = await due();
    const interest = async () =>
      (await world.app.rpc(getClaimInterest, { claimId: claim.id, asOf: '2027-03-12' }, AUDITOR)).interest;
    // 10,000.00 from 2025-07-01: 365 days at 1.27 + 5 points are 627.00, 254 days at 1.52 + 5 points 453.7205...
    expect(await interest()).toMatchObject({ amount: eur('1080.72'), isProvisional: true });
    const paid = await pay(claim, '10000.00');
    // 30 days less until the payment: 10,000 x 6.52 x 224 / 36,500 = 400.1315...
    expect((await interest()).amount).toEqual(eur('1027.13'));
    await reverse(paid, 1);
    expect((await interest()).amount).toEqual(eur('1080.72'));
  });

  it('bears no interest that can be computed without a base rate', async () => {
    const claim = await draft({ interestFrom: '2010-01-01' });
    await expect(world.app.rpc(getClaimInterest, { claimId: claim.id }, AUDITOR)).rejects.toMatchObject({
      code: 'FINANCE_BASE_RATE_MISSING',
    });
  });
});

describe('what can be done with a claim', () => {
  it('follows its state and who asks, and is what the acts answer', async () => {
    const claim = await draft();
    const asked = (as = FINANCE) => world.app.rpc(listClaimActions, { claimId: claim.id }, as);
    expect(refusalOf(await asked(), decideClaim)).toBe(REFUSED.code);
    expect(refusalOf(await asked(AUDITOR), openClaimHearing)).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    const heard = await state(await hear(claim));
    expect(refusalOf(await asked(), decideClaim)).toBe(FOUR_EYES.code);
    expect(refusalOf(await asked(DECIDER), decideClaim)).toBeUndefined();
    expect(possibleActs(await asked())).toContain('claim_record-statement');
    const { items } = await asked();
    expect(items.map(({ path }) => path)).toContain(`/claims/${claim.id}/payments/{paymentNumber}/reversals`);
    await expect(hear(claim)).rejects.toMatchObject(REFUSED);
    await expect(decide({ ...heard, version: claim.version })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
  });
});

describe('deferral, waiver and write-off (BHO 59)', () => {
  it('defers in instalments that rise in date and make up what is open', async () => {
    const claim = await pay(await due(), '1000.00');
    const MISMATCH = { code: 'FINANCE_CLAIM_INSTALMENTS_MISMATCH' };
    await expect(defer(claim, ['4000.00', '4000.00'])).rejects.toMatchObject(MISMATCH);
    const [request, options] = on(claim);
    const twice = ['4500.00', '4500.00'].map((amount) => ({ dueOn: '2027-04-01', amount: eur(amount) }));
    const falling = { ...request, ...consent, instalments: twice };
    await expect(world.app.rpc(deferClaim, falling, FINANCE, options)).rejects.toMatchObject(MISMATCH);
    const deferred = await defer(claim, ['4000.00', '5000.00']);
    expect(deferred).toMatchObject({
      status: 'DEFERRED',
      instalments: [{ amount: eur('4000.00') }, { amount: eur('5000.00') }],
      closing: { consentReference: 'BMF 2027/17' },
    });
    expect(await pay(await pay(deferred, '4000.00'), '5000.00')).toMatchObject({ status: 'PAID' });
  });

  it('falls due again when a deferral is not kept', async () => {
    expect(await makeDue(await defer(await due(), ['10000.00']), '2027-05-01')).toMatchObject({ status: 'DUE' });
  });

  it('asks for a consent above the threshold, and for none at or below it', async () => {
    const minor = { amount: eur('25.00') };
    const none = { consentReference: undefined };
    await expect(defer(await due(), ['10000.00'], none)).rejects.toMatchObject(NO_CONSENT);
    await expect(waive(await due(), none)).rejects.toMatchObject(NO_CONSENT);
    await expect(writeOff(await due(), none)).rejects.toMatchObject(NO_CONSENT);
    expect(await defer(await due(minor), ['25.00'], none)).toMatchObject({ status: 'DEFERRED' });
    expect(await waive(await due(minor), none)).toMatchObject({ status: 'WAIVED', open: eur('0.00') });
    expect(await writeOff(await due(minor), none)).toMatchObject({ status: 'WRITTEN_OFF' });
  });

  it('is by another person than the drafter, and not of what is settled or a draft', async () => {
    const claim = await due();
    await expect(waive(claim, consent, FINANCE)).rejects.toMatchObject(FOUR_EYES);
    await expect(writeOff(claim, consent, FINANCE)).rejects.toMatchObject(FOUR_EYES);
    await expect(writeOff(await draft())).rejects.toMatchObject(REFUSED);
    await expect(defer(await draft(), ['10000.00'])).rejects.toMatchObject(REFUSED);
    await expect(waive(await pay(claim, '10000.00'))).rejects.toMatchObject(REFUSED);
  });

  it('leaves a claim that was written off open for money that comes after all; one that was waived is over', async () => {
    expect(await pay(await writeOff(await due()), '10000.00')).toMatchObject({ status: 'PAID' });
    await expect(pay(await waive(await due()), '1.00')).rejects.toMatchObject(REFUSED);
  });

  it('needs the version that was read', async () => {
    const claim = await due();
    await makeDue(await defer(claim, ['10000.00']), '2027-05-01');
    await expect(waive(claim)).rejects.toMatchObject({ code: 'PLATFORM_VERSION_STALE' });
    await expect(world.app.rpc(waiveClaim, { claimId: claim.id, reason: 'x' }, OFFICER)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
