import { randomUUID } from 'node:crypto';
import {
  type ActionsView,
  addDays,
  ROLES,
  type RuleProposalView,
  type RuleView,
  type ServiceName,
  SERVICES,
  type WaitingKind,
} from '#contracts';
import type {
  BankAccountChangeView,
  BankEntryDismissalView,
  BankMessageView,
  BudgetChangeView,
  ClaimView,
  DrawdownView,
  ExchangeRateProposalView,
  FundView,
  PayeeView,
  PayoutView,
  ScreeningView,
  TransferView,
} from '#contracts/finance';
import type { PartnershipSummary, PartnershipView } from '#contracts/partnership';
import { WAITING_SOURCES } from '../../apps/gateway/src/waiting/waiting-sources';
import { incomingOf } from '../demo/bank';
import { today } from '../demo/calendar';
import { type DemoUser, user } from '../demo/demo-token';
import { runMainJob } from '../demo/main-job';
import { demoList, importList } from '../demo/sanctions';
import { startTestPlatform, type TestPlatform } from './platform';
import { projectInReview, returnedRequest } from './waiting-cases';
import { operationAt, WaitingWatch } from './waiting-watch';

let platform: TestPlatform;
let watch: WaitingWatch;
let fund: FundView;

const OFFICER = user('finance-officer');
const SECOND_OFFICER = user('finance-officer-2');
const CASHIER = user('cashier');
const BUDGET = user('budget-officer');
const SECOND_BUDGET = user('budget-officer-2');
const ORDERER = user('payment-orderer');
const DAY_MS = 86_400_000;
const REASON = { reason: 'Both of us looked at it' };

beforeAll(async () => {
  platform = await startTestPlatform();
  watch = new WaitingWatch(platform.api);
  watch.begin();
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
}, 120_000);
afterAll(() => platform?.close());
afterEach(() => expect(watch.faults.splice(0)).toEqual([]));

/** It waits for whoever has the act, for nobody who has not, and no more once it is done. */
async function waitsUntil(
  kind: WaitingKind,
  { path, has, hasNot }: { path: string; has: DemoUser; hasNot: DemoUser },
  act: () => Promise<unknown>,
): Promise<void> {
  expect(await watch.isWaiting(has, kind, path)).toBe(true);
  expect((await watch.waiting(hasNot)).items.map((group) => group.kind)).not.toContain(kind);
  await act();
  expect(await watch.isWaiting(has, kind, path)).toBe(false);
}

const post = <T>(by: DemoUser, path: string, body: object = {}, of?: { version: number }) =>
  platform.api.post<T>(by, path, body, of && { ifMatch: of.version });

describe('what waits for a newer one', () => {
  it('is a sanctions list that is too old, until another edition is in force', async () => {
    const aYearAgo = addDays(today(), -366);
    await importList(platform.api, demoList(new Date(`${aYearAgo}T08:00:00Z`)));
    await waitsUntil('sanctionsListOutdated', { path: aYearAgo, has: OFFICER, hasNot: CASHIER }, () =>
      importList(platform.api, demoList(new Date(Date.now() - DAY_MS))),
    );
  });
});

describe('what waits for a person', () => {
  it('is there before each act of the main job, in the list of whoever does it, and gone after it', async () => {
    const department = await platform.financeDepartment();
    await runMainJob(platform.api, department).finally(() => department.close());
    const [made] = await platform.api.all<FundView>(OFFICER, '/funds');
    if (!made) throw new Error('the main job makes a fund');
    fund = made;
    expect([...watch.seen.keys()].sort()).toEqual([
      'assignmentsToConfirm',
      'assignmentsToDecide',
      'assignmentsToPrepare',
      'draftEvents',
      'draftRequests',
      'offersToAnswer',
      'payoutsArithmetical',
      'payoutsFactual',
      'payoutsOrdered',
      'payoutsToOrder',
      'proofsToCheck',
      'proofsToDecide',
      'proofsToWrite',
      'proposedPartnerships',
      'reportsToAccept',
      'reportsToComment',
      'reportsToWrite',
      'requestsToAssess',
      'requestsToDecide',
      'requestsToRecommend',
      'requestsToSubmit',
      'runsToSend',
      'sanctionsListOutdated',
      'submittedRequests',
    ]);
  }, 180_000);

  it('leads whoever is asked to an act that is possible', async () => {
    for (const role of ROLES.filter((each) => each !== 'payout-consumer')) {
      const { items, unavailable } = await watch.waiting(user(role));
      expect(unavailable).toEqual([]);
      for (const { kind, items: shown } of items) {
        const [first] = shown;
        const source = WAITING_SOURCES.find((each) => each.kind === kind && each.list.http.path.includes('/'));
        if (!first || !source || first.path === source.list.http.path) continue;
        const path = `${first.path}/actions`;
        if (!operationAt('GET', path)) continue;
        const actions = await platform.api.get<ActionsView>(user(role), path);
        expect({ role, kind, isPossible: actions.items.some(({ isPossible }) => isPossible) }).toEqual({
          role,
          kind,
          isPossible: true,
        });
      }
    }
  }, 60_000);
});

