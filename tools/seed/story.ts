import { randomUUID } from 'node:crypto';
import type { EventView } from '#contracts/events';
import type { CostPlanView, FundView, PaymentRunView, PayoutView } from '#contracts/finance';
import type { AssignmentView, ExpertView, ReportView } from '#contracts/staffing';
import { ApiClient } from '../demo/api-client';
import { confirmAndDepart, planAssignment, registerPayee } from '../demo/assignment';
import { incomingOf, paymentsIn } from '../demo/bank';
import { monthStart, today } from '../demo/calendar';
import { DEMO_CASES, type DemoCase } from '../demo/cases';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';
import { draftRequest, recruitExpert, selectRequest, submitRequest } from '../demo/expert-request';
import { ensureExchangeRate } from '../demo/exchange-rates';
import { budgetsFor, createFund } from '../demo/fund';
import { findWhatIsDue, payOneAlone, payWhatIsDue, waitForPayouts } from '../demo/payments';
import { recordInvoice } from '../demo/invoice';
import { prepareProjects } from '../demo/projects';
import { recordResults } from '../demo/results';
import { proveFirstInstalment } from '../demo/proof-of-use';
import { ensureSanctionsList } from '../demo/sanctions';
import { DEMO_EXPERT_ID } from '../identity-provider/demo-users';

const DAY_MS = 86_400_000;
const NAME = 'Fachkräftefonds (Vorführung)';

const [moshi, durban, kongoussi] = DEMO_CASES as readonly [DemoCase, DemoCase, DemoCase];
/** The person that the demo user `expert` is. */
const ERIKA: DemoCase = { ...moshi, person: { ...moshi.person, familyName: 'Fachmann' } };

/**
 * What `npm start` fills in once, through the API and beside the work of whoever has begun already: a fund of some life, so that every
 * page has something to show, and every role something to do. Told once: a platform whose fund is there is left alone.
 */
async function main(): Promise<void> {
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  const funds = await api.all<FundView>(user('auditor'), '/funds');
  if (funds.some(({ name }) => name === NAME)) return;
  const fund = await openFund(api);
  await ensureSanctionsList(api);
  await ensureExchangeRate(api, 'TZS');
  const assignments = await sendExperts(api, fund.id);
  await pay(api, fund.id, assignments);
  await report(api, assignments);
  const event = await planEvent(api);
  await prepareProjects(api);
  await recordResults(api);
  await askForMore(api);
  // Accepted reports and published events reach finance as messages, and have by now.
  await recordInvoice(api, { fundId: fund.id, eventId: event.id });
  await check(api, fund.id);
}

async function openFund(api: ApiClient): Promise<FundView> {
  const plans = await Promise.all(
    DEMO_CASES.map(({ costInputs, period }) =>
      api.post<CostPlanView>(user('programme-officer'), '/cost-estimates', { costInputs, period }),
    ),
  );
  return createFund(api, NAME, budgetsFor(plans, 160n));
}

/** A draft that one side has signed, one that a second reviewer has to score, and one that is selected and has nobody yet. */
async function askForMore(api: ApiClient): Promise<void> {
  const period = { from: monthStart(6), to: monthStart(30) };
  await draftRequest(api, {
    ...moshi,
    request: {
      title: 'Bus lanes and safe ways to school in Moshi',
      situation: 'Minibuses stand in the traffic of the market, and children walk on the road.',
      goal: 'One pilot corridor with its own lane and two crossings.',
      tasks: 'Count the traffic, plan the corridor with the wards, prepare the tender.',
    },
    partnership: { ...moshi.partnership, field: 'urban_transport' },
    period,
  });
  await submitRequest(api, {
    ...durban,
    request: {
      title: 'Energy management of the municipal buildings of eThekwini',
      situation: 'Nobody knows what the 400 buildings use.',
      goal: 'Meters in the fifty largest buildings and a plan to save a fifth.',
      tasks: 'Set up the energy team, choose the meters, train the caretakers.',
    },
    partnership: { ...durban.partnership, field: 'energy' },
    period,
  });
  await selectRequest(api, {
    ...kongoussi,
    request: {
      title: 'A register of the boreholes of Kongoussi',
      situation: 'The boreholes are known to the well-diggers only.',
      goal: 'A register with position, depth and condition that the commune keeps itself.',
      tasks: 'Survey with the committees, set up the register, train two clerks.',
    },
    period,
  });
}

async function sendExperts(api: ApiClient, fundId: string): Promise<readonly AssignmentView[]> {
  const assignments: AssignmentView[] = [];
  for (const demo of [ERIKA, durban, kongoussi]) {
    const request = await selectRequest(api, demo);
    const expert =
      demo === ERIKA
        ? await api.get<ExpertView>(user('recruiter'), `/experts/${DEMO_EXPERT_ID}`)
        : await recruitExpert(api, demo);
    const planned = await planAssignment(api, demo, { request, expert, fundId });
    await registerPayee(api, demo, expert);
    assignments.push(await confirmAndDepart(api, demo, planned));
  }
  await waitForPayouts(
    api,
    assignments.map(({ id }) => id),
  );
  return assignments;
}

