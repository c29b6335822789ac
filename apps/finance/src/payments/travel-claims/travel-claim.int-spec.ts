import { randomUUID } from 'node:crypto';
import { type RequestInputOf, toMinor } from '#contracts';
import {
  calculateTravelClaim,
  cancelPayout,
  confirmFinanceRuleProposal,
  createPaymentRun,
  getPaymentRunFile,
  getPayout,
  getTravelClaim,
  listPayouts,
  listTravelClaims,
  proposeFinanceRule,
  submitTravelClaim,
  verifyJournal,
} from '#contracts/finance';
import { caller, type TestCaller, somePdf } from '#testing';
import { kept } from '../../../test/documents';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld, type FundingData, OFFICER } from '../../../test/finance-world';

type Claim = RequestInputOf<typeof submitTravelClaim>;
type Journey = Claim['journey'];

let world: FinanceWorld;
let fundId: string;
let assignment: FundingData;
let expert: TestCaller;
beforeAll(async () => {
  world = await FinanceWorld.start();
  fundId = (await world.fund({ 2027: '100000.00' })).id;
  assignment = await world.departed(fundId);
  await world.expertPayee(assignment.expertId);
  expert = caller('expert', { subject: 'erik', expertId: assignment.expertId });
}, 60_000);
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
let month = 0;

/** Two days in Cologne; each call another month, as a day is claimed once. */
function journey(more: Partial<Journey> = {}): Journey {
  month = (month % 5) + 1;
  const year = month > 1 ? '2026' : '2027';
  const of = (day: string) => `${year}-${String(month > 1 ? 7 + month : month).padStart(2, '0')}-${day}`;
  const out = { departedOn: of('11'), departedAt: '07:00', arrivedOn: of('11'), arrivedAt: '12:00' };
  const home = { departedOn: of('12'), departedAt: '15:00', arrivedOn: of('12'), arrivedAt: '20:00' };
  return {
    start: { place: 'Tübingen', country: 'DE' },
    legs: [
      { ...out, place: 'Köln', country: 'DE', means: 'RAIL' },
      { ...home, place: 'Tübingen', country: 'DE', means: 'RAIL' },
    ],
    days: [
      { on: of('11'), night: 'LUMP_SUM', freeMeals: ['LUNCH'] },
      { on: of('12'), night: 'NONE' },
    ],
    costs: [],
    ...more,
  };
}

async function ticket(as: TestCaller, file = somePdf()): Promise<Journey['costs'][number]> {
  const document = await kept(world.app, file, as);
  return { kind: 'FARE', paidOn: '2027-01-05', what: 'Bahn', amount: eur('119.80'), documentId: document.id };
}

const claimOf = (more: Partial<Claim> = {}): Claim => ({
  assignmentId: assignment.assignmentId,
  purpose: 'Auftakt mit dem Partner',
  journey: journey(),
  ...more,
});
const submit = (claim: Claim, as: TestCaller = expert) => world.app.rpc(submitTravelClaim, claim, as);
/** In a world in which nobody has claimed a day yet. */
async function traveller(more: Partial<FundingData> = {}): Promise<{ assignmentId: string; as: TestCaller }> {
  const { assignmentId, expertId } = await world.departed(fundId, more);
  await world.expertPayee(expertId);
  return { assignmentId, as: caller('expert', { subject: `e ${expertId}`, expertId }) };
}

