import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { CommitmentView, PayoutView } from '#contracts/finance';
import type { AssignmentView } from '#contracts/staffing';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client';
import { confirmAndDepart } from '../demo/assignment';
import { beginOfToday, monthStart } from '../demo/calendar';
import { DEMO_CASES, type DemoCase } from '../demo/cases';
import { user } from '../demo/demo-token';
import { recruitExpert, selectRequest } from '../demo/expert-request';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser } from './pages-in-browser';
import { type Answers, asked, dayTyped, pathOf, PeopleAtWork, send, told } from './people-at-work';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let people: PeopleAtWork;
let api: ApiClient;
let running: AssignmentView[];

beforeAll(async () => {
  stack = await startStackProcess({ story: true });
  pages = await PagesInBrowser.start(stack.url);
  people = new PeopleAtWork(pages);
  api = new ApiClient(stack.url, async (as) => (await requestDemoToken({ issuer: stack.issuer, ...as })).token);
  await eventually(async () => {
    const active = await api.all<AssignmentView>(user('programme-officer'), '/assignments?status=ACTIVE&sort=startsOn');
    // One whose term is over takes no change; the story completes it in its own time.
    running = active.filter(({ period }) => period.to > monthStart(1));
    expect(running.length).toBeGreaterThanOrEqual(2);
  }, 90_000);
}, 300_000);
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

const TODAY = beginOfToday();
/** The first day of a month to come. */
const monthFrom = (months: number) => new Date(Date.UTC(TODAY.getUTCFullYear(), TODAY.getUTCMonth() + months, 1));

function assignment(index: number): AssignmentView {
  const found = running[index];
  if (!found) throw new Error('the story has too few assignments');
  return found;
}

async function boundFor({ commitmentId }: AssignmentView): Promise<number> {
  const path = `/commitments/${commitmentId ?? ''}`;
  const { total } = await api.get<CommitmentView>(user('finance-officer'), path);
  return Number(total?.amount);
}

/** What the fund has bound now and what it would have to bind, as the dialog says it. */
async function sumsIn(dialog: Locator): Promise<[before: number, after: number]> {
  const row = dialog.getByRole('row', { name: /^Summe/ }).first();
  await row.waitFor();
  const [before = 0, after = 0] = (await row.getByRole('cell').allInnerTexts()).map((sum) =>
    Number(sum.replace(/[^\d,]/g, '').replace(',', '.')),
  );
  return [before, after];
}

/** An act whose money is shown first: it is what is bound today, it falls or rises, and it is what is bound afterwards. */
async function changed(
  page: Page,
  label: string,
  {
    of,
    answers,
    done,
    supposed = {},
    rises = false,
  }: { of: AssignmentView; answers: Answers; done: string; supposed?: Answers; rises?: boolean },
): Promise<void> {
  const dialog = await asked(page, label, { ...answers, ...supposed });
  const [before, after] = await sumsIn(dialog);
  expect(before).toBe(await boundFor(of));
  expect(Math.sign(after - before)).toBe(rises ? 1 : -1);
  await dialog.getByText('Der Fonds hat das Geld dafür').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await send(page, label, done);
  // What is only supposed in the preview is not sent.
  if (Object.keys(supposed).length === 0) await eventually(async () => expect(await boundFor(of)).toBe(after), 15_000);
}

it('another share of full time is asked for with its money before, and holds when the fund has answered', async () => {
  const of = assignment(0);
  await people.as('Paula Programm', `/assignments/${of.id}`, async (page) => {
    await changed(page, 'Anteil ändern', {
      of,
      answers: {
        'Erster Tag mit dem anderen Anteil': dayTyped(monthFrom(2)),
        'Anteil einer vollen Stelle in Prozent': '60',
        Grund: { label: 'Einvernehmlich' },
      },
      done: 'Der andere Anteil ist beim Fonds angefragt.',
    });
    await told(page, '60 %');
  });
}, 80_000);