describe('what waits for a second person', () => {
  it('is a change of an account', async () => {
    const payee = await anyPayee();
    const bankAccount = { iban: 'DE02120300000000202051', bic: 'BYLADEM1001', holder: payee.name };
    const path = `/payees/${payee.id}/bank-account-changes`;
    const change = await post<BankAccountChangeView>(OFFICER, path, { bankAccount, ...REASON });
    await waitsUntil('accountChanges', { path: `${path}/${change.id}`, has: ORDERER, hasNot: CASHIER }, () =>
      post(ORDERER, `${path}/${change.id}/rejections`, REASON, change),
    );
  });

  it('is a change of the budget', async () => {
    const year = Number(today().slice(0, 4));
    const change = await post<BudgetChangeView>(BUDGET, `/funds/${fund.id}/budget-changes`, {
      year,
      kind: 'SUPPLEMENT',
      amount: { amount: '100.00', currency: 'EUR' },
      ...REASON,
    });
    await waitsUntil('budgetChanges', { path: change.id, has: SECOND_BUDGET, hasNot: CASHIER }, () =>
      post(SECOND_BUDGET, `/budget-changes/${change.id}/confirmations`, REASON, change),
    );
  });

  it('is an exchange rate that differs much', async () => {
    const rate = { currency: 'TZS', rateOn: today(), rate: '9999', source: 'A typing error' };
    const proposal = await post<ExchangeRateProposalView>(OFFICER, '/exchange-rates', rate);
    await waitsUntil('ratesToConfirm', { path: proposal.id, has: BUDGET, hasNot: CASHIER }, () =>
      post(BUDGET, `/exchange-rate-proposals/${proposal.id}/rejections`, REASON, proposal),
    );
  });

  it.each(SERVICES)('is a rule of %s', async (service) => {
    const proposal = await proposedRule(service);
    const path = `/rules/${service}/proposals/${proposal.id}`;
    await waitsUntil('rulesToConfirm', { path, has: BUDGET, hasNot: user('adviser') }, () =>
      post(BUDGET, `${path}/rejections`, REASON, proposal),
    );
  });

  it('is a name that is on the sanctions list', async () => {
    await importList(platform.api, demoList());
    const payee = await post<PayeeView>(OFFICER, '/payees', {
      kind: 'SUPPLIER',
      name: 'Bartolomäus Quellenfuß',
      address: { town: 'Tübingen', country: 'DE' },
      bankAccount: { iban: 'DE75512108001245126199', bic: 'SOGEDEFF', holder: 'Bartolomäus Quellenfuß' },
    });
    const { items } = await platform.api.get<{ items: ScreeningView[] }>(OFFICER, `/screenings?payeeId=${payee.id}`);
    const [hit] = items;
    if (!hit) throw new Error('never screened');
    await waitsUntil('hits', { path: hit.id, has: SECOND_OFFICER, hasNot: CASHIER }, () =>
      post(SECOND_OFFICER, `/screenings/${hit.id}/decisions`, { outcome: 'CLEAR', ...REASON }, hit),
    );
  });
});

describe('what waits for both towns', () => {
  it('is a request that was given back', async () => {
    const { end, ...it } = await returnedRequest(platform.api);
    await waitsUntil('returnedRequests', { ...it, hasNot: user('adviser') }, end);
  });

  it('is an agreement that runs out, until another one follows', async () => {
    const [partnership] = await platform.api.all<PartnershipSummary>(user('adviser'), '/partnerships');
    if (!partnership) throw new Error('the main job has partnerships');
    const { participants } = partnership;
    const { id, caseNumber } = await post<PartnershipView>(user('adviser'), '/partnerships', {
      kind: 'FRIENDSHIP',
      participants: participants.map(({ municipalityId }) => ({ municipalityId })),
      languages: ['en'],
      fieldsOfAction: [{ key: 'health', percent: 100 }],
      duplicateReason: 'Of another committee',
    });
    const agree = (documentSha256: string, to: string | null) =>
      post(user('adviser'), `/partnerships/${id}/agreements`, {
        kind: 'FRIENDSHIP_AGREEMENT',
        signedOn: addDays(today(), -10),
        period: { from: addDays(today(), -10), to },
        documentSha256,
      });
    await agree('a'.repeat(64), addDays(today(), 20));
    await waitsUntil('agreementsEnding', { path: caseNumber, has: user('adviser'), hasNot: OFFICER }, () =>
      agree('b'.repeat(64), null),
    );
  });
});

