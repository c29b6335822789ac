import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { EventView, RegistrationView } from '#contracts/events';
import { eventually } from '#testing';
import { MailServer, type Received, tokenIn } from '../../apps/events/src/mails/mail-server-spec';
import { ApiClient } from '../demo/api-client';
import { user } from '../demo/demo-token';
import { requestDemoToken } from '../identity-provider/demo-token';
import { faultsOf, LOOKS_OF_WALKS, overflowOf, PagesInBrowser, tabTo } from './pages-in-browser';
import { type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
let pages: PagesInBrowser;
let mails: MailServer;
let api: ApiClient;
let event: EventView;

const ADVISER = user('adviser');
const HOUR_MS = 3_600_000;
const ANSWER = '**/v1/registration-confirmations';

beforeAll(async () => {
  mails = await MailServer.start();
  // The links lead to this platform.
  const { PUBLIC_URL: _, ...settings } = mails.environment;
  stack = await startStackProcess({ settings });
  const { issuer, url } = stack;
  api = new ApiClient(url, async (person) => (await requestDemoToken({ issuer, ...person })).token);
  pages = await PagesInBrowser.start(url);
  event = await publishedEvent();
}, 240_000);
afterEach(() => pages.closePages());
afterAll(async () => {
  await pages.close();
  await stack.stop();
  await mails.stop();
});

describe('the link of a mail', () => {
  it('confirms by its button, with the keyboard alone, and the town that registered sees it', async () => {
    const bremen = await pages.signIn('Bernd Weser', `/events/${event.id}/register`);
    const email = address();
    await bremen.getByLabel('Name', { exact: true }).fill('Käthe Weser');
    await bremen.getByLabel('E-Mail-Adresse').fill(email);
    await bremen.getByRole('button', { name: 'Verbindlich anmelden' }).click();
    await bremen.getByText('Noch ist keine Adresse bestätigt').waitFor();
    await bremen.getByRole('row', { name: /Käthe Weser.*Noch nicht bestätigt/ }).waitFor();
    await expectGood(bremen);

    const page = await pages.visit(await linkTo(email));
    await expectGood(page);
    await tabTo(page, page.getByRole('button', { name: 'Anmeldung bestätigen' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Anmeldung bestätigt' }).waitFor();
    await page.getByText('Wasser und Abfall').waitFor();
    await page.getByText('Ihr Platz ist reserviert.').waitFor();
    await expectGood(page);

    await bremen.reload();
    await bremen.getByRole('row', { name: /Käthe Weser.*Bestätigt/ }).waitFor();
    expect(await bremen.getByText('Noch ist keine Adresse bestätigt').count()).toBe(0);
    expect(await bremen.getByRole('button', { name: 'Nachricht erneut senden' }).count()).toBe(0);
  }, 120_000);

  it.each(LOOKS_OF_WALKS)(
    'says the same of every link that confirms nothing: $language, $theme, $width',
    async (looks) => {
      const no = { de: 'Dieser Link gilt nicht mehr', en: 'This link no longer works' }[looks.language];
      const page = await pages.visit('/events/confirm', looks);
      await page.getByRole('heading', { level: 1, name: no }).waitFor();
      const used = await linkTo(await confirmed());
      for (const link of [used, '/events/confirm#unknown', `/events/confirm#${'x'.repeat(300)}`]) {
        await page.goto(link);
        await page.locator('form button').click();
        await page.getByRole('heading', { level: 1, name: no }).waitFor();
      }
      await expectGood(page);
    },
    60_000,
  );

  it.each(LOOKS_OF_WALKS)(
    'can be tried again when no answer came: $language, $theme, $width',
    async (looks) => {
      const email = address();
      await register(email);
      const page = await pages.visit(await linkTo(email), looks);
      // The platform did it, and the browser learns nothing of that.
      await page.route(ANSWER, async (route) => {
        await route.fetch();
        await route.abort();
      });
      await page.locator('form button').click();
      await page.locator('.kern-alert--warning').waitFor();
      await expectGood(page);
      await page.unroute(ANSWER);
      await page.locator('form button').click();
      await page.locator('.kern-alert--success').waitFor();
      await expectGood(page);
    },
    60_000,
  );
});

describe('an organiser', () => {
  it('sees at the desk who has confirmed, and sends the message again', async () => {
    const email = address();
    const { id } = await register(email, 'Ada Offen');
    await linkTo(email);
    const page = await pages.signIn('Anton Adler', `/events/${event.id}/desk`);
    await page.getByRole('row', { name: /Ada Offen.*Noch nicht bestätigt/ }).waitFor();
    await page.getByRole('row', { name: /Käthe Weser.*Bestätigt/ }).waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: 'Ada Offen' }).click();
    await page.getByRole('button', { name: 'Nachricht erneut senden' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Nachricht erneut senden' }).click();
    await dialog.getByText('Vor Kurzem ging eine Nachricht hinaus').waitFor();
    await expectGood(page);

    // Ten minutes later.
    await stack.ask(
      'events',
      "UPDATE participant SET confirmation_requested_at = confirmation_requested_at - interval '10 minutes' WHERE registration_id = $1",
      [id],
    );
    await dialog.getByRole('button', { name: 'Nachricht erneut senden' }).click();
    await page.getByText('Die Nachricht ist unterwegs.').waitFor();
    await eventually(async () => Promise.resolve(expect(mails.to(email)).toHaveLength(2)), 15_000);
  }, 120_000);

  it('finds the mails that nobody got, with the address to mend', async () => {
    const email = address();
    mails.next.push('refuse for good');
    await register(email, 'Vera Vertippt');
    const page = await pages.signIn('Anton Adler', '/events');
    await eventually(async () => {
      expect((await api.get<{ items: unknown[] }>(ADVISER, '/undelivered-mails')).items).toHaveLength(1);
    }, 15_000);
    await page.getByRole('link', { name: 'Unzustellbare Nachrichten' }).click();
    const row = page.getByRole('row', { name: /Vera Vertippt.*Der Mailserver lehnt die Adresse ab/ });
    await row.getByText(email).waitFor();
    await expectGood(page);
    await row.getByRole('link').click();
    await page.getByRole('button', { name: 'Jemand anderen schicken' }).waitFor();
    await page.setViewportSize({ width: 320, height: 740 });
    await expectGood(page);
  }, 120_000);
});

describe('the browser', () => {
  it('had nothing refused by the content security policy', () => {
    expect(pages.complaints).toEqual([]);
  });
});

async function publishedEvent(): Promise<EventView> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  const draft = await api.post<EventView>(ADVISER, '/events', {
    kind: 'WEBINAR',
    mode: 'ONLINE',
    title: { de: 'Wasser und Abfall', en: 'Water and waste' },
    timeZone: 'Europe/Berlin',
    startsAt: at(48),
    endsAt: at(50),
    registrationDeadlineAt: at(24),
    capacity: 50,
    fieldsOfAction: ['waste_management'],
  });
  return api.post<EventView>(ADVISER, `/events/${draft.id}/publications`, {}, { ifMatch: draft.version });
}

function register(email: string, name = 'Petra Person'): Promise<RegistrationView> {
  return api.post<RegistrationView>(ADVISER, `/events/${event.id}/registrations`, {
    kind: 'PERSON',
    group: 'PARTNER_SIDE',
    attendanceMode: 'ONLINE',
    participants: [{ name, email }],
  });
}

/** An address whose link was used. */
async function confirmed(): Promise<string> {
  const email = address();
  await register(email);
  const token = tokenIn(await mailTo(email));
  const response = await fetch(`${stack.url}/v1/registration-confirmations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(response.status).toBe(200);
  return email;
}

function address(): string {
  return `${randomUUID()}@example.org`;
}

async function mailTo(email: string): Promise<Received | undefined> {
  await eventually(async () => Promise.resolve(expect(mails.to(email)).not.toHaveLength(0)), 15_000);
  return mails.to(email)[0];
}

/** What the mail asks its reader to open. */
async function linkTo(email: string): Promise<string> {
  const link = new RegExp(`${stack.url}(/events/confirm#\\S+)`).exec((await mailTo(email))?.text ?? '');
  return link?.[1] ?? 'the mail holds no link';
}

async function expectGood(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}