it('another family status is asked for with its money before, and stands there when the fund has granted it', async () => {
  const of = running.find(({ instrument }) => instrument !== 'LOCAL_EXPERT');
  if (!of) throw new Error('the story has nobody with a family');
  await people.as('Paula Programm', `/assignments/${of.id}`, async (page) => {
    await changed(page, 'Familie, Gehalt oder Miete ändern', {
      of,
      answers: {
        'Erster Tag mit den anderen Bedingungen': dayTyped(monthFrom(1)),
        'Kinder mit Anspruch': '4',
        Grund: { label: 'Persönliche Gründe' },
      },
      done: 'Die anderen Bedingungen sind beim Fonds angefragt.',
      rises: true,
    });
    await told(page, 'Kinder mit Anspruch: 4');
    expect(await faultsOf(page)).toEqual([]);
  });
}, 80_000);

it('an interruption shows its money for the time that it is supposed to take, which is not sent', async () => {
  const of = assignment(0);
  await people.as('Paula Programm', `/assignments/${of.id}`, async (page) => {
    await changed(page, 'Unterbrechen', {
      of,
      answers: {
        'Erster Tag der Unterbrechung': dayTyped(TODAY),
        Grund: { label: 'Persönliche Gründe' },
      },
      supposed: { 'Voraussichtlich wieder im Dienst am': dayTyped(monthFrom(5)) },
      done: 'Der Einsatz ist unterbrochen.',
    });
    await page.getByRole('button', { name: 'Fortsetzen', exact: true }).waitFor();
  });
}, 80_000);

it('a local contract is planned in its own currency, and its payment shows what is promised and what is set aside', async () => {
  const found = DEMO_CASES.find(({ costInputs }) => costInputs.instrument === 'LOCAL_EXPERT');
  assert(found);
  const demo: DemoCase = {
    ...found,
    request: { ...found.request, title: 'Repair of the pumps of Kongoussi' },
    person: { ...found.person, familyName: 'Pompe' },
    period: { from: monthStart(0), to: monthStart(6) },
  };
  const [request] = [await selectRequest(api, demo), await recruitExpert(api, demo)];
  let path = '';
  await people.as('Paula Programm', `/assignments/new?request=${request.id}`, async (page) => {
    await page.getByLabel('Fachkraft', { exact: true }).selectOption({ label: 'Pompe, Awa' });
    await page.getByLabel('Fonds', { exact: true }).selectOption({ index: 1 });
    await page.getByLabel('Bruttogehalt im Monat, das der Fonds finanziert').fill('2500000');
    await page.getByLabel('Währung des Vertrags').fill('TZS');
    await page.getByText('15.000.000,00').first().waitFor();
    await page.getByText('samt 10 % Kursreserve').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Einsatz planen' }).click();
    await told(page, 'Der Einsatz ist geplant');
    await page.getByRole('heading', { level: 1, name: 'Pompe' }).waitFor();
    path = pathOf(page);
  });
  const planned = await api.get<AssignmentView>(user('programme-officer'), path);
  const accepted = await api.post<AssignmentView>(
    user('municipality-partner', { municipalityId: demo.partner.id }),
    `${path}/partner-decisions`,
    { outcome: 'ACCEPTED' },
    { ifMatch: planned.version },
  );
  await confirmAndDepart(api, demo, accepted);
  const [payout] = await eventually(async () => {
    const payouts = await api.all<PayoutView>(user('finance-officer'), `/payouts?assignmentId=${planned.id}`);
    expect(payouts).toHaveLength(1);
    return payouts;
  });
  await people.as('Friedrich Prüfer', `/money/payouts/${payout?.id ?? ''}`, async (page) => {
    await told(page, '15.000.000,00');
    await told(page, 'Dafür gebunden');
    expect(await faultsOf(page)).toEqual([]);
  });
}, 120_000);

it('an early end frees the rest of the money, which is shown before; what is not possible any more says why', async () => {
  const of = assignment(1);
  await people.as('Paula Programm', `/assignments/${of.id}`, async (page) => {
    await changed(page, 'Vorzeitig beenden', {
      of,
      answers: { 'Letzter Tag im Dienst': dayTyped(TODAY), Grund: { label: 'Einvernehmlich' } },
      done: 'Der Einsatz ist beendet',
    });
    await page.getByText('Vorzeitig beendet', { exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Unterbrechen', exact: true }).count()).toBe(0);
  });
  for (const looks of LOOKS_OF_WALKS) {
    const page = await pages.signIn('Paula Programm', `/assignments/${of.id}`, looks);
    await page.waitForLoadState('networkidle');
    expect(await faultsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.close();
  }
  expect(pages.complaints).toEqual([]);
}, 80_000);