describe('what waits for a reviewer', () => {
  it('is a project before its gate, until it is decided', async () => {
    const { end, ...it } = await projectInReview(platform.api);
    await waitsUntil('projectsToReview', { ...it, hasNot: CASHIER }, end);
  });
});

describe('what waits before a payment', () => {
  it('is a payment that somebody holds', async () => {
    const [planned] = await platform.api.all<PayoutView>(OFFICER, `/payouts?fundId=${fund.id}&status=PLANNED`);
    if (!planned) throw new Error('nothing is planned');
    const path = `/payouts/${planned.id}`;
    const held = await post<PayoutView>(CASHIER, `${path}/blocks`, REASON, planned);
    await waitsUntil('payoutsBlocked', { path, has: ORDERER, hasNot: CASHIER }, () =>
      post(ORDERER, `${path}/releases`, REASON, held),
    );
  });

  it('is a claim on its way to its debtor, and then its money', async () => {
    const claim = await post<ClaimView>(user('programme-officer'), '/claims', {
      fundId: fund.id,
      debtorName: 'Commune de Kongoussi',
      ruleSet: 'BENGO',
      ground: 'UNSPENT',
      reason: 'Left over',
      amount: { amount: '50.00', currency: 'EUR' },
      interestFrom: today(),
    });
    const path = `/claims/${claim.id}`;
    let last = await post<ClaimView>(OFFICER, `${path}/hearings`, { until: addDays(today(), 14) }, claim);
    last = await post<ClaimView>(OFFICER, `${path}/statements`, { statement: 'It will be paid' }, last);
    const decision = { decidedOn: today(), reference: 'B-1' };
    last = await post<ClaimView>(OFFICER, `${path}/decisions`, decision, last);
    await waitsUntil('claimsToPursue', { path, has: OFFICER, hasNot: CASHIER }, async () => {
      last = await post<ClaimView>(OFFICER, `${path}/due-notices`, { dueOn: addDays(today(), 30) }, last);
    });
    const payment = { amount: last.amount, paidOn: today(), reference: 'Z-1' };
    await waitsUntil('claimsDue', { path, has: CASHIER, hasNot: ORDERER }, () =>
      post(CASHIER, `${path}/payments`, payment, last),
    );
  });
});

describe('what waits at the bank', () => {
  it('is money that nobody waits for, and then what is proposed of it', async () => {
    const amount = { amount: '12.34', currency: 'EUR' };
    const message = await take([{ amount, text: 'Irrläufer', from: 'Unbekannt' }]);
    const { items } = await platform.api.get<{ items: { id: string; version: number }[] }>(
      CASHIER,
      `/bank-entries?bankMessageId=${message.id}`,
    );
    const [entry] = items;
    if (!entry) throw new Error('no entry');
    expect(await watch.isWaiting(CASHIER, 'bankEntries', entry.id)).toBe(true);
    expect((await watch.waiting(OFFICER)).items.map(({ kind }) => kind)).not.toContain('bankEntries');
    const dismissal = await post<BankEntryDismissalView>(
      CASHIER,
      `/bank-entries/${entry.id}/dismissals`,
      { category: 'NOT_OF_THE_FUND', ...REASON },
      entry,
    );
    await waitsUntil('dismissals', { path: dismissal.id, has: ORDERER, hasNot: CASHIER }, () =>
      post(ORDERER, `/bank-entry-dismissals/${dismissal.id}/confirmations`, REASON, dismissal),
    );
    expect(await watch.isWaiting(CASHIER, 'bankEntries', entry.id)).toBe(false);
  });

  it('is a payment that came back', async () => {
    const [booked] = await platform.api.all<PayoutView>(OFFICER, `/payouts?fundId=${fund.id}&status=BOOKED`);
    if (booked?.paymentRunId === undefined) throw new Error('nothing was paid');
    const transfers = await platform.api.all<TransferView>(CASHIER, `/payment-runs/${booked.paymentRunId}/transfers`);
    const payment = transfers.find(({ parts }) => parts.some(({ payoutId }) => payoutId === booked.id));
    if (!payment) throw new Error('in no transfer');
    await take([
      { endToEndId: payment.endToEndId, amount: payment.amount, reason: 'AC04', text: 'Return', from: 'Bank' },
    ]);
    const [returned] = await platform.api.all<PayoutView>(OFFICER, `/payouts?fundId=${fund.id}&status=RETURNED`);
    if (!returned) throw new Error('nothing came back');
    await waitsUntil('payoutsReturned', { path: returned.id, has: OFFICER, hasNot: CASHIER }, () =>
      post(OFFICER, `/payouts/${returned.id}/budget-returns`, {}, returned),
    );
  });

  it('is a fund whose statements do not follow each other', async () => {
    expect(await watch.isWaiting(CASHIER, 'statementFaults', `/funds/${fund.id}/reconciliation`)).toBe(true);
    expect((await watch.waiting(OFFICER)).items.map(({ kind }) => kind)).not.toContain('statementFaults');
  });
});