/** What was due before last month is paid, and one payment came back. */
async function pay(api: ApiClient, fundId: string, [, , wells]: readonly AssignmentView[]): Promise<void> {
  await payOneAlone(api, fundId, monthStart(-1));
  await payWhatIsDue(api, fundId, monthStart(-1));
  if (wells) await proveFirstInstalment(api, kongoussi, wells);
  await bounce(api, fundId);
}

/** What is due since then waits for each of the four acts. */
async function check(api: ApiClient, fundId: string): Promise<void> {
  const acts = [
    ['programme-officer', 'factual-checks'],
    ['finance-officer', 'arithmetical-checks'],
    ['payment-orderer', 'orders'],
  ] as const;
  for (const [index, due] of (await findWhatIsDue(api, fundId, today())).entries()) {
    let payout = due;
    for (const [as, noun] of acts.slice(0, index % (acts.length + 1)))
      payout = await api.post<PayoutView>(user(as), `/payouts/${payout.id}/${noun}`, {}, { ifMatch: payout.version });
  }
}

/** The payment that was paid alone comes back from a closed account, and money comes in that nobody waits for. */
async function bounce(api: ApiClient, fundId: string): Promise<void> {
  const cashier = user('cashier');
  const runs = await api.all<PaymentRunView>(cashier, `/payment-runs?fundId=${fundId}`);
  const run = runs.find(({ paymentType, payouts }) => paymentType === 'SEPA' && payouts === 1);
  if (!run) return;
  const { body } = await api.request<string>(cashier, 'GET', `/payment-runs/${run.id}/file`);
  const bounced = paymentsIn(body).slice(-1);
  const content = incomingOf({ id: `N-${randomUUID().slice(0, 8)}`, iban: run.debtorAccount.iban, bookedOn: today() }, [
    ...bounced.map((payment) => ({ ...payment, reason: 'AC04', text: 'Konto erloschen', from: 'Max Beispiel' })),
    {
      amount: { amount: '1250.00', currency: 'EUR' },
      text: 'Spende Wasserlauf der Grundschule',
      from: 'Förderverein Brunnen e. V.',
    },
  ]);
  await api.post(cashier, '/bank-messages', { fileName: 'camt054.xml', content });
}

/** The first report of each is accepted, the next one handed in and commented by the town. */
async function report(api: ApiClient, assignments: readonly AssignmentView[]): Promise<void> {
  for (const [index, assignment] of assignments.entries()) {
    const { partner } = DEMO_CASES[index] ?? moshi;
    const reports = await api.all<ReportView>(user('programme-officer'), `/assignments/${assignment.id}/reports`);
    const expert = user('expert', { expertId: assignment.expertId });
    for (const [number, { id, version }] of reports.filter(({ dueOn }) => dueOn <= today()).entries()) {
      const sections = [
        { section: 'MILESTONES', text: 'The team is complete, the first ward has begun, the figures are public.' },
      ];
      const submitted = await api.post<ReportView>(
        expert,
        `/reports/${id}/submissions`,
        { sections },
        { ifMatch: version },
      );
      const commented = await api.post<ReportView>(
        user('municipality-partner', { municipalityId: partner.id }),
        `/reports/${id}/comments`,
        { text: 'Read in the council; the tariff needs another round.' },
        { ifMatch: submitted.version },
      );
      if (number === 0)
        await api.post(user('programme-officer'), `/reports/${id}/acceptances`, {}, { ifMatch: commented.version });
    }
  }
}

/** In three weeks: four seats, two delegations that fill them and one that waits. */
async function planEvent(api: ApiClient): Promise<EventView> {
  const at = (days: number, hour: number): string => {
    const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
    return `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  };
  const draft = await api.post<EventView>(user('adviser'), '/events', {
    kind: 'DIALOGUE_EVENT',
    mode: 'HYBRID',
    title: {
      de: 'Wasser, Abfall, Klima: Erfahrungen aus drei Partnerschaften',
      en: 'Water, waste, climate: lessons of three partnerships',
      fr: 'Eau, déchets, climat : les leçons de trois partenariats',
    },
    description: {
      de: 'Drei Partnerschaften berichten, was gelungen ist und was nicht. Am Nachmittag Arbeit in Gruppen.',
      en: 'Three partnerships report what went well and what did not. Work in groups in the afternoon.',
    },
    venue: 'Rathaus Tübingen, Am Markt 1',
    timeZone: 'Europe/Berlin',
    startsAt: at(21, 8),
    endsAt: at(21, 15),
    registrationDeadlineAt: at(18, 22),
    capacity: 4,
    offerHours: 48,
    fieldsOfAction: DEMO_CASES.map(({ partnership }) => partnership.field),
  });
  await api.post(user('adviser'), `/events/${draft.id}/publications`, {}, { ifMatch: draft.version });
  for (const [index, { partner }] of DEMO_CASES.entries()) {
    const names = [
      ['Neema Mushi', 'Baraka Lyimo'],
      ['Sipho Dlamini', 'Anele Naidoo'],
      ['Issa Sawadogo', 'Mariam Ouédraogo'],
    ][index];
    await api.post(user('municipality-partner', { municipalityId: partner.id }), `/events/${draft.id}/registrations`, {
      kind: 'DELEGATION',
      group: 'PARTNER_SIDE',
      attendanceMode: 'ON_SITE',
      participants: names?.map((name) => ({ name, email: `${randomUUID()}@example.org` })),
    });
  }
  return draft;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