describe('a claim of travel costs', () => {
  it('is computed, binds its money, and is paid by four persons in a run', async () => {
    const fund = await world.fund({ 2027: '20000.00' });
    const own = await world.departed(fund.id);
    await world.expertPayee(own.expertId);
    const as = caller('expert', { subject: 'eva', expertId: own.expertId });
    const before = (await world.balances(fund.id)).total;
    const it = journey({ costs: [await ticket(as)] });
    const costs = it.costs.map(({ documentId: _, ...cost }) => cost);
    const preview = await world.app.rpc(calculateTravelClaim, { journey: { ...it, costs } }, as);
    const claim = await submit({ assignmentId: own.assignmentId, purpose: 'Auftakt', journey: it }, as);
    // 2 x 14 - 11.20 + 20 + 119.80
    expect(preview.total).toEqual(eur('156.60'));
    expect(claim).toMatchObject({
      total: preview.total,
      lines: preview.lines,
      rules: preview.rules,
      destination: 'Köln',
      payeeKind: 'EXPERT',
      payeeOwnerId: own.expertId,
      payouts: [{ status: 'DUE', amount: eur('156.60') }],
    });
    expect(claim.receipts).toMatchObject([{ fileName: 'beleg.pdf' }]);
    const after = (await world.balances(fund.id)).total;
    const bound = toMinor(before.available).amountMinor - toMinor(after.available).amountMinor;
    expect(bound).toBe(156_60n);

    const payoutId = claim.payouts[0]?.id ?? '';
    const due = await world.app.rpc(getPayout, { payoutId }, AUDITOR);
    const purpose = `Reisekosten Köln, ${claim.startsOn.split('-').reverse().join('.')} bis `;
    expect(due).toMatchObject({ source: 'TRAVEL', commitmentId: claim.id, category: 'MOBILITAET' });
    expect(due.purpose).toContain(purpose);
    await world.order(due);
    const run = { fundId: fund.id, paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
    const { id: paymentRunId } = await world.app.rpc(createPaymentRun, run, CASHIER);
    const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId }, CASHIER);
    expect(body).toContain('<InstdAmt Ccy="EUR">156.60</InstdAmt>');
    expect(await world.app.rpc(getTravelClaim, { travelClaimId: claim.id }, as)).toMatchObject({
      payouts: [{ status: 'IN_RUN' }],
    });
    // The traveller sees the payment, too.
    expect((await world.app.rpc(listPayouts, { commitmentId: claim.id }, as)).items).toHaveLength(1);
  });

  it('converts a receipt in another currency by the rate of its day, and says by which', async () => {
    const { assignmentId, as } = await traveller();
    const cost = { ...(await ticket(as)), amount: { amount: '655957', currency: 'XOF' } };
    const { lines } = await submit({ assignmentId, purpose: 'Besuch', journey: journey({ costs: [cost] }) }, as);
    expect(lines.find(({ kind }) => kind === 'FARE')).toMatchObject({
      amount: eur('1000.00'),
      paid: cost.amount,
      exchangeRate: { currency: 'XOF', rate: '655.957' },
    });
  });

  it('waits for its payee, as an instalment does', async () => {
    const { assignmentId, expertId } = await world.departed(fundId);
    const claim = await submit({ assignmentId, purpose: 'Besuch', journey: journey() }, OFFICER);
    const blocked = { payoutId: claim.payouts[0]?.id ?? '' };
    expect(await world.app.rpc(getPayout, blocked, AUDITOR)).toMatchObject({ blocked: 'PAYEE_MISSING' });
    await world.expertPayee(expertId);
    expect(await world.app.rpc(getPayout, blocked, AUDITOR)).toMatchObject({ status: 'DUE' });
  });

  it('of somebody else is entered by the offices, for a payee and a fund', async () => {
    const payee = await world.municipalityPayee(randomUUID());
    const claim = await submit({ payeeId: payee.id, fundId, purpose: 'Besuch', journey: journey() }, FINANCE);
    expect(claim).toMatchObject({ payeeKind: 'MUNICIPALITY', assignmentId: null, submittedBy: 'fritz' });
    expect(claim.payouts).toMatchObject([{ status: 'DUE' }]);
  });
});