describe('what waits with public money', () => {
  it('is money that was asked for', async () => {
    const drawdown = await post<DrawdownView>(OFFICER, '/drawdowns', {
      fundId: fund.id,
      approvalReference: 'Z-1',
      ruleSet: 'BENGO',
      parts: [{ place: 'SEPA', amount: { amount: '500.00', currency: 'EUR' } }],
      justification: 'The next instalments',
      requestedOn: today(),
    });
    await waitsUntil('drawdownsToReceive', { path: drawdown.id, has: CASHIER, hasNot: ORDERER }, () =>
      post(CASHIER, `/drawdowns/${drawdown.id}/receipts`, { receivedOn: today() }, drawdown),
    );
  });
});

describe('what waits for the operator', () => {
  it('is a message that could not be handled, and no case', async () => {
    await platform.fleet.member('staffing').database.query(
      `INSERT INTO dead_letter (id, delivery, message_id, subject, headers, payload, payload_hash, reason, error, attempts)
       VALUES (gen_random_uuid(), 'test', $1, 'evt.finance.payout.booked.v1', '{}', '{}', sha256('{}'), 'failing', 'Error', 5)`,
      [randomUUID()],
    );
    expect((await watch.waiting(user('operator'))).items).toMatchObject([
      { kind: 'deadLetters', total: 1, lists: ['/services/staffing/dead-letters'] },
    ]);
    for (const other of ROLES.filter((role) => role !== 'operator' && role !== 'payout-consumer')) {
      expect((await watch.waiting(user(other))).items.map(({ kind }) => kind)).not.toContain('deadLetters');
    }
  });
});

describe('a list over services', () => {
  it('tells of nobody what is paid', async () => {
    for (const role of ROLES.filter((each) => each !== 'payout-consumer')) {
      expect(JSON.stringify(await watch.waiting(user(role)))).not.toContain('amount');
    }
  });

  it('names the service that is away, and shows what the others know', async () => {
    await proposedRule('staffing');
    await platform.fleet.stop('partnership');
    const { items, unavailable } = await watch.waiting(user('programme-officer'));
    expect(unavailable).toEqual(['partnership']);
    expect(items.map(({ kind, total }) => [kind, total])).toContainEqual(['rulesToConfirm', 1]);
    const away: readonly WaitingKind[] = ['proposedPartnerships', 'projectsToReview', 'agreementsEnding'];
    expect(items.filter(({ kind }) => away.includes(kind))).toEqual([]);
  }, 60_000);
});

async function anyPayee(): Promise<PayeeView> {
  const payees = await platform.api.all<PayeeView>(OFFICER, '/payees?kind=EXPERT');
  const [payee] = payees;
  if (!payee) throw new Error('nobody is paid');
  return payee;
}

/** The first row that is there, anew from a later day on. */
async function proposedRule(service: ServiceName): Promise<RuleProposalView> {
  const [rule] = (await platform.api.get<{ items: RuleView[] }>(OFFICER, `/rules/${service}?limit=1`)).items;
  if (!rule) throw new Error(`${service} has no rules`);
  const { ruleSet, key, value, unit } = rule;
  const row = { ruleSet, key, value, unit, validFrom: addDays(today(), 400), source: 'An instruction' };
  return post<RuleProposalView>(OFFICER, `/rules/${service}/proposals`, row);
}

function take(incoming: Parameters<typeof incomingOf>[1]): Promise<BankMessageView> {
  const { iban } = fund.debtorAccount;
  return post<BankMessageView>(CASHIER, '/bank-messages', {
    fileName: 'camt054.xml',
    content: incomingOf({ id: randomUUID().slice(0, 30), iban, bookedOn: today() }, incoming),
  });
}
