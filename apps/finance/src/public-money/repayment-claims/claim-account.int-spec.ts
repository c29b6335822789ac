import { type ClaimView, getClaimInterest, listClaims, listFundJournal } from '#contracts/finance';
import { Claims, consent } from '../../../test/claims';
import { AUDITOR, FINANCE, FinanceWorld, TODAY } from '../../../test/finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

const { draft, pay, settle, reverse, defer, waive, demand, due } = new Claims(() => world);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const REFUSED = { code: 'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED' };
const WRONG_DATE = { code: 'FINANCE_CLAIM_DATE_INVALID' };
const FOUR_EYES = { code: 'FINANCE_CLAIM_FOUR_EYES' };
const NO_CONSENT = { code: 'FINANCE_CLAIM_CONSENT_MISSING' };

describe('interest of a claim', () => {
  it('is demanded up to a day, paid in parts, and passed on to the financier alone', async () => {
    const claim = await due();
    const counted = (await world.app.rpc(getClaimInterest, { claimId: claim.id, asOf: '2025-12-31' }, AUDITOR))
      .interest;
    // 5 points above 1.27: 10,000.00 x 6.27 % x 183 days of 365.
    expect(counted).toMatchObject({ amount: eur('314.36'), isProvisional: false });
    const demanded = await demand(claim, '2025-12-31');
    expect(demanded).toMatchObject({
      open: eur('10000.00'),
      interest: { demanded: eur('314.36'), paid: eur('0.00'), open: eur('314.36') },
      interestDemands: [{ number: 1, amount: eur('314.36'), until: '2025-12-31', dueOn: '2027-03-31', by: 'fritz' }],
    });
    await expect(demand(demanded, '2025-12-31')).rejects.toMatchObject({ code: 'FINANCE_CLAIM_INTEREST_NOTHING' });
    const interest = { settles: 'INTEREST' };
    await expect(pay(demanded, '314.37', interest)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_PAYMENT_TOO_HIGH' });
    const paid = await pay(demanded, '300.00', interest);
    expect(paid).toMatchObject({ open: eur('10000.00'), paid: eur('0.00'), interest: { open: eur('14.36') } });
    await expect(settle(paid, 1, 'GIVEN_BACK')).rejects.toMatchObject({ code: 'FINANCE_CLAIM_INTEREST_NOT_OF_BUDGET' });
    const remitted = await settle(paid, 1, 'REMITTED');
    const again = await pay(remitted, '14.36', interest);
    const reversed = await reverse(again, 2);
    expect(reversed).toMatchObject({ interest: { paid: eur('300.00'), open: eur('14.36') } });
    const { items } = await world.app.rpc(listFundJournal, { fundId: claim.fundId, limit: 4 }, AUDITOR);
    expect(items.map(({ kind }) => kind)).toEqual([
      'CLAIM_INTEREST_PAYMENT_REVERSED',
      'CLAIM_INTEREST_PAID',
      'CLAIM_INTEREST_REMITTED',
      'CLAIM_INTEREST_PAID',
    ]);
  });

  it('can still be paid when the claim itself is', async () => {
    const claim = await pay(await demand(await due(), '2025-12-31'), '10000.00');
    expect(claim.status).toBe('PAID');
    expect((await pay(claim, '314.36', { settles: 'INTEREST' })).interest.open).toEqual(eur('0.00'));
  });

  it('is not demanded of a draft, for the future, or while a base rate is missing', async () => {
    await expect(demand(await draft(), '2025-12-31')).rejects.toMatchObject(REFUSED);
    const claim = await due();
    await expect(demand(claim, '2027-02-11')).rejects.toMatchObject(WRONG_DATE);
    await expect(demand(claim, '2025-12-31', '2027-02-09')).rejects.toMatchObject(WRONG_DATE);
    await expect(demand(claim, TODAY)).rejects.toMatchObject({ code: 'FINANCE_CLAIM_INTEREST_PROVISIONAL' });
  });
});

describe('a part that is waived', () => {
  it('is no longer open and bears no interest from then on; the rest stays due', async () => {
    const claim = await waive(await due(), { ...consent, amount: eur('4000.00') });
    expect(claim).toMatchObject({
      status: 'DUE',
      waived: eur('4000.00'),
      open: eur('6000.00'),
      waivers: [{ number: 1, amount: eur('4000.00'), waivedOn: TODAY, by: 'dora' }],
    });
    await expect(waive(claim, { ...consent, amount: eur('6000.01') })).rejects.toMatchObject({
      code: 'FINANCE_CLAIM_WAIVER_TOO_HIGH',
      details: { openMinor: '600000' },
    });
    await expect(pay(claim, '6000.01')).rejects.toMatchObject({ code: 'FINANCE_CLAIM_PAYMENT_TOO_HIGH' });
    expect((await pay(claim, '6000.00')).status).toBe('PAID');
  });

  it('that is all of the rest waives the claim', async () => {
    expect(await waive(await due(), { ...consent, amount: eur('10000.00') })).toMatchObject({ status: 'WAIVED' });
  });

  it('needs another person than the drafter, and a consent above the threshold', async () => {
    const claim = await due();
    const part = { reason: 'Hardship', amount: eur('4000.00') };
    await expect(waive(claim, part)).rejects.toMatchObject(NO_CONSENT);
    await expect(waive(claim, { ...part, ...consent }, FINANCE)).rejects.toMatchObject(FOUR_EYES);
  });
});

describe('a claim that is overdue', () => {
  afterEach(() => world.clock.set(`${TODAY}T09:00:00Z`));
  const overdue = async ({ fundId }: ClaimView) =>
    (await world.app.rpc(listClaims, { fundId, isOverdue: true }, AUDITOR)).items.map(({ id, nextDueOn }) => [
      id,
      nextDueOn,
    ]);

  it('is on the list from the day after, by its first instalment that is not paid', async () => {
    const claim = await defer(await due(), ['4000.00', '6000.00']);
    expect(claim).toMatchObject({ nextDueOn: '2027-04-01', isOverdue: false });
    expect(await overdue(claim)).toEqual([]);
    world.clock.set('2027-04-01T09:00:00Z');
    expect(await overdue(claim)).toEqual([]);
    world.clock.set('2027-04-02T09:00:00Z');
    expect(await overdue(claim)).toEqual([[claim.id, '2027-04-01']]);
    const paid = await pay(claim, '4000.00', { paidOn: '2027-04-02' });
    expect(paid).toMatchObject({ nextDueOn: '2027-05-01', isOverdue: false });
    expect(await overdue(claim)).toEqual([]);
    expect(await reverse(paid, 1)).toMatchObject({ nextDueOn: '2027-04-01', isOverdue: true });
  });
});