describe('whose it is', () => {
  it('shows nobody else what a journey cost', async () => {
    const { assignmentId, as } = await traveller();
    const { id } = await submit({ assignmentId, purpose: 'Besuch', journey: journey() }, as);
    const stranger = caller('expert', { subject: 'other', expertId: randomUUID() });
    await expect(world.app.rpc(getTravelClaim, { travelClaimId: id }, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    expect((await world.app.rpc(listTravelClaims, {}, stranger)).items).toEqual([]);
    expect((await world.app.rpc(listTravelClaims, {}, as)).items.map((it) => it.id)).toEqual([id]);
    const town = caller('municipality-partner', { subject: 'm', municipalityId: randomUUID() });
    await expect(world.app.rpc(listTravelClaims, {}, town)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('lets an expert claim for no other assignment and no other payee', async () => {
    const stranger = caller('expert', { subject: 'other', expertId: randomUUID() });
    await expect(submit(claimOf(), stranger)).rejects.toMatchObject({ code: 'FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN' });
    const payee = await world.municipalityPayee(randomUUID());
    const forOthers = { payeeId: payee.id, fundId, purpose: 'Besuch', journey: journey() };
    await expect(submit(forOthers, stranger)).rejects.toMatchObject({ code: 'FINANCE_EXPENSE_PAYEE_UNKNOWN' });
  });

  it.each([
    ['neither assignment nor payee', { assignmentId: undefined }, 'FINANCE_TRAVEL_TRAVELLER_UNCLEAR'],
    ['a payee without a fund', { assignmentId: undefined, payeeId: randomUUID() }, 'FINANCE_TRAVEL_TRAVELLER_UNCLEAR'],
    ['an assignment and a payee', { payeeId: randomUUID() }, 'FINANCE_TRAVEL_TRAVELLER_UNCLEAR'],
    ['an assignment without cover', { assignmentId: randomUUID() }, 'FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN'],
  ])('is unclear with %s', async (_what, more, code) => {
    await expect(submit(claimOf(more), OFFICER)).rejects.toMatchObject({ code });
  });
});

describe('what is refused', () => {
  it('is a claim after the exclusion period; its last day is not', async () => {
    const at = (on: string) => {
      const it = journey();
      const legs = it.legs.map((leg) => ({ ...leg, departedOn: on, arrivedOn: on }));
      return { ...it, legs, days: [{ on, night: 'NONE' as const }] };
    };
    const { assignmentId, as } = await traveller();
    await expect(submit({ assignmentId, purpose: 'x', journey: at('2026-08-09') }, as)).rejects.toMatchObject({
      code: 'FINANCE_TRAVEL_LAPSED',
      details: { claimableUntil: '2027-02-09' },
      errors: [{ pointer: '#/journey/legs/1/arrivedOn' }],
    });
    await expect(submit({ assignmentId, purpose: 'x', journey: at('2026-08-10') }, as)).resolves.toMatchObject({
      claimableUntil: '2027-02-10',
    });
  });

  it('is a day that was claimed, until the payment was cancelled', async () => {
    const { assignmentId, as } = await traveller();
    const it = journey();
    const first = await submit({ assignmentId, purpose: 'Besuch', journey: it }, as);
    // Only its second day: one day of two is enough.
    const [, home] = it.legs;
    const again = { assignmentId, purpose: 'x', journey: { ...it, legs: home ? [home] : [], days: it.days.slice(1) } };
    const driven = { ...again.journey, paidByOthers: undefined, costs: [await ticket(as)] };
    const longer = { ...again, journey: driven };
    await expect(submit(longer, as)).rejects.toMatchObject({
      code: 'FINANCE_TRAVEL_DAY_CLAIMED',
      details: { travelClaimId: first.id },
    });
    const payoutId = first.payouts[0]?.id ?? '';
    const { version } = await world.app.rpc(getPayout, { payoutId }, AUDITOR);
    await world.app.rpc(cancelPayout, { payoutId, reason: 'Wrong purpose.' }, FINANCE, { expectedVersion: version });
    await expect(submit(longer, as)).resolves.toMatchObject({ payouts: [{ status: 'DUE' }] });
  });

  it('is a receipt that was used: the same bytes, in this claim or another', async () => {
    const { assignmentId, as } = await traveller();
    const file = somePdf();
    const [one, copy] = [await ticket(as, file), await ticket(as, file)];
    const claim = (...costs: Journey['costs']) => ({ assignmentId, purpose: 'x', journey: journey({ costs }) });
    const refused = { code: 'FINANCE_TRAVEL_RECEIPT_DUPLICATE' };
    await expect(submit(claim(one, copy), as)).rejects.toMatchObject(refused);
    await expect(submit(claim(one, one), as)).rejects.toMatchObject(refused);
    const { id } = await submit(claim(one), as);
    await expect(submit(claim(copy), as)).rejects.toMatchObject({ ...refused, details: { travelClaimId: id } });
    await expect(submit(claim(one), as)).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_IN_USE' });
    const unknown = { ...(await ticket(as)), documentId: randomUUID() };
    await expect(submit(claim(unknown), as)).rejects.toMatchObject({ code: 'PLATFORM_DOCUMENT_UNKNOWN' });
  });

  it('is what the fund does not cover, and nothing is bound', async () => {
    const poor = await world.fund({ 2027: '36.79' });
    const payee = await world.municipalityPayee(randomUUID());
    const claim = { payeeId: payee.id, fundId: poor.id, purpose: 'x', journey: journey() };
    await expect(submit(claim, OFFICER)).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    expect((await world.app.rpc(listTravelClaims, { fundId: poor.id }, AUDITOR)).items).toEqual([]);
  });

  it('is a country without a rate, until two persons have confirmed one', async () => {
    const { assignmentId, as } = await traveller();
    const it = journey();
    const legs = it.legs.map((leg, index) => (index === 0 ? { ...leg, place: 'Moshi', country: 'TZ' } : leg));
    const days = it.days.map((day, index) => ({ ...day, night: index === 0 ? ('FREE' as const) : ('NONE' as const) }));
    const abroad = { assignmentId, purpose: 'x', journey: { ...it, legs, days } };
    await expect(submit(abroad, as)).rejects.toMatchObject({
      code: 'FINANCE_TRAVEL_RATE_MISSING',
      details: { ruleSet: 'TRAVEL_DAY_ABROAD', key: 'TZ', on: it.days[0]?.on },
    });
    const row = { ruleSet: 'TRAVEL_DAY_ABROAD', key: 'TZ', value: '44.00', unit: 'EUR', validFrom: '2026-01-01' };
    const proposed = await world.app.rpc(
      proposeFinanceRule,
      { ...row, source: 'ARV, table of the year, as read' },
      OFFICER,
    );
    await world.app.rpc(confirmFinanceRuleProposal, { proposalId: proposed.id, reason: 'Read as well.' }, FINANCE, {
      expectedVersion: proposed.version,
    });
    const { lines } = await submit(abroad, as);
    expect(lines[0]).toMatchObject({ country: 'TZ', rate: eur('44.00'), percent: '80', amount: eur('35.20') });
  });

  it('leaves a journal that holds', async () => {
    expect(await world.app.rpc(verifyJournal, {}, AUDITOR)).toMatchObject({ findings: [], fault: null });
  });
});
